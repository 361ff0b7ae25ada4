"""Protects: merging records never allows more than each allowed by itself, and every no acts for both."""

from __future__ import annotations

import random
from datetime import timedelta

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.consent import EITHER, ConsentRequest, Decision, Reason, decide
from app.domain.consent_purposes import purposes
from app.domain.conversation import Answer, Conversation
from app.domain.dates import PartialDate
from app.domain.ids import RecordId
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.signposts import Signposts
from tests.unit.domain.consent.ledger_maker import TODAY
from tests.unit.domain.consent.merged_families import (
    MERGED_AT,
    Family,
    merged_facts,
    random_family,
    requests,
    trusted,
)

TRUSTS = trusted()
GROWN_UP = PartialDate(1980)


def _not_more(after: Decision, before: Decision) -> bool:
    if not after.allowed:
        return True
    sooner = before.until is None or (after.until is not None and after.until <= before.until)
    return before.allowed and after.fields <= before.fields and sooner


def _check(chance: random.Random, people: int) -> int:
    """Every request about each of these once they are merged; gives how many were still allowed."""
    seed = chance.randrange(2**32)
    alike = chance.random() < 0.6  # families that said much the same, so that something is still allowed
    families = [
        random_family(random.Random(seed if alike else seed + place), key)
        for place, key in enumerate(("aa", "bb", "cc")[:people])
    ]
    merged = merged_facts(families[0], families[1:], TRUSTS)
    alone = [family.facts(TRUSTS) for family in families]
    allowed = 0
    for request in requests(chance, families[0].prisoner.id):
        after = decide(request, merged, TODAY)
        allowed += after.allowed and not purposes()[request.purpose].silence_is_yes
        for family, facts in zip(families, alone, strict=True):
            before = decide(attrs.evolve(request, subject=family.prisoner.id), facts, TODAY)
            assert _not_more(after, before), (request, after, before)
    for family, facts in zip(families, alone, strict=True):
        for relative in family.relatives:
            for request in requests(chance, relative.id):
                after, before = decide(request, merged, TODAY), decide(request, facts, TODAY)
                assert _not_more(after, before), (request, after, before)
    return allowed


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chance=st.randoms(note_method_calls=False), people=st.integers(2, 3))
def test_merging_never_allows_more_than_each_of_them_did(chance: random.Random, people: int) -> None:
    _check(chance, people)


def test_a_seeded_sample_allows_enough_to_mean_something() -> None:
    chance = random.Random(4)
    assert sum(_check(chance, 2) for _ in range(150)) > 60


# one family at a time

NAME = ConsentRequest("aa", "name", "public", grounds=EITHER)


def _person(key: str, kind: str = "", *, born: PartialDate | None = GROWN_UP) -> Family:
    """Held and of age; the mother said one thing about their name."""
    mother = Relative(RecordId(f"{key}-mother"), prisoner=key, relation="mother", whereabouts="outside")
    mother = attrs.evolve(mother, capacity="relative_by_practice")
    who = Prisoner(RecordId(key), reference=key.upper(), born=born, status="penal_colony")
    family = Family(who, (mother,), (), (), (), ())
    return attrs.evolve(family, talks=(said(family, kind),)) if kind else family


def said(family: Family, kind: str, about: str = "", *, later: bool = False) -> Conversation:
    """The mother says one thing, before everything is merged or after."""
    key = family.prisoner.id
    at = MERGED_AT + timedelta(minutes=9) if later else MERGED_AT - timedelta(days=3)
    answer = Answer(answer=f"{key}-{kind}-{later}", kind=kind, purpose="name", audience="named_godparent")
    return Conversation(
        RecordId(f"{key}-talk-{kind}-{later}"),
        relative=f"{key}-mother",
        prisoner=about or key,
        held_on=PartialDate.of(at.date()),
        verified_by="voice",
        pressure="none",
        answers=(attrs.evolve(answer, recipients=("godparent-1",)),),
        recorded_by="anna",
        recorded_at=at,
    )


def _name(kept: Family, gone: Family, *, confirmed: tuple[str, ...] = ()) -> Decision:
    request = attrs.evolve(NAME, audience="named_godparent", recipients=frozenset({"godparent-1"}))
    return decide(request, merged_facts(kept, [gone], TRUSTS, confirmed=confirmed), TODAY)


def test_a_yes_about_one_is_no_yes_about_the_other() -> None:
    found = _name(_person("aa", "given"), _person("bb"))
    assert not found.allowed
    assert found.reason is Reason.MERGED


def test_a_yes_about_each_is_a_yes_about_both() -> None:
    assert _name(_person("aa", "given"), _person("bb", "given")).allowed


def test_once_two_people_confirmed_it_a_yes_about_one_is_enough() -> None:
    assert _name(_person("aa", "given"), _person("bb"), confirmed=("BB",)).allowed
    assert not _name(_person("aa", "given"), _person("bb", "refused"), confirmed=("BB",)).allowed


def test_a_no_about_either_acts_on_both() -> None:
    for kept, gone in (("given", "refused"), ("refused", "given")):
        assert not _name(_person("aa", kept), _person("bb", gone)).allowed


def test_a_yes_said_since_is_said_about_both() -> None:
    kept, gone = _person("aa"), _person("bb")
    asked = attrs.evolve(kept, talks=(said(kept, "given", later=True),))
    assert _name(asked, gone).allowed
    before = attrs.evolve(kept, talks=(said(kept, "given"),))
    assert not _name(before, gone).allowed


def test_whose_age_nobody_knows_stays_under_age_for_their_side() -> None:
    kept, gone = _person("aa", "given"), _person("bb", "given", born=None)
    assert not _name(kept, gone).allowed
    assert _name(kept, gone, confirmed=("BB",)).allowed


def test_every_id_leads_to_who_is_kept_through_several_mergers() -> None:
    at = MERGED_AT
    first = Prisoner(RecordId("cc"), merged_into="bb", merged_at=at)
    second = Prisoner(RecordId("bb"), merged_into="aa", merged_at=at + timedelta(hours=2))
    found = Signposts.of([first, second, Prisoner(RecordId("aa"))])
    assert [found.root(key) for key in ("aa", "bb", "cc", "dd")] == ["aa", "aa", "aa", "dd"]
    assert found.same("cc") == ("aa", "cc", "bb")
    assert found.held_by("cc", at) == "cc"
    assert found.held_by("cc", at + timedelta(hours=1)) == "bb"
    assert found.held_by("cc", at + timedelta(hours=3)) == "aa"
    assert found.held_by("cc", None) == "cc"


def test_a_ring_leads_nowhere() -> None:
    ring = Signposts.of(
        [
            Prisoner(RecordId("aa"), merged_into="bb", merged_at=MERGED_AT),
            Prisoner(RecordId("bb"), merged_into="aa", merged_at=MERGED_AT),
        ]
    )
    assert (ring.root("aa"), ring.root("bb")) == ("aa", "bb")
    assert ring.held_by("aa", MERGED_AT + timedelta(days=1)) == "bb"
