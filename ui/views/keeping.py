"""What is half typed in one window, on pages and in sheets: kept while typed, put back after unlocking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from app.domain.canonical import Plain
from app.domain.port_values import Draft
from app.i18n import _
from app.services.session import Session
from ui.draft_keeper import DraftKeeper, Typed
from ui.tasks import Tasks
from ui.views.kept_sheets import reopeners
from ui.views.main_window import MainWindow
from ui.worker import Failure
from ui.workplace import Keeps, Workplace


@runtime_checkable
class ComesBack(Protocol):
    """A page that can choose again whom it showed before a lock."""

    def chosen_record(self) -> tuple[str, str]:
        """Noun and id of who is shown."""

    def come_back(self, record: str) -> None:
        """Choose this record as soon as it is there; nobody is told if it is not."""


class Keeping(QObject):
    """Between the window, whose forms are asked, and the session, which stores.

    Args:
        say: a short sentence at the foot of the window.
    """

    def __init__(
        self, session: Session, tasks: Tasks, window: MainWindow, say: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._session, self._tasks, self._window, self._say = session, tasks, window, say
        self._waiting: dict[str, Draft] = {}
        self._said_unkept = False
        self._keeper = DraftKeeper(self._typed, self._keep, lambda: tasks.busy)
        self.look_soon: Final = self._keeper.look_soon

    def start(self, drafts: Iterable[Draft]) -> None:
        """Begin with what was kept before."""
        self._waiting = {draft.key: draft for draft in drafts}
        self._keeper.start(self._waiting)

    def stop(self) -> None:
        """Keep what is typed now and who is shown, and no more after it."""
        self._keeper.look()
        self._keeper.stop()
        shown: dict[str, str] = {}
        for key in self._window.page_keys:
            page: object = self._window.page(key)
            if isinstance(page, ComesBack):
                shown[key] = page.chosen_record()[1]
        drafts = self._session.drafts
        self._tasks.query(lambda: drafts.note_shown(shown), initiator=None, done=lambda nothing: None)

    def waits(self, place: str) -> bool:
        """Whether something kept is still to be put back there."""
        return place in self._waiting

    def reopen(self, workplace: Workplace) -> None:
        """Open the sheets for which something was kept, and fill them."""
        for place, open_again in reopeners().items():
            draft = self._waiting.get(place)
            if draft is not None:
                open_again(workplace, self._window, draft.values, partial(self.put_back, place))

    def put_back(self, place: str, form: object) -> None:
        """Put back what waits for a page or sheet that is there now."""
        if isinstance(form, ComesBack):
            self._come_back(place, form)
        draft = self._waiting.pop(place, None)
        if draft is not None and isinstance(form, Keeps):
            form.take_up(draft.values)

    def _come_back(self, place: str, page: ComesBack) -> None:
        """Asked for before the page asks for its rows, so that it knows whom to choose when they come."""

        def done(shown: Mapping[str, str]) -> None:
            if place in shown:
                page.come_back(shown[place])

        self._tasks.query(self._session.drafts.shown, initiator=page, done=done)

    def _typed(self) -> Typed:
        typed: dict[str, Mapping[str, Plain] | None] = {}
        for key in self._window.page_keys:
            page = self._window.page(key)
            if isinstance(page, Keeps):
                typed[key] = page.unfinished()
        for place in reopeners():
            if place not in self._waiting:  # otherwise its sheet is still to be opened
                typed[place] = self._typed_in(place)
        return typed

    def _typed_in(self, place: str) -> Mapping[str, Plain] | None:
        for sheet in self._window.findChildren(QDialog, place):
            if sheet.isVisible() and isinstance(sheet, Keeps):
                return sheet.unfinished()
        return None

    def _keep(self, changed: Mapping[str, Mapping[str, Plain]], gone: tuple[str, ...]) -> None:
        drafts = self._session.drafts

        def failed(failure: Failure) -> None:
            self._keeper.not_kept(changed)
            if not self._said_unkept:
                self._said_unkept = True
                self._say(_("What you are typing cannot be kept at the moment: save it soon."))

        def done(nothing: None) -> None:
            self._said_unkept = False

        self._tasks.query(lambda: drafts.keep(changed, gone), initiator=self, done=done, failed=failed)
