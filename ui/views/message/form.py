"""The form of a message: for whom, about what, in which language, own words, and room for the text itself."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.i18n import _
from app.reports.occasions import Occasion
from app.services.message_start import MessageReader, MessageStart
from app.services.message_values import WriteMessage
from ui.theme import Role
from ui.views.message import words as said
from ui.views.reports.wording import language_name
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, TextEdit
from ui.widgets.frames import Card, Notice, Scrolled, Tone
from ui.widgets.labels import SectionHead, Text
from ui.widgets.terms import TermCombo
from ui.workplace import MESSAGE


class MessageForm(Sheet):
    """The fields and buttons; what they do is the sheet's.

    Args:
        start: whom one can write to, and about what.
    """

    def __init__(self, parent: QWidget, start: MessageStart) -> None:
        title = _("Message about {name}").format(name=start.name)
        super().__init__(parent, title, width=760)
        self.setObjectName(MESSAGE)
        self._start = start
        self._build()

    # building

    def _build(self) -> None:
        readers = [(one.id, said.reader_words(one)) for one in self._start.readers]
        first = self._start.readers[0].id if self._start.readers else ""
        self.to = TermCombo(_("For whom"), readers, first, may_be_empty=False)
        occasions = [(one.key, said.occasion_words(one)) for one in self._start.occasions]
        fitting = next((key for key, _words in occasions if key in self._start.fits), "")
        self.about = TermCombo(_("Occasion"), occasions, fitting, may_be_empty=False)
        languages = self._start.occasions[0].languages
        self.language = TermCombo(
            _("Language"), [(one, language_name(one)) for one in languages], may_be_empty=False
        )
        self._take_language()
        for combo in (self.to, self.about, self.language):  # the widths below, whatever the longest choice is
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Field(_("For whom"), self.to), 5)
        row.addWidget(Field(_("Occasion"), self.about), 3)
        row.addWidget(Field(_("Language"), self.language), 2)
        self.add(box)
        self.words = TextEdit(
            _("Own words"), lines=3, example=_("A few sentences of your own, in their language")
        )
        hint = _("Only about this prisoner. Nobody else is named, and no way to reach anybody.")
        self.words_field = Field(_("Own words"), self.words, hint=hint)
        self.add(self.words_field)
        self.words_field.setVisible(self._start.own_words)
        if not self._start.own_words:
            note = _("Own words take the key: a coordinator can write them. What may be told stands below.")
            self.add(Text(note, Role.MUTED, wrap=True))
        self.add(SectionHead(_("As they will read it")))
        self.text = Scrolled(padding=12, gap=8)
        self.text.setMinimumHeight(170)
        self.text.setAccessibleName(_("As they will read it"))
        paper = Card(padding=0)
        paper.add(self.text, 1)
        self.add(paper, 1)
        self.missing = Text("", Role.MUTED, wrap=True)
        self.add(self.missing)
        self.missing.hide()
        self.verdict = Notice("")
        self.add(self.verdict)
        self.save = Button(_("Save as a mail draft…"), description=_("A file a mail program opens"))
        self.hand_in = Button(_("Keep as a draft"), Look.PRIMARY, description=_("For a second person"))
        self.copy = Button(_("Copy it"), Look.PRIMARY, hint="Ctrl ⏎")
        for button in (self.save, self.hand_in, self.copy):
            self.buttons.addWidget(button)
        (self.words if self._start.own_words else self.about).setFocus()

    # what is chosen

    def _reader(self) -> MessageReader | None:
        return next((one for one in self._start.readers if one.id == self.to.value()), None)

    def _occasion(self) -> Occasion:
        return next(one for one in self._start.occasions if one.key == self.about.value())

    def command(self) -> WriteMessage | None:
        """What is chosen and typed; None while there is nobody to write to."""
        reader = self._reader()
        if reader is None:
            return None
        kind = reader.kinds[self.about.value()]
        words = self.words.toPlainText() if self._start.own_words else ""
        return WriteMessage(self._start.prisoner, reader.id, kind, self.language.value(), words)

    def _take_language(self) -> None:
        """That of who gets it, where we know it."""
        reader = self._reader()
        if reader is not None and reader.language:
            self.language.set_value(reader.language)

    def _say(self, tone: Tone, lead: str, words: str) -> None:
        self.verdict.set_tone(tone)
        self.verdict.set_text(words, lead=lead)
