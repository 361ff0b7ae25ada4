"""Of one opened line: for whom by name, not for whom by name, and the one event an answer is for."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget

from app.domain.consent_purposes import purposes
from app.domain.dates import PartialDate
from app.i18n import _
from ui.theme import Role
from ui.views.consent.draft import TalkDraft, purposes_of
from ui.views.consent.line_draft import LineDraft
from ui.views.consent.recipients import NOBODY, Recipients
from ui.widgets.answers import Said
from ui.widgets.date_edit import DateEdit
from ui.widgets.fields import LineEdit
from ui.widgets.labels import Text
from ui.widgets.terms import TermPicker

NAMED_GODPARENT = "named_godparent"
NAMED_INSTITUTION = "named_institution"


class NamedParts(QWidget):
    """Recipients and event. `refresh` it once it has its place.

    Args:
        key: the line.
        draft: written to as it is typed.
        recipients: who can be picked.

    Signals:
        changed(): something in the draft.
    """

    changed = Signal()

    def __init__(self, key: str, draft: TalkDraft, recipients: Recipients = NOBODY) -> None:
        super().__init__()
        self._key, self._draft = key, draft
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.godparents = self._chips(_("For these godparents"), recipients, "godparents")
        self.institutions = self._edit(_("Which institution"), "named", recipients)
        self.withheld = self._chips(_("Not for these godparents"), recipients, "withheld")
        self.not_named = self._edit(_("Not for this institution"), "not_named", recipients)
        self.occasion = self._edit(_("Which call or interview"), "event")
        self.day = DateEdit(_("Day of the event"), _day(self._line.event_on))
        self.day.changed.connect(self._on_day)
        self.day.unread.connect(lambda: self._on_day(None))
        self._rows: dict[str, tuple[Text, QWidget]] = {}
        for name, label, control in (
            ("godparents", _("For these godparents"), self.godparents),
            ("institutions", _("For this institution"), self.institutions),
            ("withheld", _("Not for these godparents"), self.withheld),
            ("not_named", _("Not for this institution"), self.not_named),
            ("event", _("For one event"), self.occasion),
            ("day", _("Day of the event"), self.day),
        ):
            self._add(name, label, control)
        words = _(
            "They could read what everybody may: so it is told to others by name only, never in public."
        )
        self._left_out = Text(words, Role.SMALL, wrap=True)
        self._grid.addWidget(self._left_out, len(self._rows), 0, 1, 2)

    @property
    def _line(self) -> LineDraft:
        return self._draft.lines[self._key]

    def refresh(self) -> None:
        """Show what the audience and the answers ask for."""
        line = self._line
        named = line.audience
        outside = any(purposes()[one].audience != "internal" for one in purposes_of(self._key))
        yes = any(self._draft.says(self._key, one) is Said.YES for one in purposes_of(self._key))
        event = any(
            purposes()[one].for_one_event and self._draft.says(self._key, one) is Said.YES
            for one in purposes_of(self._key)
        )
        shown = {
            "godparents": named == NAMED_GODPARENT,
            "institutions": named == NAMED_INSTITUTION,
            "withheld": outside and yes,
            "not_named": outside and yes,
            "event": event,
            "day": event,
        }
        for name, (label, control) in self._rows.items():
            label.setVisible(shown[name])
            control.setVisible(shown[name])
        self._left_out.setVisible(outside and yes and bool(line.withheld or line.not_named.strip()))
        self.setVisible(any(shown.values()))

    def _add(self, name: str, label: str, control: QWidget) -> None:
        words, row = Text(label, Role.MUTED), len(self._rows)
        self._grid.addWidget(words, row, 0)
        self._grid.addWidget(control, row, 1)
        self._rows[name] = (words, control)

    def _chips(self, words: str, recipients: Recipients, field: str) -> TermPicker:
        chips = TermPicker(words, recipients.godparents, getattr(self._line, field))

        def chosen(values: tuple[str, ...]) -> None:
            setattr(self._line, field, tuple(values))
            self.changed.emit()

        chips.changed.connect(chosen)
        return chips

    def _edit(self, name: str, field: str, recipients: Recipients = NOBODY) -> LineEdit:
        edit = LineEdit(name, getattr(self._line, field), example=name)
        if recipients.institutions:
            known = QCompleter(list(recipients.institutions), edit)
            known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            known.setFilterMode(Qt.MatchFlag.MatchContains)
            edit.setCompleter(known)

        def typed(untrusted_text: str) -> None:
            setattr(self._line, field, untrusted_text)
            self.changed.emit()

        edit.textChanged.connect(typed)  # picked from the list, too
        return edit

    def _on_day(self, day: PartialDate | None) -> None:
        exact = day is not None and day == PartialDate.of(day.first) and self.day.reads()
        self._line.event_on = day.first if day is not None and exact else None
        self.changed.emit()


def _day(day: date | None) -> PartialDate | None:
    return PartialDate.of(day) if day is not None else None
