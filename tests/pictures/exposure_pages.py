"""Answers about exposure as an officer sees them, put together by hand. Every person here is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from app import bootstrap  # noqa: F401 - services import one another in the order of a session
from app.domain.consent_lines import LineState
from app.domain.exposure import Access, Deed, Did, Holder, Reach, steps_for_person, steps_for_relative
from app.domain.exposure_port import Unreadable
from app.domain.exposure_rows import (
    DeedRow,
    HolderRow,
    OpenableRow,
    PersonExposure,
    RelativeExposure,
    Trust,
)
from app.domain.ids import RecordId
from app.domain.relative import Relative, SafeContactPlan
from app.domain.rows import Light
from app.services.as_of import RelativeThen
from app.services.spoken import spoken_words
from ui.views.exposure.frame import Answer
from ui.views.exposure.person_answer import PersonAnswer
from ui.views.exposure.relative_answer import RelativeAnswer
from ui.widgets.buttons import Button
from ui.widgets.frames import PageFrame
from ui.widgets.labels import PageHead

TODAY: Final = date(2026, 11, 22)
_NOW: Final = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
_ENDS: Final = date(2026, 12, 4)
_NOBODY: Final = Unreadable(frozenset(), 0, 0)
_HANNA, _MAKS, _VERA = "hanna", "maks", "vera"
_NAMES: Final = {_HANNA: "Hanna K.", _MAKS: "Maks R.", _VERA: "Vera O.", "": ""}


def relative_page() -> QWidget:
    """The wife of somebody, after a laptop was taken."""
    answer = RelativeAnswer(_relative(), TODAY)
    answer.show_then(_then())
    return _page(answer)


def person_page() -> QWidget:
    """A colleague who left, and whom they could open."""
    return _page(PersonAnswer(_person(), TODAY))


def _page(answer: Answer) -> PageFrame:
    page = PageFrame()
    head = PageHead(answer.title, answer.aside)
    head.add(Button("Ask something else"), Button("Back to the log"))
    page.add(head)
    page.add(answer, 1)
    return page


def _holder(person: str, access: Access, since: int, until: int | None = None) -> Holder:
    left = _NOW - timedelta(days=until) if until is not None else None
    return Holder(person, access, _NOW - timedelta(days=since), left, 12, 4_812 if left else 0)


def _relative() -> RelativeExposure:
    rows = (
        HolderRow(
            _holder(_HANNA, Access.HELD, 700),
            "Hanna K.",
            ("coordinator",),
            Reach.SEEN,
            {Did.SHOWN: 2, Did.COPIED: 1, Did.OPENED: 5, Did.TALKED: 3},
            _NOW,
        ),
        HolderRow(
            _holder(_VERA, Access.HELD, 900), "Vera O.", ("officer",), Reach.OPENED, {Did.OPENED: 1}, _NOW
        ),
        HolderRow(_holder(_MAKS, Access.KEPT, 800, 400), "Maks R.", (), Reach.COULD, {}, None),
        HolderRow(_holder("nina", Access.LATER, 3), "Nina P.", ("coordinator",), Reach.COULD, {}, None),
    )
    deeds = (
        _deed(18_442, _HANNA, Did.COPIED),
        _deed(18_441, _HANNA, Did.SHOWN, reason="danger", named=_VERA),
        _deed(18_390, _HANNA, Did.SLIP, about="Vera O.", certain=False),
        _deed(18_201, "", Did.OPENED, named=_VERA),
        _deed(17_960, _VERA, Did.REPORT, about="2026-030 → Committee on Legal Affairs"),
        _deed(17_115, _HANNA, Did.TALKED),
        _deed(16_034, _MAKS, Did.SHOWN, relative=""),
    )
    return RelativeExposure(
        relative="wife",
        prisoner="prisoner",
        about=spoken_words("wife", "Sasnouski, Mikalai"),
        first_on=date(2025, 11, 22),
        last_on=TODAY,
        known=True,
        added_at=_NOW - timedelta(days=640),
        desks=("Vilnius",),
        holders=rows,
        without_key=2,
        deeds=deeds,
        plan=True,
        steps=steps_for_relative(checked=False, stopped=False, may_talk=True, carried=True),
        trust=Trust(18_442, 0, None, _NOBODY),
    )


def _deed(
    sequence: int,
    person: str,
    did: Did,
    *,
    relative: str = "wife",
    reason: str = "",
    named: str = "",
    about: str = "",
    certain: bool = True,
) -> DeedRow:
    deed = Deed(
        sequence,
        _NOW - timedelta(hours=18_442 - sequence),
        person,
        did,
        relative,
        named,
        reason,
        about,
        certain=certain,
    )
    return DeedRow(deed, _NAMES[person], _NAMES[named])


def _then() -> RelativeThen:
    lights = (Light.YES, Light.ENDS, Light.NO, Light.NOT_ASKED, Light.WAITS)
    lines = ("stay_in_touch", "support", "godparent", "in_public", "personal")
    relative = Relative(
        RecordId("0" * 32),
        relation="wife",
        whereabouts="inside",
        plan=(SafeContactPlan(channel="signal", hours="After 20:00"),),
    )
    return RelativeThen(
        TODAY,
        18_442,
        known=True,
        about=spoken_words("wife", "Sasnouski, Mikalai"),
        status="penal_colony",
        relative=relative,
        lines=tuple(
            LineState(line, light, _ENDS if light in (Light.YES, Light.ENDS) else None, None, None, ())
            for line, light in zip(lines, lights, strict=True)
        ),
        paused=True,
    )


def _person() -> PersonExposure:
    people = ("Sasnouski, Mikalai", "Dubnianskaya, Alena", "Verasouskaya, Nadzeya", "Kachanovich, Volha")
    relations = ("wife", "mother", "son", "sister", "father", "brother")
    rows = []
    for place in range(60):
        reach = Reach.SEEN if place < 3 else Reach.OPENED if place < 9 else Reach.COULD
        counts = {Did.SHOWN: 3 - place, Did.OPENED: 2} if place < 3 else {Did.OPENED: 1} if place < 9 else {}
        where = ("inside", "unknown", "outside")[place % 3]
        rows.append(
            OpenableRow(
                relative=str(place),
                prisoner="p",
                prisoner_name=people[place % 4],
                relation=relations[place % 6],
                whereabouts=where,
                maybe_inside=where != "outside",
                access=Access.KEPT,
                reach=reach,
                counts=counts,
                last=_NOW - timedelta(hours=place * 7) if counts else None,
                entry=18_000 - place if counts else 0,
            )
        )
    return PersonExposure(
        person=_MAKS,
        name="Maks R.",
        roles=(),
        first_on=date(2025, 11, 22),
        last_on=TODAY,
        held=True,
        since=_NOW - timedelta(days=800),
        until=_NOW - timedelta(days=12),
        rows=tuple(rows),
        lost=(_deed(16_034, _MAKS, Did.SHOWN, relative=""),),
        beside=(_deed(17_960, _MAKS, Did.REPORT, about="2026-030 → Committee on Legal Affairs"),),
        forged=(_deed(18_201, "", Did.OPENED, named=_MAKS),),
        devices=(),
        steps=steps_for_person(checked=True, could=True),
        trust=Trust(18_442, 0, checked=True, unreadable=_NOBODY),
    )
