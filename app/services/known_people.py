"""Whom a list is compared with: everybody the case file knows, as far as the comparison needs them."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.field_values import is_empty
from app.domain.fields import fields_of
from app.domain.godparent import Godparent
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, full_names
from app.domain.signposts import is_signpost
from app.domain.source import Claim, Facility, Source
from app.intake.cells.places import facility_key_of
from app.intake.joining import ExistingPerson


def source_named(reader: Reader, name: str) -> Source | None:
    """The source people call so, in whatever case and spacing."""
    wanted = " ".join(name.split()).casefold()
    return next((source for source in reader.find(Source) if source.name.casefold() == wanted), None)


def existing_people(reader: Reader, source: Source | None) -> list[ExistingPerson]:
    """Everybody the case file knows, as the comparison needs them."""
    claims: dict[str, list[Claim]] = {}
    if source is not None:
        for claim in reader.find(Claim, source=source.id):
            claims.setdefault(claim.prisoner or "", []).append(claim)
    places: dict[str, str] = {place.id: facility_key_of(place) for place in reader.find(Facility)}
    return [
        _as_existing(prisoner, claims.get(prisoner.id, []), places.get(prisoner.facility or "", ""))
        for prisoner in reader.find(Prisoner)
        if not is_signpost(prisoner)
    ]


def _as_existing(prisoner: Prisoner, claims: Sequence[Claim], place: str) -> ExistingPerson:
    values = {
        name: getattr(prisoner, name)
        for name, field in fields_of(Prisoner).items()
        if field.importable and not field.sealed and not is_empty(getattr(prisoner, name))
    }
    return ExistingPerson(
        id=prisoner.id,
        names=full_names(prisoner),
        born=prisoner.born,
        detained_on=prisoner.detained_on,
        keys=frozenset(claim.key for claim in claims if claim.key),
        fields=values,
        stated={value.field: value.value for claim in claims for value in claim.values},
        facility=place,
    )


def godparent_name(one: Godparent) -> str:
    """A known godparent, with what tells namesakes apart."""
    name = " ".join(part for part in (one.given_name, one.family_name) if part)
    return ", ".join(part for part in (name, one.chamber) if part)
