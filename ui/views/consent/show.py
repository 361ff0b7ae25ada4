"""Showing a name: asks why where no valid yes says so, has it recorded, opens it for one talk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.domain.relative import Identity
from app.domain.rows import Light
from app.i18n import _
from app.services.relatives import CopyNumber, PlaceRelativeHold, ShowIdentity
from app.services.views import RelativeView
from app.vocabulary import pairs
from ui.views.consent.closed import BriefCopy, OpenNames
from ui.views.consent.words import gentle
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.labels import Text
from ui.workplace import Workplace


class ReasonSheet(Sheet):
    """One question with a few reasons to pick from; nothing happens before one is picked.

    Args:
        parent: window.
        title: whom it is about.
        text: what will happen.
        action: words of the button.
        vocabulary: where the reasons come from.
        pick: called with the reason.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        action: str,
        vocabulary: str,
        pick: Callable[[str], None],
    ) -> None:
        super().__init__(parent, title, action, width=460)
        self.add(Text(text, wrap=True))
        self._group = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        for code, words in pairs(vocabulary):
            button = QRadioButton(words)
            self.choices[code] = button
            self._group.addButton(button)
            self.add(button)
        if self.action is not None:
            self.action.setEnabled(False)
        self._group.buttonClicked.connect(self._on_clicked)
        self.accepted.connect(lambda: pick(self.reason))
        self.finished.connect(lambda _result: self.deleteLater())
        next(iter(self.choices.values())).setFocus()

    @property
    def reason(self) -> str:
        """The reason picked, "" for none."""
        return next((code for code, button in self.choices.items() if button.isChecked()), "")

    def _on_clicked(self) -> None:
        if self.action is not None:
            self.action.setEnabled(True)


class Showing(QObject):
    """Opens names and places stops, on behalf of a page.

    Args:
        page: initiator of the work and parent of sheets.
        workplace: of the window.
        names: where open names are kept.
    """

    def __init__(self, page: QWidget, workplace: Workplace, names: OpenNames) -> None:
        super().__init__(page)
        self._page, self._workplace, self._names = page, workplace, names

    def toggle(self, view: RelativeView) -> None:
        """Show a name, or close one that is open."""
        relative = view.relative.id
        if self._names.get(relative) is not None:
            self._names.close(relative)
        elif reason_needed(view):
            text = _("No valid yes says why. What you pick is recorded with the time and your name.")
            action = _("Show name and numbers for 30 minutes")
            sheet = ReasonSheet(
                self._page.window(),
                view.spoken,
                text,
                action,
                "show_reason",
                lambda why: self._show(relative, why),
            )
            sheet.open()
        else:
            self._show(relative, "")

    def copy(self, relative: str, field: str, place: int, clipboard: BriefCopy) -> None:
        """Have a copy recorded, then put the number on the clipboard for a moment."""
        session = self._workplace.session

        def done(number: str) -> None:
            clipboard.copy(number)
            self._workplace.say(_("Copied for 15 seconds."))

        self._workplace.tasks.query(
            lambda: session.relatives.copy_number(CopyNumber(relative, field, place)),
            initiator=self._page,
            done=done,
        )

    def stop(self, view: RelativeView) -> None:
        """Stop everything about a relative, after a reason."""
        text = _(
            "From now on nobody calls or writes, and nothing that rests on this person leaves the house."
        )
        sheet = ReasonSheet(
            self._page.window(),
            _("Stop: {who}").format(who=gentle(view.spoken)),
            text,
            _("Stop everything now"),
            "hold_reason",
            lambda why: self._place(view.relative.id, why),
        )
        sheet.open()

    def lift(self, view: RelativeView) -> None:
        """Propose to lift the stop; it acts on until somebody else agrees."""
        session = self._workplace.session
        for stop in view.stopped[:1]:
            self._workplace.tasks.command(
                session.relatives.lift_hold,
                stop.hold.id,
                initiator=self._page,
                done=lambda saved: self._workplace.say(
                    _("A second person has to agree. Until then it stops.")
                ),
            )

    def _show(self, relative: str, reason: str) -> None:
        session = self._workplace.session

        def done(identity: Identity) -> None:
            self._names.put(relative, identity)

        self._workplace.tasks.query(
            lambda: session.relatives.show(ShowIdentity(relative, reason)), initiator=self._page, done=done
        )

    def _place(self, relative: str, reason: str) -> None:
        session = self._workplace.session
        self._workplace.tasks.command(
            session.relatives.place_hold,
            PlaceRelativeHold(relative, reason),
            initiator=None,
            done=lambda saved: self._workplace.say(_("The stop is saved."), undo=True),
        )


def reason_needed(view: RelativeView) -> bool:
    """Whether the service will ask why: there is no valid yes for contact."""
    return view.may_contact not in (Light.YES, Light.ENDS)


def show_button() -> Button:
    """The button that shows a name; its words say what pressing it does now."""
    return Button("", Look.PLAIN, description=_("What is shown is recorded"))


def name_button(button: Button, view: RelativeView, *, is_open: bool, number: bool = False) -> None:
    """Give the button the words for what it does now."""
    if is_open:
        button.setText(_("Close name"))
    elif number:
        button.setText(_("Show number (30 min)"))
    else:
        button.setText(_("Show name…") if reason_needed(view) else _("Show name"))
    button.setEnabled(view.relative.identity is not None)
    words = (
        _("Open for 30 minutes; this is recorded")
        if view.relative.identity
        else _("Nobody wrote down who it is")
    )
    button.setToolTip(words)
    button.setAccessibleDescription(words)
