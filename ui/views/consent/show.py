"""Showing a name: asks why where no valid yes says so, has it recorded, opens it for one talk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.domain.relative import Identity
from app.i18n import _
from app.services import contacting, identities
from app.services.openings import NOTHING_TO_ASK
from app.services.relatives import CopyNumber, PlaceRelativeHold, ShowIdentity
from app.services.views import RelativeView
from app.vocabulary import pairs
from ui.views.consent.closed import BriefCopy, OpenNames
from ui.views.consent.contact import care_words, plan_lead, plan_words, stay_away_words
from ui.views.consent.words import gentle
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, TextEdit
from ui.widgets.frames import Notice, Scrolled, Tone
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
        self._group.buttonClicked.connect(lambda _button: self._on_clicked())
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


class ShowSheet(ReasonSheet):
    """Why a name is shown; where something forbids contact, that and the safe-contact plan stand first.

    Where the service asks for words of one's own, they are written here.

    Args:
        parent: window.
        view: whose name.
        text: what will happen.
        action: words of the button.
    """

    def __init__(self, parent: QWidget, view: RelativeView, text: str, action: str) -> None:
        self._rule = view.contact
        reasons = [code for code, _words in pairs("show_reason")]
        self._forbidden = any(identities.words_needed(self._rule, code) for code in reasons)
        self._inside: Scrolled | None = None
        super().__init__(parent, view.spoken, text, action, "show_reason", lambda _why: None)
        if not self._rule.allowed and self._inside is not None:
            for place, notice in enumerate(_before(view)):
                self._inside.body.insertWidget(place, notice)
        if view.contact.may in NOTHING_TO_ASK:
            for code in contacting.TO_ASK:
                self.choices[code].hide()
        self._words = TextEdit(_("Why it is opened all the same"), lines=2)
        self._words.setMinimumHeight(self._words.sizeHint().height())
        hint = _("Only what somebody needs who reads it later. An officer will look at it.")
        self._field = Field(_("Why it is opened all the same"), self._words, hint=hint, required=True)
        self._field.setEnabled(False)
        self.add(self._field)
        self._field.setVisible(self._forbidden)
        self._words.textChanged.connect(self._allow)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Below the others, in a column that scrolls: a stop and a plan can be long."""
        if self._inside is None:
            self._inside = Scrolled(gap=12)
            self.body.addWidget(self._inside, 1)
        self._inside.add(widget, stretch)

    @property
    def words(self) -> str:
        """What was written, where it is asked for."""
        return self._words.toPlainText().strip() if self._asks_for_words else ""

    @property
    def _asks_for_words(self) -> bool:
        return bool(self.reason) and identities.words_needed(self._rule, self.reason)

    def _on_clicked(self) -> None:
        self._field.setEnabled(self._asks_for_words)
        if self._asks_for_words and self._inside is not None:
            self._words.setFocus()
            self._inside.ensureWidgetVisible(self._field)
        self._allow()

    def _allow(self) -> None:
        if self.action is not None:
            self.action.setEnabled(bool(self.reason) and (not self._asks_for_words or bool(self.words)))


def _before(view: RelativeView) -> Iterator[QWidget]:
    """What stands against contact, and how to reach them safely."""
    away = stay_away_words(view) or care_words(view)
    if away:
        yield Notice(away, Tone.RED, lead=_("Do not contact."))
    plan = view.relative.plan[0] if view.relative.plan else None
    if plan is None:
        words = _("Nobody wrote down how to reach them safely.")
        yield Notice(words, Tone.AMBER, lead=_("No safe-contact plan."))
        return
    yield Notice(plan_words(plan), lead=plan_lead(plan))
    if plan.never_mention:
        yield Notice(_("Never mention: {what}").format(what=gentle(plan.never_mention)), Tone.RED)


class Showing(QObject):
    """Opens names and places stops, on behalf of a page.

    Args:
        page: initiator of the work and parent of sheets.
        workplace: of the window.
        names: where open names are kept.

    Signals:
        warned(str): a reason to warn somebody was written: what their card says has changed.
    """

    warned = Signal(str)

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
            sheet = ShowSheet(self._page.window(), view, text, action)
            sheet.accepted.connect(lambda: self._show(view, sheet.reason, sheet.words))
            sheet.open()
        else:
            self._show(view, "")

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

    def _show(self, view: RelativeView, reason: str, words: str = "") -> None:
        session, relative = self._workplace.session, view.relative.id

        def done(identity: Identity) -> None:
            self._names.put(relative, identity, view.against)
            if words:
                self.warned.emit(relative)

        self._workplace.tasks.query(
            lambda: session.relatives.show(ShowIdentity(relative, reason, words)),
            initiator=self._page,
            done=done,
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
    """Whether the service will ask why."""
    return identities.reason_needed(view.may_contact, view.contact)


def show_button() -> Button:
    """The button that shows a name; its words say what pressing it does now."""
    return Button("", Look.PLAIN, description=_("What is shown is recorded"))


def name_button(button: Button, view: RelativeView, *, is_open: bool, number: bool = False) -> None:
    """Give the button the words for what it does now."""
    if is_open:
        button.setText(_("Close name"))
    elif view.relative.identity is None:
        button.setText(_("No name recorded"))
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
