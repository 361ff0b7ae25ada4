"""Attacked: two people write a kind of report that passes the loader and tells more than was decided."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from app.domain.errors import Code, KnownError
from app.reports.compose import Request, compose
from app.reports.own_kinds import next_text, read_own_kind, shipped_text
from app.services.approval import ApproveReport
from app.services.reports import MakeReport
from app.services.series_cover import Gap
from tests.reports.making import candidate, decisions, prisoner
from tests.services.office import COORDINATOR, OFFICER, Office

_LIST: Final = next_text(shipped_text("public_list"), "own_list", 1).replace(
    'languages = ["en", "de", "de-CH", "be", "ru", "pl"]', 'languages = ["en"]'
)
_NAME: Final = 'fields = ["prisoner.family_name", "prisoner.given_name"]'
_HELD: Final = 'fields = ["facility.what", "facility.number", "facility.name", "facility.town"]'
_YEAR: Final = 'fields = ["prisoner.detained_on"]'
_KEPT: Final = 'join = ", "\nspellings = "prisoner.other_names"\npurpose = "name"\ntransform = "keep"'
_SPELLINGS: Final = 'spellings = "prisoner.other_names"'


def _with(*changes: tuple[str, str]) -> str:
    text = _LIST
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


_LEAKS: Final = {
    # who refused to be named stands in a row by what happened to them
    "rows of nobody by name": (
        "columns",
        _with(
            (_NAME, 'fields = ["prisoner.sex"]'),
            (_SPELLINGS + "\n", ""),
        ),
    ),
    "a name beside which something else is enough": (
        "columns",
        _with((_NAME, 'fields = ["prisoner.family_name", "prisoner.sex"]')),
    ),
    # the name is decided, the place leaves
    "region by another field": (
        "transform",
        _with((_YEAR, 'fields = ["prisoner.charges"]'), ('transform = "year"', 'transform = "region"')),
    ),
    "country by another field": (
        "transform",
        _with((_YEAR, 'fields = ["prisoner.charges"]'), ('transform = "year"', 'transform = "country"')),
    ),
    "initials of something else": (
        "transform",
        _with((_YEAR, 'fields = ["prisoner.charges"]'), ('transform = "year"', 'transform = "initials"')),
    ),
    # the sex is decided, another spelling of the name leaves
    "spellings by another field": ("spellings", _with((_SPELLINGS, 'spellings = "prisoner.sex"'))),
    "otherwise by a place": (
        "otherwise",
        _with(('otherwise = "prisoner.status"', 'otherwise = "facility.what"')),
    ),
    "words between two values": ("join", _with(('join = ", "', 'join = ", whose mother is "'))),
}


@pytest.mark.parametrize("leak", _LEAKS)
def test_a_kind_that_would_tell_what_nobody_decided_is_refused(leak: str) -> None:
    read_own_kind(_LIST)
    field, text = _LEAKS[leak]
    with pytest.raises(KnownError) as caught:
        read_own_kind(text)
    assert (caught.value.code, caught.value.details["field"]) == (Code.REPORT_KIND_INVALID, field)


def _agree(office: Office, text: str) -> None:
    with office.as_person(COORDINATOR) as session:
        kind = session.own_kinds.propose(text).id
    with office.as_person(OFFICER) as session:
        session.own_kinds.agree(kind)


def _rows(office: Office, kind: str, **other: object) -> list[str]:
    """What the first column of a report says, row by row; it leaves, too."""
    with office.as_person(COORDINATOR) as session:
        report = session.reports.make(MakeReport(kind, "en", ("csv",), **other)).id  # type: ignore[arg-type]
        text = session.reports.content(report, "csv").decode("utf-8-sig")
    with office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, office.folder.parent / f"out {report}"))
    return [line.split(",")[0] for line in text.splitlines()[1:]]


def test_pseudonyms_are_others_in_every_report(trusted: Office) -> None:
    text = _with((_KEPT, 'purpose = "name"\ntransform = "pseudonym"'))
    text = text[: text.index('[[columns]]\nkey = "name_at_home"')]
    _agree(trusted, text)
    first, again = (_rows(trusted, "own_list") for _time in range(2))
    assert len(set(first)) == len(set(again)) == 3
    assert all(one.startswith("P-") for one in first)
    assert set(first).isdisjoint(again)


@pytest.mark.parametrize("transform", ["initials", "pseudonym"])
def test_who_is_not_named_in_full_stands_in_no_order_of_names(transform: str) -> None:
    """By name they would stand between two who are known, and the next report tells who came between."""
    kind = read_own_kind(_with((_KEPT, f'purpose = "name"\ntransform = "{transform}"')))
    people = [
        candidate(prisoner(n, f"{chr(76 - n)}na", f"I{chr(97 + n)}na"), decisions("public_list"))
        for n in range(12)
    ]
    request = Request(kind, "en", "2026-031", date(2026, 11, 22), tuple(people), pseudonym_key=b"k")
    found = compose(request)
    assert set(found.named) == {one.prisoner.id for one in people}
    assert list(found.named) != sorted(found.named)


def test_a_wider_second_version_leaves_by_no_series_of_the_first(trusted: Office, tmp_path: Path) -> None:
    narrow = next_text(shipped_text("newsletter"), "own_news", 1)
    _agree(trusted, narrow)
    letter = MakeReport("own_news", "en", ("docx",))
    with trusted.as_person(COORDINATOR) as session:
        first = session.reports.make(letter).id
    with trusted.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(first, tmp_path / "first"))
        session.series.begin(first)
    with trusted.as_person(COORDINATOR) as session:
        waits = session.reports.make(letter).id
        assert session.series.look(waits).covers
    wide = next_text(narrow, "own_news", 2).replace('audience = "all_godparents"', 'audience = "public"')
    assert wide != next_text(narrow, "own_news", 2)
    _agree(trusted, wide)
    with trusted.as_person(COORDINATOR) as session:
        second = session.reports.make(letter).id
        assert Gap.KIND in {one.gap for one in session.series.look(second).missing}
        for report in (waits, second):
            with pytest.raises(KnownError) as caught:
                session.approval.leave_by_series(ApproveReport(report, tmp_path / report))
            assert caught.value.code in (Code.REPORT_NOT_APPROVED, Code.REPORT_CHANGED)
            assert not list(tmp_path.glob(f"{report}/*"))
