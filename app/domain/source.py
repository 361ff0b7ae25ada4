"""Where a published value stands: facilities, sources, the claims of a source, and trust in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import attrs

from app.domain.dates import PartialDate
from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN
_INTERNAL = FieldClass.INTERNAL


@noun("facility")
@attrs.frozen
class Facility:
    """A place people are held in, with its postal address in both scripts."""

    id: RecordId
    version: int = 0
    name: str = stored(N_("Name"), Kind.TEXT, _OPEN, searchable=True, importable=True, required=True)
    what: str = stored(N_("Kind"), Kind.TERM, _OPEN, vocabulary="facility_kind", importable=True)
    number: str = stored(N_("Number"), Kind.TEXT, _OPEN, searchable=True, importable=True)
    town: str = stored(N_("Town"), Kind.TEXT, _OPEN, searchable=True, importable=True)
    region: str = stored(N_("Region"), Kind.TERM, _OPEN, vocabulary="region")
    country: str = stored(N_("Country"), Kind.COUNTRY, _OPEN)
    postal_code: str = stored(N_("Postal code"), Kind.TEXT, _OPEN, importable=True)
    address_latin: str = stored(N_("Postal address, Latin"), Kind.TEXT, _OPEN, importable=True)
    address_cyrillic: str = stored(N_("Postal address, Cyrillic"), Kind.TEXT, _OPEN)
    checked_on: date | None = stored(N_("Address checked on"), Kind.DAY, _OPEN)


@noun("source")
@attrs.frozen
class Source:
    """A list or a register somebody keeps, with its address."""

    id: RecordId
    version: int = 0
    name: str = stored(N_("Name"), Kind.TEXT, _OPEN, searchable=True, required=True)
    keeper: str = stored(N_("Kept by"), Kind.TEXT, _OPEN)
    link: str = stored(N_("Address"), Kind.LINK, _OPEN)
    mapping: str = stored(N_("How its columns are read"), Kind.TEXT, _INTERNAL)


@noun("trust", lasting=True)
@attrs.frozen
class Trust:
    """The proposal that what stands in a source counts as published; written once.

    It acts once another person confirmed it, until anybody ends it: `TrustStep`.
    """

    id: RecordId
    version: int = 0
    source: str | None = stored(N_("Source"), Kind.REFERENCE, _OPEN, refers_to="source", required=True)
    proposed_by: str | None = stored(N_("Proposed by"), Kind.REFERENCE, _OPEN, refers_to="person")
    proposed_at: datetime | None = stored(N_("Proposed"), Kind.MOMENT, _OPEN)


@noun("trust_step", lasting=True)
@attrs.frozen
class TrustStep:
    """What became of trust, one step: `confirmed` by a second person, `ended` by anybody. Written once."""

    id: RecordId
    version: int = 0
    trust: str | None = stored(N_("Trust"), Kind.REFERENCE, _OPEN, refers_to="trust", required=True)
    step: str = stored(N_("Step"), Kind.TEXT, _OPEN, required=True)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _OPEN, refers_to="person", required=True)
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _OPEN)
    slip: str = stored(N_("Signed in a slip"), Kind.TEXT, _OPEN)

    @property
    def about(self) -> str | None:
        """The trust."""
        return self.trust


@attrs.frozen
class StatedValue:
    """One value as the source states it: a field of the prisoner and the canonical text of its stored form.

    Never the raw cell: what a list keeper wrote in a remark lies in `ListRow`, sealed.
    """

    field: str = stored(N_("Field"), Kind.TEXT, _OPEN)
    value: str = stored(N_("Value"), Kind.TEXT, _OPEN)


@noun("claim")
@attrs.frozen
class Claim:
    """What one source says of one prisoner, with its date and address."""

    id: RecordId
    version: int = 0
    prisoner: str | None = stored(N_("Prisoner"), Kind.REFERENCE, _OPEN, refers_to="prisoner", required=True)
    source: str | None = stored(N_("Source"), Kind.REFERENCE, _OPEN, refers_to="source", required=True)
    key: str = stored(N_("Number in the source"), Kind.TEXT, _OPEN, searchable=True)
    link: str = stored(N_("Address"), Kind.LINK, _OPEN)
    stated_on: PartialDate | None = stored(N_("As of"), Kind.PARTIAL_DATE, _OPEN)
    recognised: bool = stored(N_("Recognised as a political prisoner"), Kind.FLAG, _OPEN)
    recognised_on: PartialDate | None = stored(N_("Recognised on"), Kind.PARTIAL_DATE, _OPEN)
    listed: bool = stored(N_("Still in the source"), Kind.FLAG, _OPEN)
    values: tuple[StatedValue, ...] = stored(N_("What it says"), Kind.PARTS, _OPEN, parts=StatedValue)


@attrs.frozen
class RowRemark:
    """A row of a list that was not brought in, or one thing about it; never who it is, never a cell."""

    row: int | None = stored(N_("Row"), Kind.NUMBER, _INTERNAL)
    reading: str = stored(N_("What came of it"), Kind.TEXT, _INTERNAL)
    code: str = stored(N_("Remark"), Kind.TEXT, _INTERNAL)


@noun("list_run")
@attrs.frozen
class ListRun:
    """One bringing in of a list: which source, which file by its SHA-256, what came of it."""

    id: RecordId
    version: int = 0
    source: str | None = stored(N_("Source"), Kind.REFERENCE, _INTERNAL, refers_to="source")
    sha256: str = stored(N_("Fingerprint of the file"), Kind.TEXT, _INTERNAL)
    brought_in_by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    brought_in_at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)
    rows: int | None = stored(N_("Rows"), Kind.NUMBER, _INTERNAL)
    added: int | None = stored(N_("New"), Kind.NUMBER, _INTERNAL)
    changed: int | None = stored(N_("Changed"), Kind.NUMBER, _INTERNAL)
    problems: int | None = stored(N_("Problems"), Kind.NUMBER, _INTERNAL)
    undone: bool = stored(N_("Taken back"), Kind.FLAG, _INTERNAL)
    remarks: tuple[RowRemark, ...] = stored(
        N_("Rows left out, and remarks"), Kind.PARTS, _INTERNAL, parts=RowRemark
    )


@attrs.frozen
class ListCell:
    """One cell as it stood in the list."""

    column: str = stored(N_("Column"), Kind.TEXT, FieldClass.IDENTITY)
    text: str = stored(N_("Text"), Kind.FREE_TEXT, FieldClass.IDENTITY)


MOST_REMARKS: Final = 5_000
"""Rows left out and remarks that are kept with a list; how many there were stands beside them."""


@noun("list_row")
@attrs.frozen
class ListRow:
    """Every cell of one row as it was written, comments and consent columns included.

    Sealed like an identity: nobody knows what a list keeper wrote in a remark.
    """

    id: RecordId
    version: int = 0
    prisoner: str | None = stored(N_("Prisoner"), Kind.REFERENCE, FieldClass.IDENTITY, refers_to="prisoner")
    list_run: str | None = stored(N_("List"), Kind.REFERENCE, FieldClass.IDENTITY, refers_to="list_run")
    row: int | None = stored(N_("Row"), Kind.NUMBER, FieldClass.IDENTITY)
    cells: tuple[ListCell, ...] = stored(N_("Cells"), Kind.PARTS, FieldClass.IDENTITY, parts=ListCell)
