"""Protects: findings kept while nothing changes never hide a new one, whichever way a fact changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import attrs
import pytest

from app.domain.acts import Act
from app.domain.case_findings import Rule
from app.domain.conversation import Conversation
from app.domain.godparent import Godparent, Godparenthood
from app.domain.ids import RecordId, new_id
from app.domain.progress import at_once
from app.domain.showing import Showing
from app.services.consent import AnswerDraft, RecordConversation
from app.services.findings import FindingGroup, Findings, ReviewFindings
from app.services.godparents import CreateGodparent
from app.services.identities import ShowIdentity
from app.services.prisoners import EditPrisoner
from app.services.session import Session
from tests.services.office import OFFICER, Office, add_mother, add_prisoner


@attrs.frozen
class Scene:
    """A mother who said no, then yes to letters; the officer's session, which has looked at its findings."""

    office: Office
    session: Session
    prisoner: str
    mother: str


@contextmanager
def looked_at(office: Office) -> Iterator[Scene]:
    with office.as_person(OFFICER) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner, full_name="Zhawnyarovich Halina")
        no = AnswerDraft("contact", "refused", "internal")
        yes = AnswerDraft("letters", "given", "all_godparents")
        came = {"channel": "signal", "verified_by": "call_back", "direction": "they_came"}
        session.consent.record(RecordConversation(mother, came, (no, yes)))
        office.clock.turn(days=2)
        scene = Scene(office, session, prisoner, mother)
        assert Rule.AFTER_A_NO not in rules(scene)
        assert rules(scene) == rules(scene), "kept"
        yield scene


def anew(session: Session) -> tuple[FindingGroup, ...]:
    return Findings(session.context).groups()


def rules(scene: Scene) -> set[Rule]:
    groups = scene.session.findings.groups()
    assert groups == anew(scene.session)
    return {group.rule for group in groups}


def called(scene: Scene) -> None:
    scene.session.consent.record(RecordConversation(scene.mother, {"channel": "signal"}, ()))


def opened(scene: Scene) -> None:
    scene.session.relatives.show(ShowIdentity(scene.mother, "danger", "They search his flat"))


def wrote(scene: Scene, *records: object) -> None:
    with scene.session.context.writing() as work:
        for one in records:
            work.add(one)  # type: ignore[type-var]
        work.commit(Act.SEALED_CHANGED)


def called_by_hand(scene: Scene) -> None:
    """A talk written beside the services, as another version of the program would."""
    session = scene.session
    with session.context.reading() as reader:
        (before,) = reader.find(Conversation)
    wrote(
        scene,
        attrs.evolve(
            before,
            id=session.context.lasting_id(),
            version=0,
            held_on=None,
            direction="we_asked",
            answers=(),
            recorded_at=session.context.now(),
        ),
    )


def opened_by_hand(scene: Scene) -> None:
    ctx = scene.session.context
    wrote(scene, Showing(ctx.lasting_id(), relative=scene.mother, by=ctx.me, at=ctx.now(), reason="danger"))


def nobody_agreed(scene: Scene) -> None:
    """An active godparenthood nobody agreed to, by somebody who knows no protocol."""
    godparent = scene.session.godparents.create(CreateGodparent({"family_name": "Invented"})).id
    rules(scene)
    bond = Godparenthood(RecordId(new_id()), prisoner=scene.prisoner, godparent=godparent, state="active")
    wrote(scene, bond)


def another_protocol(scene: Scene) -> None:
    """Somebody else accepted a newer protocol than this godparent."""
    session, people = scene.session, []
    for _one in range(2):
        people.append(session.godparents.create(CreateGodparent({"family_name": "Invented"})).id)
        bond = Godparenthood(
            RecordId(new_id()), prisoner=scene.prisoner, godparent=people[-1], state="active"
        )
        wrote(scene, bond)
    for version in ("1", "2"):
        with session.context.writing() as work:
            for one in people[: 3 - int(version)]:
                known = work.get(Godparent, one)
                work.save(attrs.evolve(known, protocol_version=version), known.version)
            work.commit(Act.GODPARENT_CHANGED)
        assert (Rule.NOT_BRIEFED in rules(scene)) == (version == "2")


def time_passed(scene: Scene) -> None:
    scene.office.clock.turn(days=340)


def nobody_came_back(scene: Scene) -> None:
    opened(scene)
    assert Rule.NO_TALK not in rules(scene)
    scene.office.clock.turn(days=4)


_ROUTES: Final[tuple[tuple[Callable[[Scene], None], Rule], ...]] = (
    (called, Rule.AFTER_A_NO),
    (opened, Rule.AFTER_A_NO),
    (called_by_hand, Rule.AFTER_A_NO),
    (opened_by_hand, Rule.AFTER_A_NO),
    (nobody_agreed, Rule.WITHOUT_CONSENT),
    (another_protocol, Rule.NOT_BRIEFED),
    (time_passed, Rule.ENDS),
    (nobody_came_back, Rule.NO_TALK),
)


@pytest.mark.parametrize(("change", "rule"), _ROUTES, ids=lambda one: getattr(one, "__name__", one))
def test_what_changed_is_found_in_the_same_session(
    office: Office, change: Callable[[Scene], None], rule: Rule
) -> None:
    with looked_at(office) as scene:
        assert rule not in rules(scene)
        change(scene)
        assert rule in rules(scene)


def test_what_is_written_between_two_slices_is_found(office: Office) -> None:
    with looked_at(office) as scene:
        scene.session.prisoners.edit(EditPrisoner(scene.prisoner, 1, {"occupation": "nurse"}))
        slices = scene.session.findings.grouping()
        next(slices)
        called(scene)
        assert Rule.AFTER_A_NO in {group.rule for group in at_once(slices)}
        assert Rule.AFTER_A_NO in rules(scene)


def test_somebody_who_writes_between_all_slices_delays_nothing_for_ever(office: Office) -> None:
    with looked_at(office) as scene:
        slices, version = scene.session.findings.grouping(), 1
        scene.session.prisoners.edit(EditPrisoner(scene.prisoner, version, {"occupation": "nurse 0"}))
        groups: tuple[FindingGroup, ...] | None = None
        for number in range(1, 20):
            try:
                next(slices)
            except StopIteration as end:
                groups = end.value
                break
            version += 1
            scene.session.prisoners.edit(EditPrisoner(scene.prisoner, version, {"occupation": f"{number}"}))
        assert groups == anew(scene.session)


def test_what_is_not_committed_is_neither_told_nor_kept(office: Office) -> None:
    with looked_at(office) as scene:
        ctx, kept = scene.session.context, scene.session.findings._kept
        before = rules(scene)
        with ctx.writing() as work:
            work.add(
                Showing(ctx.lasting_id(), relative=scene.mother, by=ctx.me, at=ctx.now(), reason="danger")
            )
            gathered = kept.before_changes(ctx, work)
            assert Rule.AFTER_A_NO in {one.rule for one in gathered}, "it looks at what stands there"
        assert rules(scene) == before


def test_a_review_is_of_what_stands_there_when_it_is_written(office: Office) -> None:
    with looked_at(office) as scene:
        called(scene)
        (group,) = [one for one in scene.session.findings.groups() if one.rule is Rule.AFTER_A_NO]
        first = tuple(item.digest for item in group.items)
        called(scene)
        scene.session.findings.review(ReviewFindings(Rule.AFTER_A_NO, first, "It was the lawyer's wish."))
        (group,) = [one for one in scene.session.findings.groups() if one.rule is Rule.AFTER_A_NO]
        assert len(group.items) == 1, "the second call is not hidden by the review of the first"
        assert group.items[0].digest not in first


def test_with_other_keys_at_hand_nothing_kept_is_told(office: Office) -> None:
    with looked_at(office) as scene:
        called(scene)
        ctx, kept = scene.session.context, scene.session.findings._kept
        with ctx.reading() as reader:
            before = kept.at_once(ctx, reader)
            assert before
            assert kept.at_once(ctx, reader) is before
            desks, ctx.keys.desks = ctx.keys.desks, ()
            assert kept.at_once(ctx, reader) is not before
            ctx.keys.desks = desks


def test_what_the_other_did_while_i_was_away_is_found(office: Office) -> None:
    with looked_at(office) as scene:
        mother = scene.mother
    with office.as_person(OFFICER) as session:
        assert Rule.AFTER_A_NO not in {group.rule for group in session.findings.groups()}
        session.consent.record(RecordConversation(mother, {"channel": "signal"}, ()))
        assert Rule.AFTER_A_NO in {group.rule for group in session.findings.groups()}
