"""Invented people and reports for the tests of this room."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import attrs

from app.domain.consent_audit import Period
from app.domain.dates import PartialDate
from app.domain.ids import RecordId
from app.domain.prisoner import Charge, OtherName, Prisoner
from app.domain.public_texts import PublicText, PublicTexts, no_texts
from app.domain.report import TextBlock
from app.domain.source import Facility
from app.reports.compose import Composition, Request, compose
from app.reports.composed import Citation, ComposedReport
from app.reports.draft import MadeFile, make_files
from app.reports.kind_file import shipped_kind
from app.reports.kinds import FORMATS, Ground
from app.reports.standing import Candidate, FieldDecision

_FOR_PROGRAMS: Final = frozenset({"kind", "layout", "language", "number", "day", "key", "place", "what"})
SOURCE = Citation("Public list of invented people", "https://list.example/people", "as of 20 November 2026")
COLONY = Facility(
    id=RecordId("f" * 32),
    name="Penal colony No. 4",
    town="Homiel",
    region="brest",
    country="BY",
    address_cyrillic="ПК-4, 246035, г. Гомель, вул. Прыкладная, 3",
    address_latin="PK-4, 246035, Homiel, vul. Prykladnaja, 3",
    checked_on=date(2026, 10, 2),
)
MARCH = Period(date(2027, 3, 1), date(2027, 3, 31))
PUBLISHED = FieldDecision(allowed=True, ground=Ground.PUBLISHED, source=SOURCE)
AGREED = FieldDecision(allowed=True, ground=Ground.AGREED)


def prisoner(
    number: int,
    given: str,
    family: str,
    *,
    at_home: str = "",
    status: str = "penal_colony",
    anonymous: bool = False,
) -> Prisoner:
    """One invented prisoner."""
    return Prisoner(
        id=RecordId(f"{number:032x}"),
        reference=f"BY-{number}",
        given_name=given,
        family_name=family,
        patronymic="Canarovna",
        other_names=(OtherName(language="be", family_name=at_home, given_name=""),) if at_home else (),
        country="BY",
        status=status,
        anonymous=anonymous,
        born=PartialDate(1981, 3, 4),
        detained_on=PartialDate(2021, 6),
        envelope_name=f"{at_home or 'Канарэйка'} Канараўна",
        accepts_letters="yes",
        charges=(Charge(article="342", part="1"), Charge(article="361-1")),
        working_notes="Canary note",
    )


PEOPLE = (
    prisoner(1, "Alena", "Dubnianskaya", at_home="Дубнянская"),
    prisoner(2, "Volha", "Kachanovich", at_home="Качановіч"),
    prisoner(3, "Siarhei", "Krapivuk", status="released"),
    prisoner(4, "Yauhen", "Lazouski", at_home="Лазоўскі"),
)


_SUMMARIES: Final = {
    "Dubnianskaya": "Editor, held since 2021.",
    "Kachanovich": "Teacher, sentenced for a comment.",
}


def texts_about(person: Prisoner, summary: str = "") -> PublicTexts | None:
    """The public texts about somebody: of `PEOPLE` the first two have one."""
    text = summary or _SUMMARIES.get(person.family_name)
    made = (PublicText(language="en", text=text, translator="Canary"),) if text else ()
    return attrs.evolve(no_texts(person.id), public_summary=made) if made else None


def candidate(
    person: Prisoner, decided: Mapping[str, FieldDecision], *, counted: bool = True, summary: str = ""
) -> Candidate:
    """Somebody a report could carry."""
    return Candidate(person, COLONY, decided, counted, texts_about(person, summary))


def decisions(kind_name: str) -> Mapping[str, FieldDecision]:
    """Everything the kind asks about is allowed."""
    return {
        wanted.field: PUBLISHED if Ground.PUBLISHED in wanted.grounds else AGREED
        for wanted in shipped_kind(kind_name).decided()
    }


def made(
    kind_name: str = "public_list",
    *,
    people: tuple[Prisoner, ...] = PEOPLE,
    hidden: int = 0,
    language: str = "en",
    blocks: tuple[TextBlock, ...] = (),
    period: Period = MARCH,
) -> Composition:
    """A report of these people, all named, and `hidden` more who are in the figures only."""
    named = [candidate(person, decisions(kind_name)) for person in people]
    counted = [
        candidate(prisoner(100 + n, f"Hidden{n}", f"Canary{n}"), {}, summary="Canary text")
        for n in range(hidden)
    ]
    return compose(
        Request(
            kind=shipped_kind(kind_name),
            language=language,
            number="2026-031",
            day=date(2026, 11, 22),
            candidates=(*counted, *named),
            addressee="For the committee" if kind_name == "parliament_briefing" else "",
            blocks=blocks,
            period=period if shipped_kind(kind_name).takes_period else None,
        )
    )


def files(composition: Composition, formats: tuple[str, ...] = FORMATS) -> dict[str, MadeFile]:
    """The files by format."""
    return {file.file_format: file for file in make_files(composition.report, formats)}


def names_of(people: Sequence[Prisoner]) -> set[str]:
    """Their names as the columns of the shipped kinds join them, and what stands on an envelope."""
    found = {f"{one.family_name}, {one.given_name}" for one in people}
    found |= {f"{one.given_name} {one.family_name}" for one in people}
    return (
        found | {one.envelope_name for one in people} | {n.family_name for o in people for n in o.other_names}
    )


def said_as_in_english(report: ComposedReport, english: ComposedReport) -> set[str]:
    """Every text with letters that both say word for word: names and other data, never words of ours."""
    return {
        text for text in texts_of(report.plain()) & texts_of(english.plain()) if re.search(r"\w{3}", text)
    }


def texts_of(plain: object) -> set[str]:
    """Every text in a report, without what only programs read."""
    if isinstance(plain, str):
        return {plain}
    if isinstance(plain, Mapping):
        said = (value for key, value in plain.items() if key not in _FOR_PROGRAMS)
        return set().union(*map(texts_of, said))
    if isinstance(plain, list | tuple):
        return set().union(*map(texts_of, plain))
    return set()


def folder() -> Path:
    """The folder of these tests."""
    return Path(__file__).parent
