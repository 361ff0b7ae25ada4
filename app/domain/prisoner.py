"""A prisoner: who they are, what is said of them, where they are held, what comes next.

Everything declared here is read by forms, tables, list mapping, history and kinds of report.
"""

from __future__ import annotations

from datetime import date, datetime

import attrs

from app.domain.dates import PartialDate
from app.domain.fields import LONGEST_FULL_NAME, LONGEST_NAME, FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN
_INTERNAL = FieldClass.INTERNAL
_SENSITIVE = FieldClass.SENSITIVE


@attrs.frozen
class OtherName:
    """Another name or spelling of a prisoner."""

    language: str = stored(N_("Language"), Kind.LANGUAGE, _OPEN)
    family_name: str = stored(N_("Family name"), Kind.TEXT, _OPEN, longest=LONGEST_NAME)
    given_name: str = stored(N_("Given name"), Kind.TEXT, _OPEN, longest=LONGEST_NAME)
    patronymic: str = stored(N_("Patronymic"), Kind.TEXT, _OPEN, longest=LONGEST_NAME)
    use: str = stored(N_("Used as"), Kind.TERM, _OPEN, vocabulary="name_use")


@attrs.frozen
class Incident:
    """One detention, transfer, search or release."""

    what: str = stored(N_("What happened"), Kind.TERM, _OPEN, vocabulary="incident")
    on: PartialDate | None = stored(N_("When"), Kind.PARTIAL_DATE, _OPEN)
    place: str = stored(N_("Where"), Kind.TEXT, _INTERNAL)


@attrs.frozen
class Charge:
    """One article somebody is charged with or sentenced under."""

    article: str = stored(N_("Article"), Kind.TEXT, _OPEN)
    part: str = stored(N_("Part"), Kind.TEXT, _OPEN)
    related: str = stored(N_("Attempt or aid"), Kind.TEXT, _OPEN)
    code: str = stored(N_("Code"), Kind.TEXT, _OPEN)
    wording: str = stored(N_("Wording"), Kind.TEXT, _OPEN)


@attrs.frozen
class Sentence:
    """One verdict and what followed from it."""

    term_months: int | None = stored(N_("Months"), Kind.NUMBER, _OPEN)
    term_text: str = stored(N_("Term"), Kind.TEXT, _OPEN)
    penalty: str = stored(N_("Penalty"), Kind.TERM, _OPEN, vocabulary="penalty")
    regime: str = stored(N_("Regime"), Kind.TERM, _OPEN, vocabulary="regime")
    verdict_on: PartialDate | None = stored(N_("Verdict"), Kind.PARTIAL_DATE, _OPEN)
    appeal_on: PartialDate | None = stored(N_("Appeal"), Kind.PARTIAL_DATE, _OPEN)
    starts_on: PartialDate | None = stored(N_("Starts"), Kind.PARTIAL_DATE, _OPEN)
    ends_on: PartialDate | None = stored(N_("Ends"), Kind.PARTIAL_DATE, _OPEN)
    judge: str = stored(N_("Judge"), Kind.TEXT, _INTERNAL)


@noun("prisoner")
@attrs.frozen
class Prisoner:
    """A person held, or once held, for political reasons.

    Attributes:
        merged_into: this record is a signpost now: it was the same person as another one (`signposts`).
        merged_claims: ids of the claims that moved there with it.
        one_person_with: references of those merged with this record whose families' words are read as words
            about one person (`consent_sides`).
    """

    id: RecordId
    version: int = 0
    reference: str = stored(N_("Reference"), Kind.TEXT, _OPEN, searchable=True)
    family_name: str = stored(
        N_("Family name"), Kind.TEXT, _OPEN, searchable=True, importable=True, longest=LONGEST_NAME
    )
    given_name: str = stored(
        N_("Given name"), Kind.TEXT, _OPEN, searchable=True, importable=True, longest=LONGEST_NAME
    )
    patronymic: str = stored(
        N_("Patronymic"), Kind.TEXT, _OPEN, searchable=True, importable=True, longest=LONGEST_NAME
    )
    other_names: tuple[OtherName, ...] = stored(
        N_("Other names"), Kind.PARTS, _OPEN, parts=OtherName, searchable=True, importable=True
    )
    envelope_name: str = stored(
        N_("Name on an envelope"),
        Kind.TEXT,
        _OPEN,
        longest=LONGEST_FULL_NAME,
        searchable=True,
        hint=N_("In Cyrillic, with the patronymic, as the post needs it"),
    )
    anonymous: bool = stored(N_("Name is not known or not told"), Kind.FLAG, _OPEN, importable=True)
    born: PartialDate | None = stored(N_("Born"), Kind.PARTIAL_DATE, _OPEN, importable=True)
    sex: str = stored(N_("Sex"), Kind.TERM, _OPEN, vocabulary="sex", importable=True)
    citizenships: tuple[str, ...] = stored(N_("Citizenships"), Kind.COUNTRIES, _OPEN, importable=True)
    country: str = stored(N_("Country of the case"), Kind.COUNTRY, _OPEN, importable=True)
    occupation: str = stored(N_("Occupation"), Kind.TEXT, _OPEN, searchable=True, importable=True)
    categories: tuple[str, ...] = stored(N_("Categories"), Kind.TERMS, _OPEN, vocabulary="category")
    status: str = stored(N_("Status"), Kind.TERM, _OPEN, vocabulary="status", importable=True)
    photo: str | None = stored(N_("Photo"), Kind.PICTURE, _INTERNAL)
    detained_on: PartialDate | None = stored(N_("Detained"), Kind.PARTIAL_DATE, _OPEN, importable=True)
    released_on: PartialDate | None = stored(N_("Released"), Kind.PARTIAL_DATE, _OPEN, importable=True)
    died_on: PartialDate | None = stored(N_("Died"), Kind.PARTIAL_DATE, _OPEN, importable=True)
    incidents: tuple[Incident, ...] = stored(N_("Incidents"), Kind.PARTS, _OPEN, parts=Incident)
    charges: tuple[Charge, ...] = stored(
        N_("Charges"), Kind.PARTS, _OPEN, parts=Charge, searchable=True, importable=True
    )
    sentences: tuple[Sentence, ...] = stored(
        N_("Sentences"), Kind.PARTS, _OPEN, parts=Sentence, importable=True
    )
    facility: str | None = stored(N_("Held at"), Kind.REFERENCE, _OPEN, refers_to="facility", importable=True)
    accepts_letters: str = stored(N_("Accepts letters"), Kind.TERM, _INTERNAL, vocabulary="yes_no_unknown")
    owner: str | None = stored(N_("Owner"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    desk: str | None = stored(N_("Desk"), Kind.REFERENCE, _INTERNAL, refers_to="desk")
    next_step: str = stored(N_("Next step"), Kind.TEXT, _INTERNAL, sealed=True)
    next_step_on: date | None = stored(N_("Next step by"), Kind.DAY, _INTERNAL)
    vulnerability: tuple[str, ...] = stored(
        N_("Vulnerability"), Kind.TERMS, _SENSITIVE, vocabulary="vulnerability"
    )
    labels: tuple[str, ...] = stored(N_("Labels"), Kind.WORDS, _INTERNAL)
    working_notes: str = stored(
        N_("Working notes"),
        Kind.FREE_TEXT,
        _INTERNAL,
        hint=N_("Only for people with the key of this desk, never in a report"),
        importable=True,
    )
    merged_into: str | None = stored(N_("Merged with"), Kind.REFERENCE, _INTERNAL, refers_to="prisoner")
    merged_at: datetime | None = stored(N_("Merged on"), Kind.MOMENT, _INTERNAL)
    merged_claims: tuple[str, ...] = stored(
        N_("What sources said before they were merged"), Kind.WORDS, _INTERNAL, open_text=True
    )
    one_person_with: tuple[str, ...] = stored(
        N_("What was said about these counts as said about them"), Kind.WORDS, _INTERNAL, open_text=True
    )


def display_name(prisoner: Prisoner) -> str:
    """Family name first, as tables and titles show it; the reference where there is no name."""
    parts = [part for part in (prisoner.family_name, prisoner.given_name) if part]
    return ", ".join(parts) if parts else prisoner.reference


def spoken_name(prisoner: Prisoner) -> str:
    """Given name first, as reports write it."""
    parts = [part for part in (prisoner.given_name, prisoner.family_name) if part]
    return " ".join(parts) if parts else prisoner.reference


def full_names(prisoner: Prisoner) -> tuple[str, ...]:
    """Every stored spelling that has both a given and a family name, given name first."""
    pairs = [(prisoner.given_name, prisoner.family_name)]
    pairs += [(other.given_name, other.family_name) for other in prisoner.other_names]
    return tuple(dict.fromkeys(f"{given} {family}" for given, family in pairs if given and family))


HELD: frozenset[str] = frozenset({"pre_trial", "penal_colony", "prison", "open_facility", "home", "held"})
"""The terms of the vocabulary `status` that mean: not free today."""
