"""Opening a slip's file: a question leads to its sheet, an answer is brought in and says what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.approval.slips import Reply
from app.chosen_file import open_chosen
from app.crypto.letters import MAGIC
from app.i18n import _
from app.services.slip_answers import BroughtIn
from app.services.slips import OpenedSlip
from ui import actions
from ui.drops import Drops
from ui.file_choice import choose_text_file
from ui.messages import told_of
from ui.views.consent.slip_sheets import AnswerSlipSheet
from ui.widgets.dialogs import tell
from ui.worker import Failure
from ui.workplace import Workplace


def open_slip_door(workplace: Workplace, window: QWidget) -> None:
    """A slip dropped anywhere onto the window, or chosen with the keys, is opened."""
    Drops(window, _begins_like_a_slip, lambda path: open_slip(window, workplace, path))
    actions.make_action(window, actions.SLIP, lambda: choose_slip(window, workplace))


def _begins_like_a_slip(untrusted_path: Path) -> bool:
    try:
        with open_chosen(untrusted_path) as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def choose_slip(parent: QWidget, workplace: Workplace) -> None:
    """Let the person pick a slip or an answer."""
    path = choose_text_file(parent, _("Open a slip or an answer"))
    if path is not None:
        open_slip(parent, workplace, path)


def open_slip(parent: QWidget, workplace: Workplace, path: Path) -> None:
    """Open the file of a slip or of an answer."""
    session = workplace.session

    def failed(failure: Failure) -> None:
        told = told_of(failure)
        tell(parent, told.happened, told.advice, told.reference)

    def brought(came: BroughtIn) -> None:
        said = (
            _("{name} agreed. It counts from now.")
            if came.granted
            else _("{name} refused. It stays as it is.")
        )
        tell(parent, said.format(name=came.name), came.words)

    def looked(found: OpenedSlip | Reply) -> None:
        if isinstance(found, OpenedSlip):
            AnswerSlipSheet(parent, workplace, found).open()
            return
        # On behalf of nobody: the queue may be open behind this, and shows what it did not decide itself.
        workplace.tasks.command(session.slips.bring_in, path, initiator=None, done=brought, failed=failed)

    workplace.tasks.query(lambda: session.slips.look(path), initiator=parent, done=looked, failed=failed)
