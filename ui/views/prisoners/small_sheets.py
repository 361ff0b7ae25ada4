"""Small sheets around one prisoner: somebody of the family, a godparenthood, a stop, whose value stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QDialog, QWidget

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparenthood
from app.domain.relative import Identity, Relative, SafeContactPlan
from app.domain.rows import GodparentRow
from app.i18n import N_, _
from app.services.context import Saved
from app.services.godparents import NEXT_STATES, StartGodparenthood
from app.services.relatives import AddRelative
from app.vocabulary import pairs
from ui.views.prisoners.editors import Offers
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.groups import Group, group_of
from ui.views.prisoners.wording import EMPTY, country_name
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field
from ui.widgets.frames import Notice
from ui.widgets.labels import paragraph
from ui.widgets.terms import TermCombo
from ui.workplace import Workplace

_REGISTER: Final = ("relation", "nickname", "capacity", "mandate", "whereabouts", "born", "plan", "note")
_IDENTITY: Final = ("full_name", "place", "phones", "handles", "emails", "other_spellings")


def relative_sheet(workplace: Workplace, parent: QWidget, prisoner: str, name: str) -> FormSheet:
    """Add somebody of a prisoner's family: register and, apart from it, who it is."""

    def save(values: Mapping[str, object]) -> Saved:
        identity = {key: value for key, value in values.items() if key in _IDENTITY}
        register = {key: value for key, value in values.items() if key not in _IDENTITY}
        return workplace.session.relatives.add(AddRelative(prisoner, register, identity, sheet.record_id))

    groups = [
        group_of(Relative, "register", N_("How to reach them"), _REGISTER),
        group_of(Identity, "identity", N_("Who they are"), _IDENTITY),
    ]
    sheet = FormSheet(
        workplace,
        parent,
        title=_("New relative of {name}").format(name=name),
        action=_("Add relative"),
        groups=groups,
        values={"plan": (SafeContactPlan(),)},
        offers=Offers(),
        save=save,
        kind="relative",
        about=prisoner,
        width=760,
    )
    words = _("Name and numbers are kept apart and closed at once; showing them is recorded.")
    sheet.body.insertWidget(0, Notice(words))
    return sheet


def godparenthood_sheet(
    workplace: Workplace, parent: QWidget, prisoner: str, name: str, godparents: tuple[GodparentRow, ...]
) -> FormSheet:
    """Bring a godparent to a prisoner."""

    def save(values: Mapping[str, object]) -> Saved:
        godparent, since = str(values.get("godparent") or ""), values.get("since")
        if not godparent:
            raise KnownError(Code.INVALID_FIELD, "godparent", field="godparent")
        command = StartGodparenthood(
            prisoner=prisoner,
            godparent=godparent,
            state=str(values.get("state") or "proposed"),
            since=since if isinstance(since, PartialDate) else None,
        )
        return workplace.session.godparents.propose(command)

    people = [
        (one.id, " · ".join(part for part in (one.name, one.chamber, country_name(one.country)) if part))
        for one in godparents
    ]
    groups: list[Group] = [
        group_of(Godparenthood, "one", N_("Godparenthood"), ("godparent", "state", "since"))
    ]
    sheet = FormSheet(
        workplace,
        parent,
        title=_("A godparent for {name}").format(name=name),
        action=_("Add godparenthood"),
        groups=groups,
        values={},
        offers=Offers({"godparent": people}),
        save=save,
        kind="godparenthood",
        about=prisoner,
        width=640,
    )
    combo = sheet.form.boxes["state"].editor.widget
    if isinstance(combo, TermCombo):
        allowed = NEXT_STATES[""]
        offered = [pair for pair in pairs("godparenthood_state") if pair[0] in allowed]
        combo.set_choices(offered, "")
        sheet.form.give("state", "proposed")
    return sheet


class StopSheet(Sheet):
    """Stop whatever leaves the house about somebody; acts at once, lifted by two."""

    def __init__(self, parent: QWidget, name: str, *, godparent: bool) -> None:
        title = _("Stop everything for {name}?") if godparent else _("Stop everything about {name}?")
        super().__init__(parent.window(), title.format(name=name), _("Stop"), dangerous=True)
        words = (
            _("From now on nothing leaves the house for this godparent. Lifting a stop takes two people.")
            if godparent
            else _(
                "From now on nothing about this person goes into a report, a message or a letter. "
                "Lifting a stop takes two people."
            )
        )
        self.add(paragraph(words))
        self._reason = TermCombo(_("Why"), pairs("hold_reason"))
        self._reason.currentIndexChanged.connect(lambda _place: self._ready())
        self.add(Field(_("Why"), self._reason, required=True))
        self._reason.setFocus()
        self._ready()

    def _ready(self) -> None:
        """Nobody's reason until somebody chooses it; then Enter stops."""
        if self.action is not None:
            self.action.setEnabled(bool(self.reason()))
            self.action.setDefault(True)

    def reason(self) -> str:
        """The reason chosen."""
        return self._reason.value()


def ask_stop(parent: QWidget, name: str, place: Callable[[str], None], *, godparent: bool = False) -> None:
    """Ask for a reason, then stop everything about a prisoner, or for a godparent."""
    sheet = StopSheet(parent, name, godparent=godparent)
    sheet.accepted.connect(lambda: place(sheet.reason()))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()


def ask_whose(parent: QWidget, label: str, mine: str, theirs: str, keep: Callable[[], None]) -> None:
    """A cell somebody else changed meanwhile: keep mine, or leave theirs."""
    title = _("{field}: somebody else changed it").format(field=label)
    sheet = Sheet(parent.window(), title, _("Keep mine"), way_out=_("Take theirs"), width=440)
    sheet.add(paragraph(_("Theirs: {value}").format(value=theirs or EMPTY)))
    sheet.add(paragraph(_("Mine: {value}").format(value=mine or EMPTY)))
    sheet.finished.connect(lambda code: keep() if code == int(QDialog.DialogCode.Accepted) else None)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
