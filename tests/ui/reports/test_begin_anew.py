"""Protects: a report begun anew is the one that was asked for, whatever the steps showed before."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.office import COORDINATOR
from tests.ui.reports.windows import BRIEFING, Windows
from ui.views.reports.plan import Plan

pytestmark = pytest.mark.window


def test_what_is_kept_meanwhile_does_not_put_the_last_kind_in_its_place(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(BRIEFING)
    making = window.page.making
    again = Plan(
        kind="growth",
        language="de",
        formats=("pdf",),
        first=date(2020, 1, 1),
        last=date(2025, 9, 30),
        again_of="0" * 32,
    )
    making.begin(again)
    assert making.unfinished() is None, "drafts are kept on every change of place, also before it stands"
    window.settle()
    assert making.kind.kind is not None
    assert making.kind.kind.name == "growth"
    assert making.plan == again
    assert making.kind.period.days() == (date(2020, 1, 1), date(2025, 9, 30))
