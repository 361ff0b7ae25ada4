"""Adding a relative, or changing what is known: the register, how to reach them safely, and who it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from app.domain.canonical import Plain
from app.domain.consent_purposes import represents
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId
from app.domain.relative import Identity, Relative, SafeContactPlan
from app.i18n import _
from app.services.context import Saved
from app.services.relatives import AddRelative
from app.services.views import RelativeView
from ui import theme
from ui.messages import told_of
from ui.theme import Role
from ui.views.consent.edit_parts import WHO_MARK, EditStart, both_empty, save_both
from ui.views.consent.form import Form, section
from ui.views.consent.words import gentle
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field
from ui.widgets.frames import Notice, Scrolled, Tone
from ui.widgets.labels import Text, beside
from ui.widgets.terms import TermCombo
from ui.widgets.wrong import go_to
from ui.worker import Failure
from ui.workplace import Workplace

_SPEAKS: Final = ("capacity", "mandate")
REGISTER: Final = ("relation", "nickname", "born", "whereabouts", *_SPEAKS, "asking", "guardian", "note")
PLAN: Final = ("channel", "hours", "language", "you_are", "through", "verified_by", "never_mention")
WHO: Final = ("full_name", "place", "phones", "handles", "emails", "other_spellings", "note")
_EMPTY: Final = RecordId("0" * 32)


class EditSheet(Sheet):
    """The sheet.

    Args:
        parent: window.
        workplace: of the window.
        start: with whom.

    Signals:
        saved(str): id of the relative.
        show_asked(): show the name, so that who it is can be changed.
    """

    saved = Signal(str)
    show_asked = Signal()

    def __init__(self, parent: QWidget, workplace: Workplace, start: EditStart) -> None:
        view = start.view
        title = _("New relative") if view is None else _("Edit: {who}").format(who=gentle(view.spoken))
        super().__init__(parent, title, _("Add relative") if view is None else _("Save"), width=720)
        self._workplace, self._start = workplace, start
        self._base = view.relative.version if view else 0
        self._relative = view.relative if view else Relative(_EMPTY)
        self._plan = self._relative.plan[0] if self._relative.plan else SafeContactPlan()
        self._identity = start.identity or Identity(_EMPTY)
        self._typed_who: Mapping[str, Plain] = {}
        self._build()
        if self.action is not None:
            self.action.clicked.disconnect()
            self.action.clicked.connect(self._on_save)
        self.finished.connect(lambda _result: self.deleteLater())

    # building

    def _build(self) -> None:
        inside = Scrolled(gap=12)
        inside.body.setContentsMargins(0, 0, 12, 0)
        self._problem = Notice("", Tone.RED)
        self._problem.hide()
        inside.add(self._problem)
        self._of = TermCombo(_("Of"), self._start.prisoners, self._start.prisoner, may_be_empty=False)
        self._of_field = Field(_("Of"), self._of, required=True)
        if self._start.view is None:
            self._make_searchable()
            inside.add(self._of_field)
        self.register = Form(Relative, REGISTER, {"guardian": self._start.family})
        self.register.set_values(self._relative)
        self.register.when_chosen("capacity", self._show_mandate)
        inside.add(self.register)
        self._show_mandate()
        inside.add(section(_("How to reach them safely")))
        self.plan = Form(SafeContactPlan, PLAN)
        self.plan.set_values(self._plan)
        inside.add(self.plan)
        inside.add(section(_("Who it is")))
        words = _("Kept apart from the rest and closed. Opened one at a time, and recorded.")
        inside.add(Text(words, Role.MUTED, wrap=True))
        self.who = Form(Identity, WHO)
        self.who.set_values(self._identity)
        inside.add(self.who)
        self.show_name = Button(_("Show name…"), description=_("What is shown is recorded"))
        self.show_name.clicked.connect(self.show_asked)
        self._closed = Notice(_("Show the name first to change what is written here."))
        self._closed.add(beside(self.show_name))
        inside.add(self._closed)
        self._show_who_part()
        inside.body.addStretch(1)
        inside.setMinimumHeight(theme.current().px(360))
        self.add(inside, 1)
        self.resize(theme.current().px(760), theme.current().px(680))
        first = self._of if self._start.view is None and not self._start.prisoner else None
        (first or self.register.entries["relation"].control).setFocus()

    def _show_mandate(self) -> None:
        """In what somebody stands for the prisoner is asked of who does."""
        entries = self.register.entries
        entries["mandate"].box.setVisible(represents(entries["capacity"].text()))

    def _make_searchable(self) -> None:
        self._of.setEditable(True)
        self._of.setInsertPolicy(TermCombo.InsertPolicy.NoInsert)
        completer = QCompleter(self._of.model(), self._of)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found = completer.popup()
        if found is not None:
            found.setObjectName("suggestions")  # a window of its own: without a ground it is black
        self._of.setCompleter(completer)
        if not self._start.prisoner:
            self._of.setCurrentIndex(-1)
            self._of.setEditText("")
        self._of.editTextChanged.connect(lambda _text: self._of_field.set_wrong(""))

    def set_identity(self, identity: Identity) -> None:
        """The name was shown while this is open; what was typed before a lock stands over it."""
        if self._may_type_who():
            return
        self._start = attrs.evolve(self._start, identity=identity)
        self._identity = identity
        self.who.set_values(identity)
        self.who.set_texts(self._typed_who)
        self._show_who_part()

    def _show_who_part(self) -> None:
        self.who.setVisible(self._may_type_who())
        self._closed.setVisible(not self._may_type_who())

    def _may_type_who(self) -> bool:
        return self._start.identity is not None or self._relative.identity is None

    # what is typed

    @property
    def relative(self) -> str:
        """Whose sheet it is, "" for somebody new."""
        return self._start.view.relative.id if self._start.view else ""

    def unfinished(self) -> Mapping[str, Plain]:
        """For a draft."""
        return {
            "relative": self._start.view.relative.id if self._start.view else "",
            "prisoner": self._prisoner(),
            "base_version": self._base,
            "register": self.register.texts(),
            "plan": self.plan.texts(),
            "who": self.who.texts() if self._may_type_who() else self._typed_who,
        }

    def take_up(self, plain: Mapping[str, Plain]) -> None:
        """Put a draft back; the version it began with stays, so that a conflict is still seen."""
        for form, name in ((self.register, "register"), (self.plan, "plan")):
            texts = plain.get(name)
            if isinstance(texts, Mapping):
                form.set_texts(texts)
        who = plain.get("who")
        if isinstance(who, Mapping) and self._may_type_who():
            self.who.set_texts(who)
        elif isinstance(who, Mapping):
            self._typed_who = who
        base = plain.get("base_version")
        if isinstance(base, int) and base:
            self._base = base

    def _prisoner(self) -> str:
        place = self._of.findText(self._of.currentText())
        return str(self._of.itemData(place) or "") if place >= 0 else ""

    def _changed(self) -> dict[str, object]:
        """Fields of the register that differ from what the sheet began with."""
        values = {
            name: value
            for name, value in self.register.values().items()
            if value != getattr(self._relative, name) and not both_empty(value, getattr(self._relative, name))
        }
        plan = SafeContactPlan(**{name: str(value) for name, value in self.plan.values().items()})
        if plan != self._plan:
            values["plan"] = () if plan == SafeContactPlan() else (plan, *self._relative.plan[1:])
        return values

    def _changed_who(self) -> dict[str, object]:
        if not self._may_type_who():
            return {}
        return {
            name: value
            for name, value in self.who.values().items()
            if value != getattr(self._identity, name) and not both_empty(value, getattr(self._identity, name))
        }

    # saving

    def _on_save(self) -> None:
        for form in (self.register, self.plan, self.who):
            form.clear_wrong()
        self._of_field.set_wrong("")
        self._problem.hide()
        if not self.register.is_valid():
            return
        if self._start.view is None and not self._prisoner():
            self._of_field.set_wrong(_("Choose whose relative this is."))
            return
        values, who = self._changed(), self._changed_who()
        if self._start.view is not None and not values and not who:
            self.reject()
            return
        if self.action is not None:
            self.action.setEnabled(False)
        session, view, base = self._workplace.session, self._start.view, self._base
        prisoner, version = self._prisoner(), self._identity.version

        def save(nothing: None) -> Saved:
            if view is None:
                return session.relatives.add(AddRelative(prisoner, values, who))
            return save_both(session, view.relative.id, base, values, version, who)

        self._workplace.tasks.command(
            save, None, initiator=self, done=lambda done: self._on_saved(done.id), failed=self._on_failed
        )

    def _on_saved(self, relative: str) -> None:
        self.saved.emit(self._start.view.relative.id if self._start.view else relative)
        self.accept()

    def _on_failed(self, failure: Failure) -> None:
        if self.action is not None:
            self.action.setEnabled(True)
        error, view = failure.error, self._start.view
        if error is not None and error.code is Code.NEEDS_SECOND_PERSON and view is not None:
            self._workplace.say(_("Kept. It would allow more than today, so a second person has to agree."))
            self._on_saved(view.relative.id)
            return
        if error is not None and error.code is Code.CONFLICT and view is not None:
            self._ask_again(error)
            return
        told = told_of(failure)
        field = str(error.details.get("field", "")) if error is not None else ""
        for form in (self.register, self.plan, self.who):
            form.set_wrong(field, told.text)
        self._problem.set_text(told.text, aside=told.reference)
        self._problem.show()
        if not any(field in form.entries for form in (self.register, self.plan, self.who)):
            go_to(self._problem)

    def _show_again(self) -> None:
        """Somebody else changed who it is: what they wrote opens with a showing of its own, mine over it."""
        changed = set(self._changed_who())
        self._typed_who = {name: text for name, text in self.who.texts().items() if name in changed}
        self._start = attrs.evolve(self._start, identity=None)
        self._problem.set_text(
            _("Somebody else changed who this is meanwhile. Show the name again, then save.")
        )
        self._problem.show()
        self._show_who_part()

    def _ask_again(self, error: KnownError) -> None:
        """Somebody saved the same fields meanwhile: show theirs beside mine."""
        session, view = self._workplace.session, self._start.view
        if view is None:
            return
        if any(name.startswith(WHO_MARK) for name in error.ids):
            self._show_again()
            return

        def done(fresh: RelativeView) -> None:
            self._base = fresh.relative.version
            for name in error.ids:
                if name in self.register.entries:
                    self.register.ask_which(name, getattr(fresh.relative, name))
            self._relative = fresh.relative
            self._problem.set_text(
                _("Somebody else changed the same thing meanwhile. Look, then save again.")
            )
            self._problem.show()

        self._workplace.tasks.query(
            lambda: session.relatives.get(view.relative.id), initiator=self, done=done
        )
