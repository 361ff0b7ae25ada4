"""Protects: rows of the pages say what lies in the store; the search box finds every script."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime
from typing import Final

import attrs

from app.crypto.keys import PersonKeys
from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.hold import Clearance, Hold
from app.domain.ids import RecordId
from app.domain.port_values import LogQuery
from app.domain.report import Report
from app.domain.rows import Light
from app.domain.source import Claim, Facility, ListRun, Source, Trust, TrustStep
from app.storage.store import CaseStore
from tests.storage.desk import TestDesk, record_id
from tests.storage.test_unit_of_work import a_prisoner, added

TODAY = date(2026, 11, 22)

_AT: Final = datetime(2026, 11, 22, tzinfo=UTC)


def test_prisoner_rows(desk: TestDesk) -> None:
    store = desk.sign_in()
    place = Facility(id=record_id(), name="Colony", what="penal_colony", number="4", town="Homiel")
    prisoner = a_prisoner(facility=place.id, owner=desk.founder.person, status="held", next_step_on=TODAY)
    other = a_prisoner(reference="A-2", family_name="", given_name="", next_step="")
    cleared = Clearance(
        id=record_id(), prisoner=prisoner.id, purpose="name", audience="public", ends_on=date(2027, 1, 31)
    )
    ended = Clearance(
        id=record_id(), prisoner=other.id, purpose="name", audience="public", ends_on=date(2026, 11, 21)
    )
    added(store, place, prisoner, other, cleared, ended)
    with store.reading() as read:
        first, second = sorted(read.prisoner_rows(TODAY), key=lambda row: row.reference)
        assert read.prisoner_rows(TODAY, [other.id]) == [second]
    assert (first.name, first.facility, first.mine, first.next_step) == (
        "Zorka, Alena", "No. 4, Homiel", True, "call the lawyer",
    )  # fmt: skip
    assert (first.name_in_public, first.name_until) == (Light.YES, date(2027, 1, 31))
    assert (second.name, second.name_in_public, second.mine) == ("A-2", Light.NOT_ASKED, False)
    with store.writing() as work:
        work.add(Hold(id=record_id(), on_noun="prisoner", on_id=prisoner.id))
        work.commit(Act.HOLD_PLACED)
    with store.reading() as read:
        (row,) = read.prisoner_rows(TODAY, [prisoner.id])
    assert (row.stopped, row.name_in_public) == (True, Light.NOT_ASKED)
    store.close()
    store = desk.sign_in(with_key=False)
    with store.reading() as read:
        assert [row.next_step for row in read.prisoner_rows(TODAY)] == [None, None]
    store.close()


def test_first_rows_come_before_the_registers_are_open(desk: TestDesk) -> None:
    store = desk.sign_in()
    added(store, a_prisoner())
    store.close()
    store = desk.sign_in()
    with store.reading() as read:
        assert [row.name for row in read.prisoner_rows(TODAY)] == ["Zorka, Alena"]
        assert not store.ready
    while not store.open_slice():
        pass
    with store.reading() as read:
        assert [row.next_step for row in read.prisoner_rows(TODAY)] == ["call the lawyer"]
    store.close()


def test_godparent_rows(store: CaseStore) -> None:
    prisoner = a_prisoner()
    godparent = Godparent(
        id=record_id(), family_name="Weiss", given_name="Klara", country="DE", term_until=PartialDate(2028)
    )
    proposed = Godparenthood(
        id=record_id(),
        prisoner=prisoner.id,
        godparent=godparent.id,
        state="active",
        since=PartialDate(2025, 2),
    )
    deed = GodparentAction(id=record_id(), godparent=godparent.id, what="letter", on=date(2026, 3, 1))
    added(store, prisoner, godparent, proposed, deed)
    with store.reading() as read:
        (row,) = read.godparent_rows()
        assert (row.name, row.godparenthoods, row.active, row.last_action_on, row.term_until) == (
            "Weiss, Klara", 1, 1, date(2026, 3, 1), PartialDate(2028),
        )  # fmt: skip
        (pair,) = read.godparenthood_rows(prisoner=prisoner.id)
        assert (pair.prisoner_name, pair.godparent_name, pair.since) == (
            "Zorka, Alena", "Weiss, Klara", PartialDate(2025, 2),
        )  # fmt: skip
        assert read.godparenthood_rows(godparent=record_id()) == []
        assert read.prisoner_rows(TODAY)[0].godparents == 1


def test_source_and_list_rows(store: CaseStore, desk: TestDesk) -> None:
    source, prisoner = Source(id=record_id(), name="Public list"), a_prisoner()
    claim = Claim(id=record_id(), prisoner=prisoner.id, source=source.id, key="PL-77")
    trust = Trust(id=record_id(), source=source.id, proposed_by=desk.founder.person)
    run = ListRun(id=record_id(), source=source.id, rows=1204, added=1200)
    added(store, source, prisoner, claim, run)
    with store.reading() as read:
        assert [(row.trust, row.claims) for row in read.source_rows()] == [("not_trusted", 1)]
        assert [(row.source_name, row.rows) for row in read.list_runs()] == [("Public list", 1204)]
    added(store, trust)
    with store.reading() as read:
        assert [row.trust for row in read.source_rows()] == ["waits"]
        assert [(hit.noun, hit.id, hit.why) for hit in read.search("77")] == [
            ("prisoner", prisoner.id, "Number in the source")
        ]


def test_a_source_is_trusted_once_a_second_person_signed(desk: TestDesk) -> None:
    """Who confirms is who signs: a step in another's name counts for nothing."""
    source, second = Source(id=record_id(), name="Public list"), PersonKeys.generate()
    trust = Trust(id=record_id(), source=source.id, proposed_by=desk.founder.person)
    desk.signers.people[second.person] = second.public.ed25519
    step = TrustStep(record_id(), trust=trust.id, step="confirmed", by=RecordId(second.person), at=_AT)
    for keys, records, expected in (
        (desk.founder, (source, trust, attrs.evolve(step, id=record_id())), "waits"),
        (second, (step,), "trusted"),
    ):
        with closing(desk.sign_in(keys=keys)) as store:
            added(store, *records)
            with store.reading() as read:
                assert [row.trust for row in read.source_rows()] == [expected]


def test_report_and_log_rows(store: CaseStore, desk: TestDesk) -> None:
    prisoner = a_prisoner()
    added(store, prisoner)
    added(store, Report(id=record_id(), number="R-1", state="draft", formats=("pdf", "csv"), title="List"))
    with store.reading() as read:
        assert [(row.number, row.formats) for row in read.report_rows()] == [("R-1", ("pdf", "csv"))]
        rows = read.log_rows(LogQuery())
        assert [(row.sequence, row.about) for row in rows] == [(3, "R-1, List"), (2, "Zorka, Alena"), (1, "")]
        assert [row.sequence for row in read.log_rows(LogQuery(record=prisoner.id))] == [2]
        assert [row.sequence for row in read.log_rows(LogQuery(act=Act.CREATED.value))] == [1]
        assert read.log_rows(LogQuery(person="nobody")) == []
        assert len(read.log_rows(LogQuery(person=desk.founder.person, limit=2))) == 2
        moment = rows[1].moment
        assert [row.sequence for row in read.log_rows(LogQuery(since=moment, until=moment))] == [2]


def test_search_finds_every_script_and_follows_changes(store: CaseStore) -> None:
    prisoner = a_prisoner(family_name="Zhuk", envelope_name="Жук Алена")
    second = a_prisoner(reference="A-2", family_name="Other", occupation="zhukologist")
    added(store, prisoner, second)
    with store.reading() as read:
        for asked in ("zhuk", "Żuk", "жук", "ZHU", "alena zhu"):
            assert read.search(asked)[0].id == prisoner.id, asked
        # A name before a word that stands elsewhere.
        assert [hit.id for hit in read.search("zhuk", 1)] == [prisoner.id]
        assert read.search("") == read.search("%\"'*") == []
    with store.writing() as work:
        work.save(attrs.evolve(prisoner, family_name="Vouk", envelope_name=""), 1)
        work.commit(Act.PRISONER_CHANGED)
    with store.reading() as read:
        assert [hit.id for hit in read.search("zhuk")] == [second.id]
        assert [hit.id for hit in read.search("vouk")] == [prisoner.id]
    before = search_of_everything(store)
    store.rebuild_search()
    assert search_of_everything(store) == before


def test_as_written_before_another_spelling_before_one_only_alike(store: CaseStore) -> None:
    names = {"as written": "Барсуковіч", "folded": "Barsukovich", "alike": "Барсукевіч"}
    people = {how: a_prisoner(reference=how, family_name=name) for how, name in names.items()}
    added(store, *people.values())
    with store.reading() as read:
        hits = read.search("барсуковіч")
        assert [(hit.detail, hit.how) for hit in hits[:2]] == [
            ("as written", ""),
            ("folded", "in another spelling"),
        ]
        assert [(h.detail, h.how) for h in read.search("бaрcукoвиш")][-1][1] == "spelt alike"
        assert {hit.id for hit in read.search("Barsukowitsch")} >= {
            people["as written"].id,
            people["folded"].id,
        }


def test_quotation_marks_turn_other_spellings_off(store: CaseStore) -> None:
    written, other = (
        a_prisoner(family_name="Барсуковіч"),
        a_prisoner(reference="2", family_name="Barsukovich"),
    )
    added(store, written, other)
    with store.reading() as read:
        for quoted in ('"барсук"', "“Барсук”", "«барсуковіч»", "„барсуковіч“"):
            assert [hit.id for hit in read.search(quoted)] == [written.id], quoted
        assert read.search('"барсюк"') == []
        assert read.search_ids('"барсук"', "prisoner", 10) == {written.id}
        assert read.search_ids("barsukovic", "prisoner", 10) == {written.id, other.id}


def search_of_everything(store: CaseStore) -> list[str]:
    with store.reading() as read:
        return [hit.id for hit in read.search("a", 100)]
