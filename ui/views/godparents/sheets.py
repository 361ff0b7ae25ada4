"""The sheets of the page: a godparent, a godparenthood, its end, what somebody did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.dates import PartialDate
from app.domain.fields import Field, fields_of
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.i18n import N_, _
from app.services.context import Saved
from app.services.godparents import (
    NEXT_STATES,
    ChangeGodparenthood,
    CreateGodparent,
    EditGodparent,
    RecordAction,
    StartGodparenthood,
)
from app.vocabulary import pairs
from ui.views.godparents.detail import name_of
from ui.views.godparents.reading import Facts, Held
from ui.views.prisoners.editors import Offers
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.groups import Group, group_of
from ui.views.shared.prisoner_search import PrisonerSearch
from ui.views.shared.record_sheet import RecordSheet, Stored
from ui.widgets import fields as kit
from ui.widgets.frames import Notice
from ui.widgets.terms import TermCombo
from ui.workplace import Workplace

_GROUPS: Final = (
    ("who", N_("Who"), ("family_name", "given_name", "title", "what", "country", "language")),
    ("mandate", N_("Mandate"), ("office", "chamber", "party", "term_from", "term_until")),
    ("reach", N_("How to reach them"), ("assistant", "email")),
    ("protocol", N_("Protocol and note"), ("protocol_version", "protocol_on", "note")),
)
_ANY: Final = "who"


def godparent_groups(closed: frozenset[str]) -> list[Group]:
    """Every open field of the catalogue in its group; a new field lands in the first."""
    declared = fields_of(Godparent)
    placed = {name for _key, _title, names in _GROUPS for name in names}
    rest = tuple(name for name in declared if name not in placed)
    found = []
    for key, title, names in _GROUPS:
        wanted: tuple[Field, ...] = tuple(
            declared[name] for name in (*names, *(rest if key == _ANY else ())) if name not in closed
        )
        if wanted:
            found.append(Group(key, title, wanted))
    return found


def new_godparent_sheet(workplace: Workplace, parent: QWidget) -> FormSheet:
    """Add a godparent."""
    has_key = workplace.session.has_desk_key
    closed = frozenset[str]() if has_key else _closed_fields()

    def save(values: Mapping[str, object]) -> Saved:
        return workplace.session.godparents.create(CreateGodparent(values))

    sheet = FormSheet(
        workplace,
        parent,
        title=_("New godparent"),
        action=_("Add godparent"),
        groups=godparent_groups(closed),
        values={},
        offers=Offers(),
        save=save,
        kind="new",
    )
    _say_closed(sheet, has_key=has_key)
    return sheet


def edit_godparent_sheet(workplace: Workplace, parent: QWidget, facts: Facts) -> RecordSheet:
    """Edit a godparent."""
    one, service = facts.godparent, workplace.session.godparents

    def edit(base: int, values: Mapping[str, object]) -> Saved:
        return service.edit(EditGodparent(one.id, base, values))

    sheet = RecordSheet(
        workplace,
        parent,
        Stored(one, lambda: service.get(one.id).godparent, edit),
        title=name_of(one),
        groups=godparent_groups(facts.view.closed),
        offers=Offers(),
        kind="edit",
        width=860,
    )
    _say_closed(sheet, has_key=not facts.view.closed)
    return sheet


def change_sheet(
    workplace: Workplace, parent: QWidget, facts: Facts, held: Held, state: str = ""
) -> RecordSheet:
    """Correct a godparenthood, or, with a state that ends it, say when and why."""
    one, service = held.record, workplace.session.godparents
    preset = {"state": state} if state else {}

    def edit(base: int, values: Mapping[str, object]) -> Saved:
        return service.change(ChangeGodparenthood(one.id, base, values))

    names = (
        ("ended_on", "reason")
        if state
        else ("state", "since", "ended_on", "reason", "continues_after_release")
    )
    words = {"ended": _("End the godparenthood with {name}"), "declined": _("{name}: they said no")}
    sheet = RecordSheet(
        workplace,
        parent,
        Stored(one, lambda: service.godparenthood(one.id), edit),
        title=words.get(state, "{name}").format(name=held.row.prisoner_name),
        action=_("End it") if state == "ended" else _("Save"),
        groups=[group_of(Godparenthood, "one", N_("Godparenthood"), names)],
        offers=Offers(),
        kind="end" if state else "change",
        shown={"ended_on": one.ended_on or PartialDate.of(facts.today)} if state else None,
        preset=preset,
        width=640,
    )
    if not state:
        _offer_states(sheet, held.states, one.state)
    return sheet


class ProposeSheet(FormSheet):
    """Propose a godparenthood: a prisoner found by name, a state, since when."""

    def __init__(self, workplace: Workplace, parent: QWidget, facts: Facts) -> None:
        one = facts.godparent
        super().__init__(
            workplace,
            parent,
            title=_("A prisoner for {name}").format(name=name_of(one)),
            action=_("Add godparenthood"),
            groups=[group_of(Godparenthood, "one", N_("Godparenthood"), ("state", "since"))],
            values={},
            offers=Offers(),
            save=lambda values: workplace.session.godparents.propose(
                StartGodparenthood(
                    prisoner=str(values["prisoner"]),
                    godparent=one.id,
                    state=str(values.get("state") or "proposed"),
                    since=_partial(values.get("since")),
                )
            ),
            kind="propose",
            about=one.id,
            width=640,
        )
        going = frozenset(held.row.prisoner for held in facts.held if held.row.state not in _OVER)
        self.search = PrisonerSearch(workplace, without=going)
        label = _(fields_of(Godparenthood)["prisoner"].label)
        self._box = kit.Field(label, self.search, required=True)
        self.body.insertWidget(1, self._box)
        self.search.chosen.connect(self._on_chosen)
        _offer_states(self, tuple(sorted(NEXT_STATES[""])), "proposed")

    def _on_chosen(self, prisoner: str) -> None:
        if prisoner:
            self._box.set_wrong("")
            self._preset["prisoner"] = prisoner

    def save(self) -> None:
        prisoner = self.search.value()
        if not prisoner:
            self._box.set_wrong(_("This is needed."))
            self.search.line.setFocus()
            return
        self._preset["prisoner"] = prisoner
        super().save()

    def show_over(self, *, tall: bool = True, field: str = "") -> None:
        super().show_over(tall=tall, field=field)
        self.search.line.setFocus()

    def kept(self) -> dict[str, Plain] | None:
        typed = self.form.typed()
        if not typed and not self.search.text():
            return None
        who: dict[str, Plain] = {"text": self.search.text(), "prisoner": self.search.value()}
        return {"sheet": self.kind, "about": self.about, "typed": typed, "who": who}

    def take_up(self, kept: Mapping[str, Plain]) -> None:
        super().take_up(kept)
        who = kept.get("who")
        if isinstance(who, Mapping):
            self.search.take_up(str(who.get("text") or ""), str(who.get("prisoner") or ""))


def action_sheet(workplace: Workplace, parent: QWidget, facts: Facts) -> FormSheet:
    """Record what a godparent did."""
    one = facts.godparent
    preset: dict[str, object] = {"godparent": one.id, "on": facts.today}

    def save(values: Mapping[str, object]) -> Saved:
        return workplace.session.godparents.act(RecordAction({**preset, **values}))

    people = [(held.row.prisoner, held.row.prisoner_name) for held in facts.held]
    return FormSheet(
        workplace,
        parent,
        title=_("What {name} did").format(name=name_of(one)),
        action=_("Record action"),
        groups=[group_of(GodparentAction, "one", N_("Action"), ("what", "on", "prisoner", "link"))],
        values={"on": facts.today},
        offers=Offers({"prisoner": people}),
        save=save,
        kind="action",
        about=one.id,
        width=640,
    )


_OVER: Final = ("ended", "declined")


def _offer_states(sheet: FormSheet, states: tuple[str, ...], chosen: str) -> None:
    combo = sheet.form.boxes["state"].editor.widget
    if isinstance(combo, TermCombo):
        combo.set_choices([pair for pair in pairs("godparenthood_state") if pair[0] in states], chosen)


def _partial(value: object) -> PartialDate | None:
    return value if isinstance(value, PartialDate) else None


def _closed_fields() -> frozenset[str]:
    return frozenset(name for name, one in fields_of(Godparent).items() if one.sealed)


def _say_closed(sheet: FormSheet, *, has_key: bool) -> None:
    if not has_key:
        sheet.add(Notice(_("Closed fields need the key of the desk and are not shown here.")))
