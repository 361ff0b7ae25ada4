"""Relatives: the register with its five lights, and the identity behind it, shown one at a time.

`show` writes and commits its log entry first and opens the name only then. Nothing in here keeps a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.consent import ConsentRequest, decide
from app.domain.consent_facts import Facts
from app.domain.consent_lines import LineState, last_answer, lines_of
from app.domain.consent_purposes import INTERNAL
from app.domain.errors import BugError, Code, KnownError
from app.domain.hold import RelativeHold
from app.domain.ids import new_id
from app.domain.ports import Reader, RelativeFacts
from app.domain.prisoner import Prisoner
from app.domain.relative import Identity, Relative
from app.domain.roles import Action
from app.domain.rows import Light, RelativeRow
from app.domain.showing import Showing
from app.names.fold import tokens
from app.services import editing, lights, stops, widening
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.facts import CaseLedger, active, read_ledger
from app.services.spoken import spoken
from app.services.stamps import withdraw_hit
from app.services.validate import with_values
from app.services.views import RelativeView
from app.vocabulary import word

CONTACT: Final = "contact"
_LINES: Final = 5
_SHORTEST_NUMBER: Final = 6
_NOT_TYPED: Final = frozenset({"prisoner", "identity"})


@attrs.frozen
class RelativeFilter:
    """Which relatives to show; empty values filter nothing.

    Attributes:
        mine: only those of prisoners I own.
        light: with this light on any line.
        text: part of nickname, relation or the prisoner's name; never a name of theirs.
        prisoner: only this one's family.
    """

    mine: bool = False
    light: Light | None = None
    text: str = ""
    prisoner: str | None = None


@attrs.frozen
class AddRelative:
    """Record somebody of a prisoner's family: the register and, apart from it, who it is."""

    prisoner: str
    values: Mapping[str, object]
    identity: Mapping[str, object] = attrs.field(factory=dict, repr=False)


@attrs.frozen
class EditRelative:
    """Set these fields of the register record seen at `base_version`."""

    id: str
    base_version: int
    values: Mapping[str, object]


@attrs.frozen
class EditIdentity:
    """Set these fields of the identity seen at `base_version`, after it was shown."""

    relative: str
    base_version: int
    values: Mapping[str, object] = attrs.field(repr=False)


@attrs.frozen
class ShowIdentity:
    """Open a name for one talk; `reason` (vocabulary `show_reason`) is empty where a valid yes says why."""

    relative: str
    reason: str = ""


@attrs.frozen
class PlaceRelativeHold:
    """Stop everything about one relative."""

    relative: str
    reason: str


class Relatives:
    """Use cases of Relatives & consent."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    # reading

    def rows(self, wanted: RelativeFilter | None = None) -> tuple[RelativeRow, ...]:
        """The table, by the prisoner's name. Raises KnownError NEEDS_DESK_KEY, NOT_ALLOWED."""
        self._ctx.require(Action.READ_RELATIVES)
        wanted = wanted or RelativeFilter()
        with self._ctx.reading() as reader:
            rows = self._rows(reader, wanted.prisoner)
        return tuple(row for row in rows if _wanted(row, wanted))

    def row(self, relative: str) -> RelativeRow:
        """One line of the table. Raises KnownError NOT_FOUND, NEEDS_DESK_KEY, NOT_ALLOWED."""
        self._ctx.require(Action.READ_RELATIVES)
        with self._ctx.reading() as reader:
            prisoner = reader.get(Relative, relative).prisoner
            rows = self._rows(reader, prisoner)
        return next(row for row in rows if row.id == relative)

    def get(self, relative: str) -> RelativeView:
        """Everything but the name; opening somebody is recorded once per session.

        Raises:
            KnownError: NOT_FOUND, NEEDS_DESK_KEY, NOT_ALLOWED.
        """
        self._ctx.require(Action.READ_RELATIVES)
        self._record_opening(relative)
        with self._ctx.reading() as reader:
            prisoner = reader.get(Relative, relative).prisoner or ""
            ledger = read_ledger(self._ctx, reader, [prisoner])
        facts = ledger.facts(prisoner)
        one = next(found for found in ledger.families[prisoner] if found.relative.id == relative)
        may_contact, until = self._may_contact(facts, relative)
        lines = lines_of(facts, relative, self._ctx.today())
        return RelativeView(
            relative=one.relative,
            prisoner_name=one.prisoner_name,
            spoken=spoken(one.relative, one.prisoner_name),
            lines=_lights(lines),
            line_states=tuple(lines),
            may_contact=may_contact,
            contact_until=until,
            conversations=tuple(reversed(one.conversations)),
            stopped=tuple(hold for hold in one.holds if active(hold)),
        )

    def find_exact(self, untrusted_text: str) -> tuple[RelativeRow, ...]:
        """Relatives with exactly this number, handle, e-mail address or full name; they stay closed.

        Every identity is opened for the comparison and forgotten at once.

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED.
        """
        self._ctx.require(Action.SEARCH_NAMES)
        asked = _Pasted.of(untrusted_text)
        if asked is None:
            return ()
        with self._ctx.reading() as reader:
            hits = {identity.id for identity in reader.identities(Identity) if asked.is_in(identity)}
            if not hits:
                return ()
            found = [one.relative for one in reader.relative_facts() if one.relative.identity in hits]
            rows = [row for one in found for row in self._rows(reader, one.prisoner) if row.id == one.id]
        return tuple(rows)

    # writing

    def add(self, command: AddRelative) -> Saved:
        """Add somebody of a prisoner's family.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND and what a bad value raises.
        """
        self._ctx.require(Action.RECORD_CONVERSATION)
        _check_typed(command.values)
        with self._ctx.writing() as work:
            work.get(Prisoner, command.prisoner)
            identity: Identity | None = None
            if command.identity:
                identity = work.add(editing.new_record(Identity, new_id(), command.identity))
                withdraw_hit(work, identity)
            values = {
                **command.values,
                "prisoner": command.prisoner,
                "identity": identity.id if identity else None,
            }
            relative = work.add(editing.new_record(Relative, new_id(), values))
            renew_clearances(self._ctx, work, [command.prisoner])
            committed = work.commit(Act.SEALED_CHANGED)
        act = Act.SEALED_CHANGED
        return self._ctx.finish(committed, relative.id, act, undo=True, prisoners=[command.prisoner])

    def edit(self, command: EditRelative) -> Saved:
        """Change the register record; what would allow more than today is kept for a second person.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, CONFLICT, NOTHING_CHANGED,
                NEEDS_SECOND_PERSON and what a bad value raises.
        """
        self._ctx.require(Action.RECORD_CONVERSATION)
        _check_typed(command.values)
        with self._ctx.writing() as work:
            made = editing.edited(work, Relative, command.id, command.base_version, command.values)
            prisoner = made.prisoner or ""
            before = widening.facts_now(self._ctx, work, prisoner)
            work.save(made, made.version)
            widens = widening.widens(self._ctx, work, prisoner, before)
            if not widens:
                renew_clearances(self._ctx, work, [prisoner])
                committed = work.commit(Act.SEALED_CHANGED)
        if widens:
            return widening.propose(self._ctx, Relative, command.id, command.base_version, command.values)
        return self._ctx.finish(committed, command.id, Act.SEALED_CHANGED, undo=True, prisoners=[prisoner])

    def show(self, command: ShowIdentity) -> Identity:
        """Open a name: the log entry is committed first, then the name is opened.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND (nobody recorded who it is), INVALID_FIELD
                (`reason` is needed: no valid yes for contact), UNKNOWN_TERM.
        """
        self._ctx.require(Action.SHOW_IDENTITY)
        with self._ctx.writing() as work:
            relative = work.get(Relative, command.relative)
            if relative.identity is None:
                raise KnownError(Code.NOT_FOUND, command.relative)
            facts = widening.facts_now(self._ctx, work, relative.prisoner or "")
            allowed, _until = self._may_contact(facts, relative.id)
            if allowed not in (Light.YES, Light.ENDS) and not command.reason:
                raise KnownError(Code.INVALID_FIELD, "reason", field="reason")
            values = {"relative": relative.id, "reason": command.reason}
            showing = editing.new_record(Showing, new_id(), values)
            work.add(attrs.evolve(showing, by=self._ctx.me, at=self._ctx.now()))
            work.mention(Identity, relative.identity)
            committed = work.commit(Act.SHOWN)
        with self._ctx.reading() as reader:
            return reader.open_identity(Identity, relative.identity, committed.sequence)

    def edit_identity(self, command: EditIdentity) -> Saved:
        """Change who somebody is; recorded like any change of something closed.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, CONFLICT, NOTHING_CHANGED and what a bad value
                raises.
        """
        self._ctx.require(Action.SHOW_IDENTITY)
        with self._ctx.reading() as reader:
            relative = reader.get(Relative, command.relative)
        if relative.identity is None:
            return self._first_identity(relative, command)
        identity = self.show(ShowIdentity(command.relative, reason="ask_again"))
        if identity.version != command.base_version:
            raise KnownError(Code.CONFLICT, *sorted(command.values))
        made = with_values(identity, command.values)
        with self._ctx.writing() as work:
            work.save(made, identity.version)
            withdraw_hit(work, made)
            committed = work.commit(Act.SEALED_CHANGED)
        return self._ctx.finish(committed, command.relative, Act.SEALED_CHANGED, prisoners=())

    def place_hold(self, command: PlaceRelativeHold) -> Saved:
        """Stop everything about a relative; acts at once. Raises KnownError as `stops.place_on_relative`."""
        return stops.place_on_relative(self._ctx, command.relative, command.reason)

    def lift_hold(self, hold: str) -> Saved:
        """Propose to lift a stop; a second person confirms in `consent.confirm_lift`."""
        self._ctx.require(Action.READ_RELATIVES)
        return stops.propose_lift(self._ctx, RelativeHold, hold)

    # parts

    def _first_identity(self, relative: Relative, command: EditIdentity) -> Saved:
        identity = editing.new_record(Identity, new_id(), command.values)
        with self._ctx.writing() as work:
            work.add(identity)
            withdraw_hit(work, identity)
            work.save(attrs.evolve(relative, identity=identity.id), relative.version)
            committed = work.commit(Act.SEALED_CHANGED)
        return self._ctx.finish(committed, relative.id, Act.SEALED_CHANGED, prisoners=())

    def _record_opening(self, relative: str) -> None:
        if relative in self._ctx.opened:
            return
        with self._ctx.writing() as work:
            work.mention(Relative, relative)
            work.commit(Act.OPENED)
        self._ctx.opened.add(relative)

    def _rows(self, reader: Reader, prisoner: str | None) -> list[RelativeRow]:
        found = reader.relative_facts(prisoner=prisoner)
        whose = {one.relative.prisoner or "" for one in found}
        ledger = read_ledger(self._ctx, reader, whose, relatives=found)
        rows: list[RelativeRow] = []
        for key, family in ledger.families.items():
            if key in ledger.prisoners:
                rows += self._family_rows(ledger, key, family)
        return sorted(rows, key=lambda row: (row.prisoner_name.casefold(), row.relation, row.id))

    def _family_rows(
        self, ledger: CaseLedger, prisoner: str, family: list[RelativeFacts]
    ) -> list[RelativeRow]:
        facts = ledger.facts(prisoner)
        stopped = ledger.stopped(prisoner)
        return [self._row(facts, one, stopped=stopped) for one in family]

    def _row(self, facts: Facts, one: RelativeFacts, *, stopped: bool) -> RelativeRow:
        relative, on = one.relative, self._ctx.today()
        states = lines_of(facts, relative.id, on)
        last = last_answer(facts, relative.id)
        ends = [state.until for state in states if state.until is not None]
        return RelativeRow(
            id=relative.id,
            version=relative.version,
            prisoner=relative.prisoner or "",
            prisoner_name=one.prisoner_name,
            relation=relative.relation,
            nickname=relative.nickname,
            lines=_lights(states),
            ends_on=min(ends, default=None),
            last_answer_on=last.on if last else None,
            last_answer_kind=last.kind if last else "",
            asking=relative.asking,
            stopped=stopped or any(active(hold) for hold in one.holds),
            mine=one.owner == self._ctx.me,
        )

    def _may_contact(self, facts: Facts, relative: str) -> lights.PublicLight:
        on = self._ctx.today()
        return lights.light_of(decide(ConsentRequest(relative, CONTACT, INTERNAL), facts, on), on)


def _lights(states: tuple[LineState, ...]) -> tuple[Light, Light, Light, Light, Light]:
    if len(states) != _LINES:
        raise BugError("people speak of consent in five lines")
    first, second, third, fourth, fifth = (state.light for state in states)
    return first, second, third, fourth, fifth


def _check_typed(values: Mapping[str, object]) -> None:
    for name in sorted(_NOT_TYPED & set(values)):
        raise KnownError(Code.INVALID_FIELD, name, field=name)


def _wanted(row: RelativeRow, wanted: RelativeFilter) -> bool:
    if wanted.mine and not row.mine:
        return False
    if wanted.light is not None and wanted.light not in row.lines:
        return False
    line = f"{row.prisoner_name} {row.nickname} {word('relation', row.relation)}".casefold()
    return all(part in line for part in wanted.text.casefold().split())


@attrs.frozen
class _Pasted:
    """What somebody pasted, in the forms it may stand in an identity. Lives for one search."""

    digits: str = attrs.field(repr=False)
    handle: str = attrs.field(repr=False)
    name: frozenset[str] = attrs.field(repr=False)

    @classmethod
    def of(cls, untrusted_text: str) -> _Pasted | None:
        text = untrusted_text.strip()
        digits = _digits(text)
        is_number = len(digits) >= _SHORTEST_NUMBER and re.fullmatch(r"[\d\s()+./\-]+", text) is not None
        name = frozenset(tokens(text))
        handle = text.casefold().removeprefix("@") if re.fullmatch(r"\S{3,}", text) else ""
        if not is_number and not handle and len(name) < 2:
            return None
        return cls(digits if is_number else "", handle, name if len(name) >= 2 else frozenset())

    def is_in(self, identity: Identity) -> bool:
        """Whether this is exactly one of the person's numbers, handles, addresses or full names."""
        if self.digits and any(_same_number(self.digits, _digits(phone)) for phone in identity.phones):
            return True
        ways = [way.casefold().removeprefix("@") for way in (*identity.handles, *identity.emails)]
        if self.handle and self.handle in ways:
            return True
        spellings = (identity.full_name, *identity.other_spellings)
        return bool(self.name) and any(self.name == frozenset(tokens(one)) for one in spellings)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _same_number(asked: str, known: str) -> bool:
    """Equal, or equal but for the prefix of the country or 00 before it."""
    if asked == known:
        return True
    short, long = sorted((asked.removeprefix("00"), known.removeprefix("00")), key=len)
    return len(short) >= _SHORTEST_NUMBER + 1 and long.endswith(short)
