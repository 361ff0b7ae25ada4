"""The quarter review of the gallery: invented people, every state a row can have."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.quarter import Outcome
from app.domain.quarter_changes import Change
from app.domain.quarter_rows import QuarterPast, QuarterRow, QuarterState
from app.domain.quarter_state import Tally
from app.domain.rows import Light
from ui.views.quarter.work import QuarterWork
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import PageFrame
from ui.widgets.labels import PageHead

TODAY: Final = date(2026, 11, 22)
_YES: Final = (Light.YES, Light.YES, Light.ENDS, Light.NOT_ASKED, Light.NO)
_NO: Final = (Light.NO, Light.NOT_ASKED, Light.NOT_ASKED, Light.NOT_ASKED, Light.NOT_ASKED)
_NAMES: Final = ("Barysau, Mikita", "Dubnianskaya, Alena", "Hrynevich, Volha", "Kvitkavets, Anton")
_GROUPS: Final = (
    Tally("finding.after_a_no", 2, 1),
    Tally(Change.PRESSURE, 3, 3),
    Tally(Change.NO_EVIDENCE, 46, 0),
    Tally(Change.WIDER, 18, 4),
    Tally(Change.NEW_YES, 512, 380),
    Tally(Change.NEW_NO, 41, 41),
    Tally(Change.DRAWN, 60, 60),
)


def rows() -> list[QuarterRow]:
    """One of each."""
    found: list[QuarterRow] = []
    outcomes = (None, Outcome.ASKED, Outcome.STOPPED, Outcome.OWN, Outcome.IN_ORDER, None)
    for place, outcome in enumerate(outcomes * 2):
        found.append(
            QuarterRow(
                key=str(place),
                group=Change.WIDER,
                kinds=(Change.WIDER, Change.NEW_YES, Change.DETAILS),
                about=f"Mother of {_NAMES[place % len(_NAMES)]}",
                prisoner="p",
                lines=_NO if outcome is Outcome.STOPPED else _YES,
                last_on=date(2026, 11, 3 + place),
                last_kind="given",
                evidence="heard_not_kept",
                channel="signal",
                verified_by="call_back",
                recorded_by=("Hanna K.",),
                seconded_by=("Vera O.",),
                owner="Hanna K.",
                own=outcome is Outcome.OWN or place == 5,
                outcome=outcome,
                ask_by=date(2026, 12, 6) if outcome is Outcome.ASKED else None,
                moved_on=place == 0,
                may_ask=True,
                may_stop=True,
            )
        )
    return found


def page() -> QWidget:
    """The page with a group half done."""
    past = QuarterPast(
        id="r",
        first_day=date(2026, 8, 22),
        last_day=TODAY,
        begun_by="Vera O.",
        begun_at=None,
        signed_by="",
        signed_at=None,
        listed=682,
        drawn=60,
        findings=2,
        outcomes={},
        seed_entry=1204,
        alone=False,
        signed_entry=None,
    )
    frame, work = PageFrame(), QuarterWork(lambda: TODAY)
    head = PageHead("Quarter review", "22 Aug – 22 Nov 2026 · 193 of 682 decided")
    head.add(Button("Back to the log", Look.QUIET), Button("Sign…", hint="Ctrl ⏎"))
    frame.add(head)
    work.only_open.setChecked(False)
    work.group_asked.connect(work.clear_rows)
    work.show_state(QuarterState(past, _GROUPS))
    work.groups.select(Change.WIDER)
    work.show_state(QuarterState(past, _GROUPS))
    work.add_rows(rows())
    frame.add(work, 1)
    return frame
