"""Records that may be of one person: proposed with why, never merged; what somebody looked at is kept."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.apart import Apart, apart_id
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.ports import UnitOfWork
from app.domain.prisoner import Prisoner, display_name, full_names
from app.domain.progress import Progress, no_progress
from app.domain.roles import Action
from app.domain.signposts import is_signpost
from app.i18n import _
from app.intake.duplicates import Candidate, pairs_of
from app.names.kin import Kin, Named, kin
from app.names.same_person import KnownPerson, Reason
from app.services.context import Context, Saved
from app.services.relatives_twice import RelativesPair, relatives_twice, say_of_relatives
from app.services.same_person import standing

_MOST_KIN: Final = 200
"""More people who are not proposed nobody reads."""


@attrs.frozen
class Someone:
    """One of a pair, as the queue names them."""

    id: str
    version: int
    reference: str
    name: str
    born: PartialDate | None
    detained_on: PartialDate | None
    facility: str | None


@attrs.frozen
class Pair:
    """Two records that may be of one person: how strongly, 0 to 1, and why."""

    left: Someone
    right: Someone
    score: float
    reasons: tuple[Reason, ...]


@attrs.frozen
class ShownApart:
    """Two people who look alike and are not proposed: kin and namesakes, or what somebody said."""

    left: Someone
    right: Someone
    why: Kin | None
    by: str = ""


@attrs.frozen
class Queue:
    """What the page shows.

    Attributes:
        pairs: to be looked at, strongest first.
        apart: looked at already: not the same person.
        kin: brothers, sisters and namesakes.
        kin_count: how many there are; `kin` holds the first of them.
        relatives: two of one family who may be one person; None without the key of a desk.
    """

    pairs: tuple[Pair, ...] = ()
    apart: tuple[ShownApart, ...] = ()
    kin: tuple[ShownApart, ...] = ()
    kin_count: int = 0
    relatives: tuple[RelativesPair, ...] | None = ()


class Duplicates:
    """Use cases of the Duplicates page."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.found: int | None = None  # pairs at the last search; nobody searched yet

    def queue(self, progress: Progress = no_progress) -> Queue:
        """Compare everybody with everybody. Raises KnownError NOT_ALLOWED, CANCELLED."""
        work = self.searching(progress)
        while True:
            try:
                next(work)
            except StopIteration as done:
                found: Queue = done.value
                return found

    def searching(self, progress: Progress) -> Generator[None, None, Queue]:
        """The same in slices, between which anything else may run. Raises KnownError as `queue`."""
        self._ctx.require(Action.BRING_IN_LIST)
        with self._ctx.reading() as reader:
            people = [one for one in reader.find(Prisoner) if not is_signpost(one)]
            apart = [one for one in reader.find(Apart) if one.apart]
            relatives = relatives_twice(self._ctx, reader) if reader.has_desk_key else None
        known = {str(one.id): one for one in people}
        found = yield from pairs_of([Candidate(str(one.id), _known(one)) for one in people], progress)
        told = {one.id for one in apart}
        pairs = tuple(
            Pair(*_older_first(known[str(one.a)], known[str(one.b)]), one.hint.score, one.hint.reasons)
            for one in found
            if apart_id(str(one.a), str(one.b)) not in told
        )
        progress(1, 1, _("Looking for brothers, sisters and namesakes"))
        yield
        likely = {apart_id(str(one.a), str(one.b)) for one in found} | told
        self.found = len(pairs)
        shown = yield from kin(map(_named, people))
        alike = [one for one in shown if apart_id(str(one.a), str(one.b)) not in likely]
        return Queue(
            pairs,
            tuple(self._looked_at(apart, known)),
            tuple(
                ShownApart(_someone(known[str(one.a)]), _someone(known[str(one.b)]), one.why)
                for one in alike[:_MOST_KIN]
            ),
            len(alike),
            relatives,
        )

    def keep_apart(self, one: str, other: str) -> Saved:
        """Remember that two are not the same person.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, MERGED_AWAY, ALREADY_DONE.
        """
        return self._say(one, other, apart=True)

    def take_back(self, one: str, other: str) -> Saved:
        """Forget that again: the pair is proposed as before. Raises KnownError as `keep_apart`."""
        return self._say(one, other, apart=False)

    def keep_relatives_apart(self, one: str, other: str) -> Saved:
        """Remember that two relatives are not one person. Raises KnownError as `say_of_relatives`."""
        return say_of_relatives(self._ctx, one, other, apart=True)

    def take_relatives_back(self, one: str, other: str) -> Saved:
        """Forget that again. Raises KnownError as `say_of_relatives`."""
        return say_of_relatives(self._ctx, one, other, apart=False)

    # parts

    def _say(self, one: str, other: str, *, apart: bool) -> Saved:
        ctx = self._ctx
        ctx.require(Action.BRING_IN_LIST)
        act = Act.KEPT_APART if apart else Act.APART_TAKEN_BACK
        with ctx.writing() as work:
            standing(work, one)
            standing(work, other)
            if not keep_pair_apart(ctx, work, one, other, apart=apart):
                raise KnownError(Code.ALREADY_DONE, one)
            work.mention(Prisoner, one)
            work.mention(Prisoner, other)
            committed = work.commit(act)
        return ctx.finish(committed, one, act, undo=True, prisoners=())

    def _looked_at(self, apart: Iterable[Apart], known: dict[str, Prisoner]) -> Iterable[ShownApart]:
        for one in apart:
            if one.one in known and one.other in known:
                left, right = _someone(known[one.one]), _someone(known[one.other])
                yield ShownApart(left, right, None, self._ctx.name_of(one.by))


_OPPOSITE: Final = {
    Act.KEPT_APART: Act.APART_TAKEN_BACK,
    Act.APART_TAKEN_BACK: Act.KEPT_APART,
    Act.RELATIVES_KEPT_APART: Act.RELATIVES_APART_TAKEN_BACK,
    Act.RELATIVES_APART_TAKEN_BACK: Act.RELATIVES_KEPT_APART,
}


def taken_back(ctx: Context, pair: str, act: Act) -> Saved:
    """Undo what somebody said of a pair. Raises KnownError NOT_ALLOWED, CHANGED_SINCE."""
    ctx.require(Action.BRING_IN_LIST)
    opposite = _OPPOSITE[act]
    with ctx.writing() as work:
        said = work.get(Apart, pair)
        if said.apart is not (act in (Act.KEPT_APART, Act.RELATIVES_KEPT_APART)):
            raise KnownError(Code.CHANGED_SINCE, pair)
        work.save(attrs.evolve(said, apart=not said.apart, by=ctx.me, at=ctx.moment(work)), said.version)
        committed = work.commit(opposite)
    return ctx.finish(committed, pair, opposite, prisoners=())


def keep_pair_apart(ctx: Context, work: UnitOfWork, one: str, other: str, *, apart: bool = True) -> bool:
    """Write down what somebody said of a pair; gives whether that is new."""
    found = work.get_many(Apart, [apart_id(one, other)]).get(apart_id(one, other))
    if (found is not None and found.apart) == apart:
        return False
    first, second = sorted((one, other))
    said = Apart(apart_id(one, other), 0, first, second, apart, ctx.me, ctx.moment(work))
    if found is None:
        work.add(said)
    else:
        work.save(attrs.evolve(said, version=found.version), found.version)
    return True


def _known(one: Prisoner) -> KnownPerson:
    return KnownPerson(full_names(one), one.born, one.detained_on)


def _named(one: Prisoner) -> Named:
    return Named(str(one.id), one.family_name, one.given_name, one.patronymic, _known(one))


def _older_first(one: Prisoner, other: Prisoner) -> tuple[Someone, Someone]:
    """The record that was there first stays, unless somebody says otherwise."""
    first, second = sorted((one, other), key=lambda each: each.reference)
    return _someone(first), _someone(second)


def _someone(one: Prisoner) -> Someone:
    return Someone(
        one.id, one.version, one.reference, display_name(one), one.born, one.detained_on, one.facility
    )
