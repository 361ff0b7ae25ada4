"""The guided tour: the real window offscreen, driven by keys, for a machine without a display.

Makes the demo of invented people in a temporary folder, does what a day brings with it, and leaves a picture
of every page and the files of the reports in one folder. Nothing in here is a stand-in: it is the program
itself, with nobody in front of it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.errors import KnownError
from app.domain.rows import Light
from app.i18n import _
from app.services.relatives import RelativeFilter
from app.words import words_for
from ui.program import Program
from ui.tour_hand import PATIENCE_S, Hand, TourError
from ui.tour_list import write_newer_list
from ui.tour_reports import TourReports
from ui.views.consent.conversation import ConversationSheet
from ui.views.consent.page import RelativesPage
from ui.views.godparents.page import GodparentsPage
from ui.views.intake.sheet import IntakeSheet
from ui.views.prisoners.page import PrisonersPage
from ui.views.shell import Shell

_OFFICER: Final = 1  # place on the page that asks whom to be
_MANIFEST: Final = "tour.txt"


def take_tour(folder: Path, say: Callable[[str], None] | None = None) -> int:
    """Take the tour.

    Args:
        folder: where pictures and reports go; what an earlier tour left there is replaced.
        say: takes plain lines; by default they go to the terminal.

    Returns:
        0, or 1 when something did not work.
    """
    speak = say or _to_terminal
    try:
        _clear(folder)
        with tempfile.TemporaryDirectory(prefix="poruch-tour-") as home:
            _Tour(Path(home) / "case-file", folder, speak).take()
    except TourError as error:
        speak(f"Stopped: {error}")
        return 1
    except KnownError as error:
        speak(f"Stopped: {words_for(error).line()}")
        return 1
    except OSError as error:
        speak(f"Stopped: {type(error).__name__}, the folder cannot be written to.")
        return 1
    return 0


class _Tour:
    """One tour, step after step."""

    def __init__(self, case_file: Path, folder: Path, say: Callable[[str], None]) -> None:
        self._case_file, self._folder, self._say = case_file, folder, say
        self._hand = Hand(folder, say)
        self._program: Program | None = None
        self._written: list[Path] = []

    def take(self) -> None:
        """Everything."""
        try:
            self._begin()
            shell = self._unlock("coordinator", 0)
            self._look_round(shell)
            self._edit(shell)
            self._list(shell)
            self._talk(shell)
            self._godparent(shell)
            reports = TourReports(self._hand, self._folder)
            reports.make_all(shell)
            self._lock()
            shell = self._unlock("officer", _OFFICER)
            self._written = reports.approve_all(shell)
            self._verify(shell)
        finally:
            self._hand.let_go()
            if self._program is not None:
                self._program.close(patience_s=PATIENCE_S)
        self._leave_manifest()

    # in and out

    def _begin(self) -> None:
        program = self._program = Program("en")
        self._hand.watch(program.tasks)
        program.open(None)
        self._hand.full_size(program.start)
        self._hand.picture(program.start, "start")
        self._say("Making a case file of invented people by bringing in a list …")
        program.open_demo(self._case_file, lambda line: self._say(f"  {line}"))
        self._wait_for_guests(program)

    def _wait_for_guests(self, program: Program) -> None:
        page = program.start.unlock_page
        answer = program.start.first.answer
        working = program.start.working
        self._hand.wait(
            lambda: bool(page.asked_for[1]) or answer.isVisible(), "the demo", told=lambda: working.told
        )
        if answer.isVisible():
            raise TourError(answer.accessibleName())
        self._hand.settle()

    def _unlock(self, who: str, place: int) -> Shell:
        program = self._running()
        page = program.start.unlock_page
        page.guests.choose(place)
        self._hand.picture(program.start, f"unlock-{who}")
        self._hand.click(page.unlock)
        self._hand.wait(lambda: program.shell is not None, "the passphrase")
        shell = program.shell
        if shell is None:
            raise TourError("nothing was unlocked")
        self._hand.wait(lambda: bool(shell.window.current_key), "the first page")
        self._hand.full_size(shell.window)
        self._hand.settle()
        self._say(f"Unlocked as {shell.session.person.name} ({who}).")
        return shell

    def _lock(self) -> None:
        """As Ctrl+L does, except that the process goes on: the next person opens the same case file."""
        self._running().close(locking=True)
        program = self._program = Program("en")
        self._hand.watch(program.tasks)
        program.open_demo(self._case_file)
        self._hand.full_size(program.start)
        self._wait_for_guests(program)
        self._say("Locked.")

    def _running(self) -> Program:
        if self._program is None:
            raise TourError("the program is not running")
        return self._program

    # what a day brings

    def _look_round(self, shell: Shell) -> None:
        for key in shell.window.page_keys:
            shell.window.go(key)
            self._hand.picture(shell.window, key)
        self._say(f"Looked at {len(shell.window.page_keys)} pages.")

    def _page(self, shell: Shell, key: str) -> object:
        shell.window.go(key)
        self._hand.settle()
        return shell.window.page(key)

    def _edit(self, shell: Shell) -> None:
        page = self._page(shell, "prisoners")
        if not isinstance(page, PrisonersPage):
            raise TourError("there is no Prisoners page")
        page.doings.open_edit(page.table.current_id(), "next_step")
        sheet = self._hand.sheet("the form of a prisoner")
        self._hand.settle()
        self._hand.type_into(self._hand.field(sheet, _("Next step")), "Ask the lawyer about the appeal")
        self._hand.picture(shell.window, "edit", over=sheet)
        self._hand.press_here("Ctrl+Return")
        self._hand.wait(lambda: page.doings.sheet is None, "saving the edit", 20)
        self._hand.picture(shell.window, "edited")
        self._say("Edited a prisoner: a new next step.")

    def _list(self, shell: Shell) -> None:
        path = self._case_file.parent / "list-of-this-month.csv"
        write_newer_list(path)
        shell.bring_in(path)
        sheet, hand = self._hand.sheet("bringing in a list"), self._hand
        if not isinstance(sheet, IntakeSheet):
            raise TourError("there is no sheet for lists")
        hand.settle()
        hand.click(sheet.next)
        hand.wait(sheet.preview.isVisible, "looking at the list")
        for reading in ("changed", "doubtful"):
            hand.click(hand.button(sheet, f"chip-{reading}"))
            hand.picture(shell.window, f"list-{reading}", over=sheet)
        hand.click(sheet.next)
        hand.wait(sheet.runs.isVisible, "bringing the list in")
        hand.picture(shell.window, "list-done", over=sheet)
        sheet.reject()
        hand.settle()
        self._say("Brought in a newer list: every row looked at first, nothing in it taken as consent.")

    def _talk(self, shell: Shell) -> None:
        page = self._page(shell, "relatives")
        if not isinstance(page, RelativesPage):
            raise TourError("there is no Relatives page")
        rows = self._hand.ask(lambda: shell.session.relatives.rows(RelativeFilter(mine=True)))
        mother = next(row for row in rows if row.relation == "mother" and row.lines[0] is Light.YES)
        page.list.table.select(mother.id)
        page.start_conversation(mother.id)
        self._hand.wait(lambda: page.sheet is not None, "the Conversation sheet", 20)
        self._hand.settle()
        sheet = self._sheet_of(page)
        self._hand.front(shell.window)
        sheet.start()
        for key in "YYLYL":
            self._hand.press_here(key)
        self._hand.picture(shell.window, "conversation")
        self._hand.press_here("Ctrl+Return")
        self._hand.wait(lambda: page.sheet is None, "saving the conversation", 20)
        self._hand.picture(shell.window, "conversation-saved")
        self._say("Recorded a conversation with five keys.")

    def _sheet_of(self, page: RelativesPage) -> ConversationSheet:
        if page.sheet is None:
            raise TourError("the Conversation sheet did not open")
        return page.sheet

    def _godparent(self, shell: Shell) -> None:
        page = self._page(shell, "godparents")
        if not isinstance(page, GodparentsPage):
            raise TourError("there is no Godparents page")
        page.doings.open_new()
        sheet = self._hand.sheet("the form of a godparent")
        self._hand.type_into(self._hand.field(sheet, _("Family name")), "Example-Wiesner")
        self._hand.type_into(self._hand.field(sheet, _("Given name")), "Karla")
        self._hand.picture(shell.window, "godparent", over=sheet)
        self._hand.press_here("Ctrl+Return")
        self._hand.wait(lambda: not sheet.isVisible(), "saving the godparent", 20)
        self._hand.picture(shell.window, "godparent-added")
        self._say("Added a godparent.")

    def _verify(self, shell: Shell) -> None:
        hand = self._hand
        shell.window.go("log")
        hand.settle()
        page = shell.window.page("log")
        if page is None:
            raise TourError("there is no Log page")
        hand.click(hand.button_called(page, _("Verify now")))
        hand.settle()
        hand.picture(shell.window, "log-verified")
        states = hand.ask(shell.session.log.state)
        if states.ok is not True:
            raise TourError("the log does not fit together")
        self._say(f"Verified the log: {states.entries} entries, every signature and row fits.")

    def _leave_manifest(self) -> None:
        made = [*self._hand.pictures, *self._written]
        lines = "".join(f"{path.name}\n" for path in made)
        (self._folder / _MANIFEST).write_text(lines, encoding="utf-8")
        self._say(
            f"{len(self._hand.pictures)} pictures and {len(self._written)} report files: {self._folder}/"
        )


def _clear(folder: Path) -> None:
    """Take away what an earlier tour left, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / _MANIFEST
    if manifest.exists():
        for line in manifest.read_text(encoding="utf-8").splitlines():
            (folder / Path(line).name).unlink(missing_ok=True)
        manifest.unlink()


def _to_terminal(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
