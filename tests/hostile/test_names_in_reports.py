"""Protects: a relative's name is found in any spelling, wherever it hides in a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from app.domain.errors import Code, KnownError
from app.domain.report import TextBlock
from app.services.approval import ApproveReport
from app.services.facilities import SaveFacility
from app.services.reports import MakeReport
from app.services.session import Session
from tests.canaries import RELATIVE_NAME, RELATIVE_NAME_BE, RELATIVE_NAME_DE, RELATIVE_PHONE
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother

_FIRST, _LAST = RELATIVE_NAME.split()
_HELD_BACK = frozenset(
    {Code.REPORT_CHECK_FAILED, Code.REPORT_NAME_FOUND, Code.REPORT_CHARACTER_MISSING, Code.INVALID_FIELD}
)
_FORMATS = ("pdf", "docx")


def _comes_out(office: Office, out: Path, command: MakeReport) -> bool:
    try:
        with office.as_person(REPORTS) as session:
            report = session.reports.make(command).id
        with office.as_person(OFFICER) as session:
            session.approval.approve(ApproveReport(report, out))
    except KnownError as error:
        if error.code not in _HELD_BACK or list(out.glob("*")):
            raise
        return False
    return True


def _saying(words: str) -> MakeReport:
    block = TextBlock("paragraph", f"We thank {words} for everything.")
    return MakeReport("public_list", "en", ("pdf",), texts=(block,))


def _protect(session: Session) -> None:
    prisoner = session.prisoners.rows()[0].id
    add_mother(
        session,
        prisoner,
        full_name=RELATIVE_NAME,
        other_spellings=(RELATIVE_NAME_BE,),
        phones=(RELATIVE_PHONE,),
    )


@pytest.fixture
def protected(trusted: Office) -> Office:
    """A mother of somebody on the list, with a number."""
    with trusted.as_person(COORDINATOR) as session:
        _protect(session)
        session.settle()
    return trusted


_CAUGHT = {
    "as stored": RELATIVE_NAME,
    "small": RELATIVE_NAME.lower(),
    "turned round": f"{_LAST}, {_FIRST}",
    "soft hyphen": f"{_FIRST} Kvit\u00adkavets",
    "zero width": f"{_FIRST} Kvit\u200bkavets",
    "right to left marks": f"{_FIRST}\u200f {_LAST}\u202c",
    "no-break space": f"{_FIRST}\u00a0{_LAST}",
    "full width": "".join(
        chr(ord(char) + 0xFEE0) if char.isascii() and char.isalpha() else char for char in RELATIVE_NAME
    ),
    "combining accent": f"{_FIRST} Kvitka\u0301vets",
    "Cyrillic letters in a Latin word": RELATIVE_NAME.replace("a", "\u0430"),
    "stored Cyrillic": RELATIVE_NAME_BE.upper(),
    "in markup": f"#strong[{RELATIVE_NAME}]",
    "in marks": f"*{_FIRST}* _{_LAST}_",
    "over two lines": f"{_FIRST}\n{_LAST}",
    "number": RELATIVE_PHONE,
    "number without spaces": RELATIVE_PHONE.replace(" ", "").replace("-", ""),
    "letters apart": " ".join(RELATIVE_NAME),
    "in a tag": f"#free{_LAST.lower()}",
    "family name alone": f"Mrs {_LAST}",
    "another transliteration": RELATIVE_NAME_DE,
    "in another case": "Зарыне Квіткавец і сям'і Квіткаўцоў",
    "cut in two": f"{_FIRST} {_LAST[:4]} {_LAST[4:]}",
}


def test_no_spelling_in_own_words_leaves(protected: Office, tmp_path: Path) -> None:
    came_out = [
        name for name, words in _CAUGHT.items() if _comes_out(protected, tmp_path / name, _saying(words))
    ]
    assert came_out == []
    assert _comes_out(protected, tmp_path / "out", _saying("everybody"))


_IN_OTHER_LANGUAGES: Final = (
    ("ru", "Мы благодарим Зорину Квитковец за письма.", "Мы благодарим всех, кто пишет."),
    ("pl", "Dziękujemy Żorynie Kwitkaviec i całej rodzinie.", "Dziękujemy wszystkim, którzy piszą."),
    ("de-CH", "Wir danken Soryna Kwitkawez und ihrer Familie.", "Wir danken allen, die schreiben."),
)


@pytest.mark.parametrize(("language", "words", "honest"), _IN_OTHER_LANGUAGES)
def test_a_report_in_another_language_is_searched_as_it_writes_names(
    protected: Office, tmp_path: Path, language: str, words: str, honest: str
) -> None:
    formats = ("pdf", "docx", "xlsx", "csv", "html")
    for place, said in (("no", words), ("out", honest)):
        command = MakeReport("public_list", language, formats, texts=(TextBlock("paragraph", said),))
        assert _comes_out(protected, tmp_path / place, command) == (said == honest)


def test_a_name_in_title_or_recipient_does_not_leave(protected: Office, tmp_path: Path) -> None:
    for command in (
        MakeReport("public_list", "en", _FORMATS, title=f"For {RELATIVE_NAME}"),
        MakeReport("parliament_briefing", "en", _FORMATS, recipients=(RELATIVE_NAME,)),
    ):
        assert not _comes_out(protected, tmp_path / "out", command)


def test_a_name_split_over_two_blocks_does_not_leave_in_a_pdf(protected: Office, tmp_path: Path) -> None:
    blocks = (
        TextBlock("paragraph", f"We thank {_FIRST}"),
        TextBlock("paragraph", f"{_LAST} for everything."),
    )
    command = MakeReport("public_list", "en", ("pdf",), texts=blocks)
    assert not _comes_out(protected, tmp_path / "out", command)


def test_a_number_in_the_name_of_a_facility_does_not_leave(trusted: Office, tmp_path: Path) -> None:
    from tests.services.lists import HELD, SOURCE, row, write_list

    rows = (*HELD, row(9, "Pavel Jurkuk", prison=f"Colony {RELATIVE_PHONE}; Minsk"))
    with trusted.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "l.csv", rows), SOURCE))
    assert not _comes_out(trusted, tmp_path / "out", MakeReport("public_list", "en", ("pdf", "xlsx", "csv")))


_EVERY_TABLE: Final = ("pdf", "docx", "xlsx", "csv")
_PLACES: Final[Mapping[str, Mapping[str, str]]] = {
    "name of no kind": {"name": f"Colony {RELATIVE_PHONE}"},
    "name of an unknown kind": {"name": f"Colony {RELATIVE_PHONE}", "what": "unknown", "number": "4"},
    "name without a number": {"name": f"Colony {RELATIVE_PHONE}", "what": "penal_colony"},
    "name that is worded": {"name": f"Colony {RELATIVE_PHONE}", "what": "penal_colony", "number": "4"},
    "number": {"name": "Colony", "what": "penal_colony", "number": RELATIVE_PHONE},
    "town": {"name": "Colony", "what": "penal_colony", "number": "4", "town": RELATIVE_PHONE},
    "town in the name": {"name": f"Colony {RELATIVE_PHONE}", "town": RELATIVE_PHONE},
    "postal code": {"name": "Colony", "what": "penal_colony", "number": "4", "postal_code": RELATIVE_PHONE},
    "address": {"name": "Colony", "what": "penal_colony", "number": "4", "address_latin": RELATIVE_PHONE},
}
_WORDED: Final = {"name that is worded", "postal code", "address"}
"""Where the transform leaves the field out, so that the report comes out without it."""


@pytest.mark.parametrize("name", _PLACES)
def test_a_number_in_any_field_of_a_place_does_not_leave(trusted: Office, tmp_path: Path, name: str) -> None:
    with trusted.as_person(COORDINATOR) as session:
        place = session.prisoners.facilities()[0].id
        stored = session.facilities.get(place)
        values = {"what": "", "number": "", "town": "", **_PLACES[name]}
        session.facilities.save(SaveFacility(values, place, stored.version))
    out = tmp_path / "out"
    assert _comes_out(trusted, out, MakeReport("public_list", "en", _EVERY_TABLE)) is (name in _WORDED)
    for file in out.glob("*.csv"):
        assert _digits(RELATIVE_PHONE)[-7:] not in _digits(file.read_text("utf-8-sig"))


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def test_a_formula_in_a_name_is_not_run(trusted: Office, tmp_path: Path) -> None:
    from tests.services.lists import HELD, SOURCE, row, write_list

    rows = (*HELD, row(9, "=HYPERLINK(1) Jurkuk"), row(10, "@SUM Pavel"))
    with trusted.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "l.csv", rows), SOURCE))
    out = tmp_path / "out"
    if _comes_out(trusted, out, MakeReport("public_list", "en", ("csv",))):
        for line in next(out.iterdir()).read_text("utf-8-sig").splitlines():
            assert all(cell.strip('"')[:1] not in "=@+-\t" or not cell.strip('"') for cell in line.split(","))
