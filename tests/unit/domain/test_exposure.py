"""Protects: who could open something follows from keys and days; whatever is not proved counts as could."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.domain.acts import Act
from app.domain.exposure import (
    Access,
    Deed,
    Did,
    Place,
    Reach,
    Span,
    Tenure,
    access_of,
    did_of,
    holders,
    reach_of,
)


def on(day: int) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC)


WEEK = Span(on(10), on(17))
HERE = Place(frozenset({("vilnius", 2)}), added=50)


@pytest.mark.parametrize(
    ("key", "since", "until", "ended", "access"),
    [
        (2, 1, None, 0, Access.HELD),
        (2, None, None, 0, Access.HELD),  # since when, nobody can prove
        (3, 1, None, 0, Access.HELD),  # a newer key comes with the older ones
        (1, 1, None, 0, None),  # an older key does not open it
        (2, 17, None, 0, Access.HELD),
        (2, 18, None, 0, Access.LATER),
        (2, 1, 10, 60, Access.HELD),
        (2, 1, 9, 60, Access.KEPT),
        (2, 1, 12, 40, Access.KEPT),  # left in this time, but before it was recorded
        (2, 1, 12, 0, Access.HELD),  # left, and no entry says when: counts
    ],
)
def test_one_key_and_one_place(
    key: int, since: int | None, until: int | None, ended: int, access: Access | None
) -> None:
    tenure = Tenure(
        "a", "vilnius", key, on(since) if since else None, on(until) if until else None, ended=ended
    )
    assert access_of(tenure, HERE, WEEK) is access


def test_another_desks_key_opens_nothing_and_a_desk_alone_counts() -> None:
    tenure = Tenure("a", "warsaw", 9, on(1), None)
    assert access_of(tenure, HERE, WEEK) is None
    assert access_of(tenure, Place(HERE.under | {("warsaw", None)}), WEEK) is Access.HELD


def test_somebody_who_left_and_came_back_is_one_line() -> None:
    before = Tenure("a", "vilnius", 2, on(1), on(3), granted=5, ended=20)
    again = Tenure("a", "vilnius", 2, on(11), None, granted=70)
    (one,) = holders([before, again], Place(HERE.under, 2), WEEK)
    assert (one.access, one.since, one.until, one.granted) == (Access.HELD, on(11), None, 70)
    (whole,) = holders([before, again], Place(HERE.under, 2), Span(on(1), on(30)))
    assert (whole.since, whole.until, whole.granted) == (on(1), None, 5)


def test_who_opened_it_without_a_key_on_record_could() -> None:
    later = Tenure("b", "vilnius", 2, on(20), None)
    found = holders([Tenure("c", "vilnius", 2, on(1), None), later], HERE, WEEK, ["a", "b", "c"])
    assert {one.person: one.access for one in found} == {
        "a": Access.UNPROVED,
        "b": Access.UNPROVED,
        "c": Access.HELD,
    }


@pytest.mark.parametrize(
    ("act", "nouns", "showing", "did"),
    [
        (Act.SHOWN, {"showing", "identity"}, "name", Did.SHOWN),
        (Act.EVIDENCE_COPIED, {"showing", "conversation"}, "evidence_copied", Did.EVIDENCE_COPIED),
        (Act.SEALED_CHANGED, {"showing"}, "a word of a newer version", Did.SHOWN),
        (Act.SEALED_CHANGED, {"showing"}, "", Did.SHOWN),  # its record is gone
        (Act.EVIDENCE_SHOWN, {"conversation"}, "", Did.EVIDENCE),
        (Act.EVIDENCE_COPIED, {"conversation"}, "", Did.EVIDENCE_COPIED),
        (Act.COPIED, {"identity"}, "", Did.COPIED),
        (Act.SEALED_CHANGED, {"conversation"}, "", Did.TALKED),
        (Act.SEALED_CHANGED, {"relative", "identity"}, "", Did.CHANGED),
        (Act.SEALED_CHANGED, {"exposure_asked"}, "", Did.ASKED),
    ],
)
def test_what_an_entry_did(act: str, nouns: set[str], showing: str, did: Did) -> None:
    assert did_of(act, nouns, showing, talk_is_new=True) is did


def test_how_far_somebody_got() -> None:
    def reach(*done: Did) -> Reach:
        return reach_of(Deed(1, on(1), "a", did) for did in done)

    assert reach() is Reach.COULD
    assert reach(Did.REPORT, Did.SLIP, Did.ASKED) is Reach.COULD
    assert reach(Did.TALKED, Did.ASKED) is Reach.OPENED
    assert reach(Did.OPENED, Did.COPIED) is Reach.SEEN
