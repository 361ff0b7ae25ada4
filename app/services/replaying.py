"""Writing again what the journal of noes says was lost with the newer copy, so that a no acts once more.

It comes back under its own id, day and moment, signed by the officer who writes it again; who said it first
is kept beside it. What cannot be written again, and everything where the journal does not tell all, leaves
the prisoners concerned waiting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.conversation import Conversation, Countersign
from app.domain.errors import KnownError
from app.domain.fields import Kind, fields_of
from app.domain.hold import Hold, RelativeHold
from app.domain.ids import RecordId, is_id, new_id
from app.domain.narrowing import TOUCHED, Narrowing, again
from app.domain.ports import Reader, Record
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.restore import JournalState, Replayed, Restore
from app.domain.source import Claim, Trust
from app.services.context import Context
from app.services.journal_look import JournalLook, look

_ORDER: Final = ("relative", "conversation", "countersign", "hold", "relative_hold")
_TARGETS: Final[dict[str, type[Record]]] = {
    "prisoner": Prisoner,
    "relative": Relative,
    "conversation": Conversation,
    "trust": Trust,
}


@attrs.frozen
class Outlook:
    """What writing again would do, before anybody signs.

    Attributes:
        state: what the journal tells.
        noes, stops, others: records that come back, by what they are.
        prisoners: how many prisoners will wait.
        look: the journal as it was read.
    """

    state: JournalState
    noes: int
    stops: int
    others: int
    prisoners: int
    look: JournalLook


@attrs.define
class _Plan:
    """What is written, and who waits."""

    records: list[tuple[Record, Narrowing]] = attrs.field(factory=list)
    waiting: set[str] = attrs.field(factory=set)
    everybody: bool = False


class Replaying:
    """Use cases of writing again.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def outlook(self, places: Sequence[Path]) -> Outlook:
        """What the journals in these places say was lost."""
        with self._ctx.reading() as reader:
            found = look(self._ctx, reader, places)
            plan = self._plan(reader, found)
            everybody = plan.everybody or not found.state.tells_all
            waiting = reader.count(Prisoner) if everybody else len(plan.waiting)
        made = [record for record, _item in plan.records]
        noes = sum(isinstance(one, Conversation) for one in made)
        stops = sum(isinstance(one, Hold | RelativeHold) for one in made)
        return Outlook(found.state, noes, stops, len(made) - noes - stops, waiting, found)

    def write_again(self, places: Sequence[Path]) -> None:
        """Write all of it in one entry; a second time finds nothing left to write.

        Args:
            places: folders a journal may lie in.

        Raises:
            KnownError: NO_SPACE, CANNOT_WRITE.
        """
        with self._ctx.writing(about_the_copy=True) as work:
            found = look(self._ctx, work, places)
            plan = self._plan(work, found)
            everybody = plan.everybody or not found.state.tells_all
            work.add(
                Restore(
                    RecordId(new_id()),
                    journal=found.state.value,
                    everybody=everybody,
                    prisoners=() if everybody else tuple(sorted(plan.waiting)),
                    written_again=len(plan.records),
                    reaches=found.reaches,
                    reaches_at=found.reaches_at,
                    made_by=self._ctx.me,
                    made_at=self._ctx.moment(work),
                )
            )
            for record, item in plan.records:
                work.add(record)
                work.add(self._source(record, item, found.origin))
            committed = work.commit(Act.JOURNAL_REPLAYED, automatic=True)
        self._ctx.finish(committed, "", Act.JOURNAL_REPLAYED)

    def _source(self, record: Record, item: Narrowing, origin: str) -> Replayed:
        return Replayed(
            RecordId(new_id()),
            record=record.id,
            author=item.author,
            at=item.at,
            origin=origin,
            entry=item.entry,
            made_by=self._ctx.me,
        )

    def _plan(self, reader: Reader, found: JournalLook) -> _Plan:
        plan = _Plan()
        parts: dict[str, list[Narrowing]] = {}
        for item in found.lost:
            if item.noun == TOUCHED:
                self._touch(reader, plan, item)
            else:
                parts.setdefault(item.record, []).append(item)
        order = {noun: place for place, noun in enumerate(_ORDER)}
        ordered = sorted(parts.values(), key=lambda some: order.get(some[0].noun, len(_ORDER)))
        for some in ordered:
            self._take(reader, plan, some)
        return plan

    def _take(self, reader: Reader, plan: _Plan, parts: Sequence[Narrowing]) -> None:
        """One record, or the waiting of whom it is about where it cannot be written again."""
        first = parts[0]
        if reader.version_at(first.record, reader.head()[0]) > 0:
            return
        try:
            record = again(parts, self._ctx.me)
        except KnownError:
            plan.everybody = True
            return
        if record is None:
            return
        closed = all(field.sealed for field in fields_of(type(record)).values())
        if (closed and not reader.has_desk_key) or not self._holds(reader, plan, record):
            self._wait(reader, plan, record)
        else:
            plan.records.append((record, first))

    def _holds(self, reader: Reader, plan: _Plan, record: Record) -> bool:
        """Whether everything the record refers to is here, or comes back with it."""
        coming = {one.id for one, _item in plan.records}
        for field in fields_of(type(record)).values():
            target = getattr(record, field.name)
            if field.kind is not Kind.REFERENCE or field.refers_to == "person" or target is None:
                continue
            cls = _TARGETS.get(field.refers_to or "")
            if target not in coming and (cls is None or not reader.get_many(cls, [target])):
                return False
        return True

    def _wait(self, reader: Reader, plan: _Plan, record: Record) -> None:
        prisoner = getattr(record, "prisoner", None)
        if isinstance(record, Countersign):
            return  # about an answer this copy never had
        if isinstance(prisoner, str) and reader.get_many(Prisoner, [prisoner]):
            plan.waiting.add(prisoner)
        elif not isinstance(prisoner, str):
            plan.everybody = True

    def _touch(self, reader: Reader, plan: _Plan, item: Narrowing) -> None:
        """Whose decisions something touched: said by the item, or found in this copy by the record's id."""
        if not item.prisoner or not is_id(item.prisoner):
            plan.everybody = True
        else:
            plan.waiting.update(_prisoners_of(reader, (item.prisoner, item.record)))


def _prisoners_of(reader: Reader, ids: Iterable[str]) -> set[str]:
    wanted = [one for one in ids if is_id(one)]
    found = {str(one) for one in reader.get_many(Prisoner, wanted)}
    found |= {claim.prisoner for claim in reader.get_many(Claim, wanted).values() if claim.prisoner}
    if reader.has_desk_key:
        found |= {one.prisoner for one in reader.get_many(Relative, wanted).values() if one.prisoner}
    return found
