"""Merging two records of one person, in one transaction; what it may never do is allow more than before.

What would allow more (a birth date only one of them knew, what was said about one of them counting for both)
waits for a second person, everything else is done. Taking a merge apart is `unmerging`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.allowing import allows_more
from app.domain.changes import Changes
from app.domain.changing import with_fields
from app.domain.consent_build import publishable_fields
from app.domain.consent_facts import Facts
from app.domain.errors import BugError, Code, KnownError
from app.domain.merging import merged, merged_texts, signpost
from app.domain.ports import UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.proposal import Proposal
from app.domain.review import Cause
from app.domain.roles import Action
from app.services import occasions, widening
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.facts import CaseLedger, read_ledger
from app.services.merging_look import Compared, MergedRow, compared, merged_rows
from app.services.merging_moves import Moved, move_everything
from app.services.public_texts import save_texts, texts_of
from app.services.renewing import DECIDES
from app.services.review_book import listener_of, read_book
from app.services.same_person import standing
from app.services.unmerging import in_the_way, take_apart

_CONFIRMED: Final = "one_person_with"
_RAISED: Final = frozenset({Cause.ATTENTION, Cause.STATUS, Cause.BORDER, Cause.GODPARENT, Cause.QUARTER})
"""Reviews that something raised which is written down about a record; others follow the answers."""


@attrs.frozen
class MergePrisoners:
    """Two records are one person.

    Attributes:
        kept, kept_version: the record that stays, as it was seen.
        gone, gone_version: the one that becomes a signpost.
        from_gone: fields whose value comes from it.
    """

    kept: str
    kept_version: int
    gone: str
    gone_version: int
    from_gone: frozenset[str] = frozenset()


class Merging:
    """Use cases of merging."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def merge(self, command: MergePrisoners) -> Saved:
        """Merge two records. `Saved.waits` says whether part of it waits for a second person.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, MERGED_AWAY, CONFLICT with the fields somebody
                changed meanwhile, MERGE_TWO_DESKS, MERGE_WAITS, MERGE_REVIEW_FIRST, MERGE_RESTORE_FIRST.
        """
        ctx = self._ctx
        ctx.require(Action.MERGE_PRISONERS)
        with ctx.writing() as work:
            kept, gone = self._seen(work, command)
            ledger = read_ledger(ctx, work, [kept.id, gone.id])
            self._check(work, ledger, kept, gone)
            before = {str(one.id): ledger.facts(one.id) for one in (kept, gone)}
            moved = move_everything(work, kept.id, gone.id)
            now = ctx.moment(work)
            work.save(signpost(gone, kept.id, now, moved.claims), gone.version)
            self._texts(work, kept.id, gone.id)
            waits = self._save(work, kept, merged(kept, gone, command.from_gone), gone.reference, before)
            renew_clearances(ctx, work, [kept.id, gone.id])
            committed = work.commit(Act.MERGED)
        people = [kept.id, gone.id]
        saved = ctx.finish(committed, kept.id, Act.MERGED, undo=True, prisoners=people)
        return attrs.evolve(saved, waits=waits, changes=saved.changes | _touched(people, moved))

    def take_apart(self, gone: str) -> Saved:
        """Take a merge apart again, as long as nothing that was written since would be lost.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE, MERGE_WORK_SINCE.
        """
        self._ctx.require(Action.MERGE_PRISONERS)
        return take_apart(self._ctx, gone)

    def in_the_way(self, gone: str) -> tuple[str, ...]:
        """Codes of what was written since a merge and would be lost (`unmerging.IN_THE_WAY`).

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE.
        """
        self._ctx.require(Action.MERGE_PRISONERS)
        with self._ctx.reading() as reader:
            return in_the_way(reader, gone)

    def look(self, left: str, right: str) -> Compared:
        """Two records side by side.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, MERGED_AWAY.
        """
        self._ctx.require(Action.BRING_IN_LIST)
        with self._ctx.reading() as reader:
            return compared(reader, left, right)

    def merged(self) -> tuple[MergedRow, ...]:
        """What was merged before, newest first. Raises KnownError NOT_ALLOWED."""
        self._ctx.require(Action.BRING_IN_LIST)
        with self._ctx.reading() as reader:
            return merged_rows(self._ctx, reader)

    # parts

    @staticmethod
    def _seen(work: UnitOfWork, command: MergePrisoners) -> tuple[Prisoner, Prisoner]:
        """Both as somebody saw them. Raises KnownError CONFLICT, MERGED_AWAY, ALREADY_DONE."""
        if command.kept == command.gone:
            raise KnownError(Code.ALREADY_DONE, command.gone)
        clash: set[str] = set()
        found = []
        for record, version in ((command.kept, command.kept_version), (command.gone, command.gone_version)):
            one = standing(work, record)
            if one.version != version:
                clash |= work.fields_changed_since(Prisoner, record, version)
            found.append(one)
        if clash:
            raise KnownError(Code.CONFLICT, *sorted(clash))
        return found[0], found[1]

    def _check(self, work: UnitOfWork, ledger: CaseLedger, kept: Prisoner, gone: Prisoner) -> None:
        """Nothing that is under way about either may be lost or decided by the way."""
        ledger.check(work)
        mine = {str(key.desk) for key in self._ctx.keys.desks}
        if not {one.desk for one in (kept, gone) if one.desk is not None} <= mine:
            raise KnownError(Code.NEEDS_DESK_KEY)  # a family I cannot see would stay behind
        if kept.desk != gone.desk and (None in (kept.desk, gone.desk) or work.relative_heads(gone.id)):
            raise KnownError(Code.MERGE_TWO_DESKS, gone.id)
        for one in (kept, gone):
            if any(wait.ended_at is None for wait in ledger.restores.of(one.id)):
                raise KnownError(Code.MERGE_RESTORE_FIRST, one.id)
        relatives = {one.relative.id for one in ledger.families.get(gone.id, ())}
        waiting = [one for one in work.find(Proposal) if one.on_id == gone.id or one.on_id in relatives]
        if any(not widening.is_decided(work, one) for one in waiting):
            raise KnownError(Code.MERGE_WAITS, gone.id)
        book = read_book(work, self._ctx.today(), self._ctx.time_zone)
        facts = ledger.facts(gone.id)
        listeners = [listener_of(one, facts) for one in ledger.families.get(gone.id, ())]
        if any(due.cause in _RAISED for due in book.due(gone.id, listeners)):
            raise KnownError(Code.MERGE_REVIEW_FIRST, gone.id)

    def _texts(self, work: UnitOfWork, kept: str, gone: str) -> None:
        own, other = texts_of(work, kept), texts_of(work, gone)
        both = merged_texts(own, other)
        if both != own:
            save_texts(self._ctx, work, both)

    def _save(
        self, work: UnitOfWork, before: Prisoner, after: Prisoner, gone: str, was: Mapping[str, Facts]
    ) -> bool:
        """Save the record that stays; gives whether something of it waits for a second person."""
        ctx = self._ctx
        ledger = read_ledger(ctx, work, [before.id])
        confirmed = attrs.evolve(after, one_person_with=(*before.one_person_with, gone))
        narrow = with_fields(after, {name: getattr(before, name) for name in _DECISIVE})
        found = next((one for one in (confirmed, after, narrow) if not self._widens(ledger, one, was)), None)
        if found is None:
            raise BugError("merging two records would have allowed more than each of them did")
        stored = work.save(found, before.version)
        occasions.after_prisoner(ctx, work, before, stored)
        left = {
            name: getattr(confirmed, name)
            for name in (*_DECISIVE, _CONFIRMED)
            if getattr(confirmed, name) != getattr(stored, name)
        }
        if left:
            work.add(widening.proposal_of(ctx, Prisoner, stored.id, stored.version, left))
        return bool(left)

    def _widens(self, ledger: CaseLedger, after: Prisoner, before: Mapping[str, Facts]) -> bool:
        on, now = self._ctx.today(), self._ctx.now()
        facts = ledger.with_prisoner(after).facts(after.id)
        return any(allows_more(was, facts, on, now) for was in before.values())


_DECISIVE: Final = tuple(sorted((DECIDES | publishable_fields()) - {_CONFIRMED, "desk"}))
"""Fields of a prisoner that can allow something; their old value waits for nobody."""


def _touched(people: Iterable[str], moved: Moved) -> Changes:
    found = Changes.of("prisoner", *people)
    for kind, ids in (("relative", moved.relatives), ("claim", moved.claims)):
        found = found | Changes.of(kind, *ids)
    return found
