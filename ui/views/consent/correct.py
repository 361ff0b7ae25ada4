"""One named answer taken back, or passed over to save a life: small sheets whose button says what it does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.domain.conversation import Answer
from app.domain.rows import Light
from app.i18n import N_, _
from app.services.consent import AnswerDraft, RecordConversation
from app.services.context import Saved
from app.services.views import RelativeView
from app.vocabulary import pairs, word
from ui.messages import told_of
from ui.theme import Role
from ui.views.consent.words import partial_words, purpose_word
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, LineEdit
from ui.widgets.labels import Text
from ui.widgets.terms import TermCombo
from ui.worker import Failure
from ui.workplace import Workplace

_KINDS = (
    ("entered_in_error", N_("It was entered by mistake: they never said this")),
    ("invalidated", N_("It is not valid: forced, fake or seized channel, or another person")),
    ("revoked", N_("We do not want to use it any more")),
)
_BYPASSABLE = ("health", "case_detail", "confidential_advocacy", "name", "family", "direct_contact")


class _Recording(Sheet):
    """A sheet that records one answer and stays open, with what was typed, where that fails."""

    def __init__(
        self, parent: QWidget, workplace: Workplace, view: RelativeView, title: str, action: str
    ) -> None:
        super().__init__(parent, title, action, dangerous=True, width=560)
        self._workplace, self._view = workplace, view
        self.problem = Text("", Role.BASE, wrap=True)
        if self.action is not None:
            self.action.clicked.disconnect()
            self.action.clicked.connect(self._record)
        self.finished.connect(lambda _result: self.deleteLater())

    def answer(self) -> AnswerDraft | None:
        """What is recorded; None while something is missing."""
        raise NotImplementedError

    def _record(self) -> None:
        answer = self.answer()
        if answer is None:
            self.problem.setText(_("Choose one and write down why."))
            return
        session = self._workplace.session
        self._workplace.tasks.command(
            session.consent.record,
            RecordConversation(self._view.relative.id, {}, (answer,)),
            initiator=None,
            done=self._on_done,
            failed=self._on_failed,
        )

    def _on_done(self, _saved: Saved) -> None:
        self._workplace.say(_("Saved. What needs a second person waits for one."))
        self.accept()

    def _on_failed(self, failure: Failure) -> None:
        self.problem.setText(told_of(failure).text)


class TakeBackSheet(_Recording):
    """Takes one answer back; a no that is taken back waits for a second person."""

    def __init__(self, parent: QWidget, workplace: Workplace, view: RelativeView) -> None:
        super().__init__(parent, workplace, view, _("Take an answer back"), _("Take this answer back"))
        self._answers = {one.answer: one for one, _when in answers_to_take_back(view)}
        choices = [(one.answer, _line(one, when)) for one, when in answers_to_take_back(view)]
        words = _("A yes goes at once. A no that is taken back acts until a second person agrees.")
        self.add(Text(words, Role.MUTED, wrap=True))
        self.which = TermCombo(_("Which answer"), choices)
        self.add(Field(_("Which answer"), self.which))
        self._group = QButtonGroup(self)
        self.kinds: dict[str, QRadioButton] = {}
        for code, sentence in _KINDS:
            self.kinds[code] = QRadioButton(_(sentence))
            self._group.addButton(self.kinds[code])
            self.add(self.kinds[code])
        self.reason = LineEdit(_("Why"))
        self.add(Field(_("Why"), self.reason))
        self.add(self.problem)

    def answer(self) -> AnswerDraft | None:
        found = self._answers.get(self.which.value())
        kind = next((code for code, button in self.kinds.items() if button.isChecked()), "")
        reason = self.reason.text().strip()
        if found is None or not kind or not reason:
            return None
        return AnswerDraft(found.purpose, kind, cancels=found.answer, reason=reason)


class BypassSheet(_Recording):
    """A threat to life: tell one named institution without a yes, by two of whom one is an officer."""

    def __init__(self, parent: QWidget, workplace: Workplace, view: RelativeView) -> None:
        super().__init__(
            parent, workplace, view, _("A threat to life"), _("Ask a second person to allow it for 7 days")
        )
        words = _(
            "Without a yes, only for who is named here, never in public. An officer and one other person"
            " have to agree; it is reviewed after 7 days. A stop stands above it."
        )
        self.add(Text(words, wrap=True))
        self.purpose = TermCombo(_("What for"), [one for one in pairs("purpose") if one[0] in _BYPASSABLE])
        self.add(Field(_("What for"), self.purpose))
        self.who = LineEdit(_("Which institution is told"))
        self.add(Field(_("Which institution is told"), self.who))
        self.reason = LineEdit(_("Why a life is in danger"))
        self.add(Field(_("Why a life is in danger"), self.reason))
        self.add(self.problem)

    def answer(self) -> AnswerDraft | None:
        purpose, who, reason = self.purpose.value(), self.who.text().strip(), self.reason.text().strip()
        if not (purpose and who and reason):
            return None
        return AnswerDraft(purpose, "bypassed", "named_institution", (who,), reason=reason)


def answers_to_take_back(view: RelativeView) -> Sequence[tuple[Answer, str]]:
    """Every answer that was not taken back, newest first, with its day."""
    taken = {one.cancels for talk in view.conversations for one in talk.answers if one.cancels}
    return [
        (one, partial_words(talk.held_on))
        for talk in view.conversations
        for one in talk.answers
        if one.answer not in taken and not one.cancels and one.kind not in ("deferred", "requested")
    ]


def do_more(page: QWidget, workplace: Workplace, view: RelativeView | None, what: str) -> None:
    """What was picked under *More*."""
    if view is None:
        return
    if what == "allow_contact":
        workplace.tasks.command(
            workplace.session.relatives.allow_first_words,
            view.relative.id,
            initiator=None,
            done=lambda saved: workplace.say(_("One contact is allowed within 14 days.")),
        )
    elif what == "take_back":
        TakeBackSheet(page.window(), workplace, view).open()
    else:
        BypassSheet(page.window(), workplace, view).open()


def _line(answer: Answer, when: str) -> str:
    parts = (
        when,
        purpose_word(answer.purpose),
        word("answer_kind", answer.kind),
        word("audience", answer.audience),
    )
    return " · ".join(part for part in parts if part)


def may_allow_contact(view: RelativeView) -> bool:
    """Whether an officer's permission would change anything."""
    return view.may_contact not in (Light.YES, Light.ENDS) and not view.contact.allowed
