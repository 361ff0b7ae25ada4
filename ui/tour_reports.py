"""The reports of the guided tour: made by one person in their steps, approved and written by another."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ui.tour_hand import Hand, TourError
from ui.views.reports.page import ReportsPage
from ui.views.reports.plan import People, Plan
from ui.views.reports.steps import Step
from ui.views.shell import Shell
from ui.widgets.buttons import FilterChip

_PLANS: Final = (
    Plan(kind="public_list", language="en", formats=("pdf", "docx", "xlsx", "csv", "html")),
    Plan(kind="public_figures", language="en", formats=("pdf", "csv")),
    Plan(
        kind="parliament_briefing",
        language="de",
        formats=("pdf", "docx"),
        recipient="Ausschuss für Menschenrechte",
        title="Politische Gefangene in Belarus",
        people=People.MINE,
        blocks=(
            (
                "introduction",
                "Wir stellen Ihnen Menschen vor, denen wir beistehen. Alle Personen in dieser Unterlage sind"
                " erfunden.",
            ),
        ),
    ),
)


class TourReports:
    """Three reports on their way.

    Args:
        hand: presses the keys.
        folder: where the files go.
    """

    def __init__(self, hand: Hand, folder: Path) -> None:
        self._hand, self._folder = hand, folder
        self._reports: list[str] = []
        self._written: list[Path] = []

    def make_all(self, shell: Shell) -> None:
        """Make them as the person unlocked."""
        for plan in _PLANS:
            self._make(shell, plan)

    def approve_all(self, shell: Shell) -> list[Path]:
        """Approve them as another person; gives the files."""
        for report in self._reports:
            self._approve(shell, report)
        return self._written

    def _reports_page(self, shell: Shell) -> ReportsPage:
        shell.window.go("reports")
        self._hand.settle()
        page = shell.window.page("reports")
        if not isinstance(page, ReportsPage):
            raise TourError("there is no Reports page")
        return page

    def _make(self, shell: Shell, plan: Plan) -> None:
        page, hand = self._reports_page(shell), self._hand
        page.begin(plan)
        making = page.making
        hand.settle()
        for step, name in ((Step.PEOPLE, "people"), (Step.REVIEW, "review"), (Step.CHECKS, "checks")):
            hand.click(making.primary)
            hand.wait(lambda step=step: making.step is step and not making.doing.busy, name)  # type: ignore[misc]
            if plan is _PLANS[0] or step is Step.REVIEW:
                hand.picture(shell.window, f"report-{name}")
        if making.approving.report in ("", *self._reports):
            raise TourError("no report was made")
        self._reports.append(making.approving.report)
        self._hand.say(
            f"Made a report ({plan.kind}, {', '.join(plan.formats)}); it waits for a second person."
        )

    def _approve(self, shell: Shell, report: str) -> None:
        page, hand = self._reports_page(shell), self._hand
        page.open_report(report)
        making, side = page.making, page.making.review.approve
        hand.wait(lambda: making.approving.report == report and making.step is Step.APPROVE, "the report")
        hand.settle()
        making.approving.search()
        making.approving.pick_folder = lambda _page, _title: self._folder
        making.approving.choose_folder()
        hand.wait(lambda: side.names is not None and not making.doing.busy, "the search for names")
        self._judge(page)
        hand.picture(shell.window, "report-approve")
        before = set(self._folder.iterdir())
        hand.click(making.primary)
        hand.wait(lambda: not making.doing.busy, "writing the report")
        hand.settle()
        written = sorted(set(self._folder.iterdir()) - before)
        if not written:
            raise TourError("no file was written")
        self._written += written
        hand.picture(shell.window, "report-written")
        names = ", ".join(path.name for path in written)
        self._hand.say(f"Approved it as the second person and wrote {names}.")

    def _judge(self, page: ReportsPage) -> None:
        """Names that are somebody else's: the approver says so, one by one."""
        names = page.making.review.approve.names
        if names is None:
            return
        for chip in names.findChildren(FilterChip):
            if not chip.isChecked():
                self._hand.click(chip)
        self._hand.settle()
