"""Taking a merge apart: everything back to where it was, as long as nothing that was written since is lost.

Where nothing was said or changed since, both records allow exactly what they allowed before, which two
people or the ledger had settled; so one person may do it. Whatever was said, stopped or reviewed since could
be about either, and stands in the way. So does a change that one person made because a no of the other's
family denied everything anyway: apart again it would allow what neither the records of then nor that of
today do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from app.domain.acts import Act
from app.domain.allowing import opens
from app.domain.attention import AnyAttention, Attention, ClosedAttention
from app.domain.changes import Changes
from app.domain.changing import with_fields
from app.domain.errors import Code, KnownError
from app.domain.field_values import value_from_plain, value_to_plain
from app.domain.fields import empty_of, fields_of
from app.domain.hold import Hold
from app.domain.ports import Reader, Record, UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.proposal import Proposal
from app.domain.public_texts import PublicTexts, texts_id
from app.domain.review import Occasion, Review
from app.domain.source import Claim
from app.i18n import N_
from app.services import widening
from app.services.as_known import Then, ledger_then
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.facts import read_ledger
from app.services.merging_moves import move_back
from app.services.public_texts import save_texts

_CONFIRMED: Final = "one_person_with"
IN_THE_WAY: Final = {
    "merged": N_("the record itself was merged with another one"),
    "talk": N_("a talk was recorded"),
    "relative": N_("a relative was added"),
    "stop": N_("a stop was placed"),
    "review": N_("something was reviewed, or is up for review"),
    "attention": N_("hostile attention was recorded"),
    "claim": N_("a list was brought in that names them"),
    "fields": N_("the same details were changed"),
    "opens": N_("what was changed since would allow more"),
}
"""What was written since a merge, by its code."""


def in_the_way(reader: Reader, gone: str) -> tuple[str, ...]:
    """Codes of what was written since this record was merged and would be lost; words in `IN_THE_WAY`.

    Raises:
        KnownError: NOT_FOUND; ALREADY_DONE, it is not merged (any more).
    """
    away = reader.get(Prisoner, gone)
    if away.merged_into is None:
        raise KnownError(Code.ALREADY_DONE, gone)
    kept = reader.get(Prisoner, away.merged_into)
    sequence = merged_in(reader, gone)
    found = dict.fromkeys(_since(reader, kept, away, sequence))
    return tuple(found)


def merged_in(reader: Reader, gone: str) -> int:
    """The entry that merged a record."""
    return reader.history(gone, "merged_into")[0].sequence


def take_apart(ctx: Context, gone: str) -> Saved:
    """See `Merging.take_apart`."""
    with ctx.writing() as work:
        away = work.get(Prisoner, gone)
        obstacles = in_the_way(work, gone)
        if obstacles:
            raise KnownError(Code.MERGE_WORK_SINCE, gone, first=obstacles[0])
        kept = work.get(Prisoner, away.merged_into or "")
        sequence = merged_in(work, gone)
        people = [str(kept.id), gone]
        then = ledger_then(ctx, work, people, Then(work, sequence - 1))
        together = read_ledger(ctx, work, [kept.id]).facts(kept.id)
        _drop_proposals(ctx, work, kept.id, sequence)
        values = dict(_before(work, kept, sequence))
        values[_CONFIRMED] = tuple(one for one in kept.one_person_with if one != away.reference)
        work.save(with_fields(kept, values), kept.version)
        texts = work.get_many(PublicTexts, [texts_id(kept.id)]).get(texts_id(kept.id))
        if texts is not None:
            told = dict(_before(work, texts, sequence))
            if told:
                save_texts(ctx, work, with_fields(texts, told))
        blank = attrs.evolve(away, merged_into=None, merged_at=None, merged_claims=())
        work.save(blank, away.version)
        move_back(work, sequence, kept.id, gone)
        apart = read_ledger(ctx, work, people)
        for one in people:
            if opens([then.facts(one), together], apart.facts(one), ctx.today(), ctx.now()):
                raise KnownError(Code.MERGE_WORK_SINCE, gone, first="opens")
        renew_clearances(ctx, work, people, ledger=apart)
        committed = work.commit(Act.UNMERGED)
    saved = ctx.finish(committed, gone, Act.UNMERGED, prisoners=people)
    return attrs.evolve(saved, changes=saved.changes | Changes.of("prisoner", *people))


def _since(reader: Reader, kept: Prisoner, away: Prisoner, sequence: int) -> Iterator[str]:
    if kept.merged_into is not None:
        yield "merged"
    ids = {str(kept.id), str(away.id)}
    families = reader.families_of([kept.id])
    if _any_newer(reader, (talk for one in families for talk in one.conversations), sequence):
        yield "talk"
    if _any_newer(reader, (one.relative for one in families), sequence):
        yield "relative"
    holds = [one for one in reader.find(Hold) if one.on_noun == "prisoner" and one.on_id in ids]
    if _any_newer(reader, [*holds, *(stop.hold for one in families for stop in one.holds)], sequence):
        yield "stop"
    reviews: list[Record] = [one for one in reader.find(Review) if one.prisoner in ids]
    raised = [one for one in reader.find(Occasion) if one.prisoner in ids]
    if _any_newer(reader, [*reviews, *raised], sequence):
        yield "review"
    hostile: list[AnyAttention] = [*reader.find(Attention), *reader.find(ClosedAttention)]
    if _any_newer(reader, (one for one in hostile if not ids.isdisjoint(one.families)), sequence):
        yield "attention"
    claims = reader.find(Claim, prisoner=kept.id)
    if any(_written_since(reader, one, sequence) for one in claims):
        yield "claim"
    if _edited_since(reader, kept, sequence):
        yield "fields"


def _any_newer(reader: Reader, records: Iterable[Record], sequence: int) -> bool:
    return any(reader.version_at(one.id, sequence) == 0 for one in records)


def _written_since(reader: Reader, claim: Claim, sequence: int) -> bool:
    return reader.version_at(claim.id, sequence) != claim.version


def _edited_since(reader: Reader, kept: Prisoner, sequence: int) -> bool:
    """Whether something the merge changed holds another value by now."""
    texts = reader.get_many(PublicTexts, [texts_id(kept.id)]).get(texts_id(kept.id))
    for record in (kept, texts):
        if record is None:
            continue
        declared = fields_of(type(record))
        for old in _changed(reader, record, sequence):
            now = value_to_plain(declared[old.field], getattr(record, old.field))
            if (now or None) != (old.after or None):
                return True
    return False


def _before(reader: Reader, record: Prisoner | PublicTexts, sequence: int) -> Iterator[tuple[str, Any]]:
    declared = fields_of(type(record))
    for old in _changed(reader, record, sequence):
        field = declared[old.field]
        yield old.field, empty_of(field) if old.before is None else value_from_plain(field, old.before)


def _changed(reader: Reader, record: Record, sequence: int) -> list[Any]:
    found = (old for old in reader.history(record.id) if old.sequence == sequence)
    return [old for old in found if old.field in fields_of(type(record)) and old.field != _CONFIRMED]


def _drop_proposals(ctx: Context, work: UnitOfWork, kept: str, sequence: int) -> None:
    """What the merge asked a second person for is no question any more."""
    for one in work.find(Proposal, on_id=kept):
        asked_then = work.version_at(one.id, sequence) and not work.version_at(one.id, sequence - 1)
        if asked_then and not widening.is_decided(work, one):
            work.add(widening.decision_on(ctx, work, one, granted=False))
