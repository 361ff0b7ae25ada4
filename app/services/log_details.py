"""What an entry of the log was about, in detail: fields with old and new value, closed things by whom.

Only what the reader may know: values of closed fields stay closed even with the key, and without it nothing
here speaks of a relative at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.canonical import Plain
from app.domain.field_values import value_from_plain
from app.domain.fields import Field, Kind, fields_of
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.hold import Hold, HoldStep
from app.domain.port_values import OldValue
from app.domain.ports import Reader, Record
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicTexts, texts_id, told_fields
from app.domain.quoted import QuotedFigure
from app.domain.recipient import MailingList, Recipient
from app.domain.rows import FieldChange, LogRow
from app.domain.source import Facility
from app.services.context import Context
from app.services.godparent_names import called
from app.services.log_closed import CLOSED_ORDER, Closed

_NOUNS: Final[Mapping[str, type[Record]]] = {
    "prisoner": Prisoner,
    "public_texts": PublicTexts,
    "godparent": Godparent,
    "godparenthood": Godparenthood,
    "facility": Facility,
    "quoted_figure": QuotedFigure,
    "recipient": Recipient,
    "mailing_list": MailingList,
}
_QUIET: Final = frozenset({Act.LIST_BROUGHT_IN, Act.LIST_TAKEN_BACK, Act.CLEARANCES_RENEWED})
"""About many records: which fields changed says nothing about the entry."""
_NEVER: Final = frozenset({"reference", "desk"})


def with_closed(reader: Reader, row: LogRow, closed: Mapping[str, Closed]) -> LogRow:
    """A closed entry with whom it is about; as it is where the reader may not know."""
    known = [(record, closed[record]) for record in row.records if record in closed]
    if not known:
        return row
    record, what = min(known, key=lambda each: CLOSED_ORDER.index(each[1].noun))
    # What was kept of a talk is told as one about the talk, with why it was opened.
    why = next((each for _record, each in known if each.reason or each.words), what)
    told = (("reason", why.reason), ("words", why.words))
    reason = tuple(FieldChange("showing", name, None, value) for name, value in told if value)
    return attrs.evolve(
        row,
        about=what.who,
        noun=what.noun,
        record=record,
        added=reader.version_at(record, row.sequence) <= 1,
        more=0,
        opens=("relative", what.relative) if what.relative else None,
        changes=reason,
        answers=what.answers or _decided_together(known),
    )


def _decided_together(known: Iterable[tuple[str, Closed]]) -> int:
    """How many answers of one talk a second person decided in one entry; 0 for one alone."""
    signs = sum(each.noun == "countersign" for _record, each in known)
    return signs if signs > 1 else 0


def field_changes(
    ctx: Context, reader: Reader, rows: Iterable[LogRow]
) -> Mapping[int, tuple[FieldChange, ...]]:
    """What entries about open records changed, by sequence; one reading of history a record."""
    wanted = [row for row in rows if row.record and row.more == 0 and row.act not in _QUIET]
    history: dict[str, list[OldValue]] = {}
    for row in wanted:
        if row.noun in _NOUNS and row.record not in history:
            history[row.record] = reader.history(row.record)
        if row.noun == "prisoner" and texts_id(row.record) in row.records:  # changed in the same entry
            history[row.record] = history[row.record] + reader.history(texts_id(row.record))
    places: dict[str, Facility] = {place.id: place for place in reader.find(Facility)}
    found: dict[int, tuple[FieldChange, ...]] = {}
    for row in wanted:
        cls = _NOUNS.get(row.noun)
        if cls is not None and not row.added:
            olds = [old for old in history[row.record] if old.sequence == row.sequence]
            changes = [_change(ctx, reader, old, places) for old in olds if old.field not in _NEVER]
            order = list(told_fields() if cls is Prisoner else fields_of(cls))
            changes.sort(key=lambda one: (one.closed, order.index(one.field)))
            found[row.sequence] = tuple(changes)
        elif row.noun == "godparenthood":
            state = _first_state(reader, row.record, history[row.record])
            found[row.sequence] = (FieldChange("godparenthood", "state", None, state),)
    found |= _of_actions(reader, wanted)
    found |= _of_holds(reader, wanted)
    return found


def _change(ctx: Context, reader: Reader, old: OldValue, places: Mapping[str, Facility]) -> FieldChange:
    field = fields_of(_NOUNS[old.noun])[old.field]
    if field.sealed:
        return FieldChange(old.noun, old.field, closed=True)

    before, after = (_value(ctx, reader, field, plain, places) for plain in (old.before, old.after))
    return FieldChange(old.noun, old.field, before, after)


def _value(
    ctx: Context, reader: Reader, field: Field, plain: Plain, places: Mapping[str, Facility]
) -> object:
    if plain is None:
        return None
    if field.noun == "mailing_list" and field.name == "members" and isinstance(plain, list):
        known = reader.get_many(Recipient, [str(one) for one in plain])
        return tuple(sorted(one.called for one in known.values()))
    if field.noun == "recipient" and field.refers_to == "godparent" and isinstance(plain, str):
        return "".join(called(one) for one in reader.get_many(Godparent, [plain]).values())
    if field.kind is Kind.REFERENCE and isinstance(plain, str):
        return places.get(plain) if field.refers_to == "facility" else ctx.name_of(plain)
    return value_from_plain(field, plain)


def _first_state(reader: Reader, record: str, history: list[OldValue]) -> str:
    """The state a godparenthood began in."""
    before = [old.before for old in history if old.field == "state"]
    if before:
        return str(before[-1] or "")
    now = reader.get_many(Godparenthood, [record]).get(record)
    return now.state if now is not None else ""


def _of_actions(reader: Reader, rows: list[LogRow]) -> dict[int, tuple[FieldChange, ...]]:
    acted = {row.record: row.sequence for row in rows if row.noun == "godparent_action"}
    found = reader.get_many(GodparentAction, acted) if acted else {}
    return {
        acted[one.id]: (FieldChange("godparent_action", "what", None, one.what),) for one in found.values()
    }


def _of_holds(reader: Reader, rows: list[LogRow]) -> dict[int, tuple[FieldChange, ...]]:
    about = {row.sequence: row.record for row in rows if row.noun == "hold"}
    steps = {row.record: row.sequence for row in rows if row.noun == "hold_step"}
    if steps:
        taken = reader.get_many(HoldStep, steps)
        about |= {steps[step.id]: step.hold for step in taken.values() if step.hold}
    found = reader.get_many(Hold, set(about.values())) if about else {}
    return {
        sequence: (FieldChange("hold", "reason", None, found[hold].reason),)
        for sequence, hold in about.items()
        if hold in found and found[hold].reason
    }
