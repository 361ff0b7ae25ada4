"""Protects: what is saved comes back; nothing half; a conflict names its fields; closed stays closed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs
import pytest

from app.domain.acts import Act
from app.domain.conversation import Answer, Conversation
from app.domain.dates import PartialDate
from app.domain.errors import BugError, Code, KnownError
from app.domain.ports import Record
from app.domain.prisoner import Charge, OtherName, Prisoner
from app.domain.relative import Identity, Relative
from app.domain.source import Claim, Source
from app.storage.store import CaseStore
from tests.storage.desk import TestDesk, record_id


def a_prisoner(**values: object) -> Prisoner:
    plain: dict[str, object] = {
        "reference": "A-1",
        "family_name": "Zorka",
        "given_name": "Alena",
        "born": PartialDate(1990, 6),
        "categories": ("journalist",),
        "other_names": (OtherName("be", "Зорка", "Алена"),),
        "charges": (Charge("342", "1"),),
        "next_step": "call the lawyer",
        "working_notes": "her sister Maryja called",
        **values,
    }
    return Prisoner(id=record_id(), **plain)  # type: ignore[arg-type]


def added(store: CaseStore, *records: Record) -> None:
    with store.writing() as work:
        for record in records:
            work.add(record)
        work.commit(Act.PRISONER_ADDED)


def test_prisoner_comes_back_whole(store: CaseStore) -> None:
    prisoner = a_prisoner()
    with store.writing() as work:
        stored = work.add(prisoner)
        done = work.commit(Act.PRISONER_ADDED)
    assert stored == attrs.evolve(prisoner, version=1)
    assert done.changes.ids("prisoner") == {prisoner.id}
    with store.reading() as read:
        assert read.get(Prisoner, prisoner.id) == stored
        assert read.find(Prisoner, reference="A-1") == [stored]
        assert read.find(Prisoner, next_step="call the lawyer") == [stored]
        assert read.find(Prisoner, reference="A-2") == []
        assert read.count(Prisoner) == 1
        read.check_rows(Prisoner, [prisoner.id])


def test_without_key_closed_fields_are_empty_and_named(desk: TestDesk) -> None:
    prisoner = a_prisoner()
    store = desk.sign_in()
    added(store, prisoner)
    store.close()
    store = desk.sign_in(with_key=False)
    with store.reading() as read:
        found = read.get(Prisoner, prisoner.id)
        assert found.family_name == "Zorka"
        assert (found.next_step, found.working_notes) == ("", "")
        assert read.closed_fields(Prisoner) == {"next_step", "working_notes", "vulnerability", "labels"}
        with pytest.raises(KnownError) as caught:
            read.find(Relative)
        assert caught.value.code is Code.NEEDS_DESK_KEY
        assert read.relative_facts() == []
    store.close()


def test_saving_without_key_keeps_what_is_closed(desk: TestDesk) -> None:
    prisoner = a_prisoner()
    store = desk.sign_in()
    added(store, prisoner)
    store.close()
    store = desk.sign_in(with_key=False)
    with store.writing() as work:
        found = work.get(Prisoner, prisoner.id)
        work.save(attrs.evolve(found, occupation="teacher"), 1)
        work.commit(Act.PRISONER_CHANGED)
    with pytest.raises(KnownError) as caught, store.writing() as work:
        work.save(attrs.evolve(work.get(Prisoner, prisoner.id), next_step="x"), 2)
    assert caught.value.code is Code.NEEDS_DESK_KEY
    store.close()
    store = desk.sign_in()
    with store.reading() as read:
        assert read.get(Prisoner, prisoner.id) == attrs.evolve(prisoner, occupation="teacher", version=2)
    store.close()


def test_history_tells_open_and_closed_changes(store: CaseStore) -> None:
    prisoner = a_prisoner()
    added(store, prisoner)
    with store.writing() as work:
        changed = attrs.evolve(prisoner, occupation="teacher", next_step="write", version=1)
        changed = work.save(changed, 1)
        work.commit(Act.PRISONER_CHANGED)
    with store.writing() as work:
        work.save(attrs.evolve(changed, next_step="visit"), 2)
        work.commit(Act.PRISONER_CHANGED)
    with store.reading() as read:
        told = [(one.field, one.before, one.after, one.version) for one in read.history(prisoner.id)]
        assert told[0] == ("next_step", "write", "visit", 3)
        assert set(told[1:]) == {
            ("occupation", None, "teacher", 2),
            ("next_step", "call the lawyer", "write", 2),
        }
        assert [one.sequence for one in read.history(prisoner.id, "occupation")] == [3]
        assert read.fields_changed_since(Prisoner, prisoner.id, 1) == {"occupation", "next_step"}
        assert read.fields_changed_since(Prisoner, prisoner.id, 2) == {"next_step"}


def test_conflict_names_the_fields(store: CaseStore) -> None:
    prisoner = a_prisoner()
    added(store, prisoner)
    with store.writing() as work:
        work.save(attrs.evolve(prisoner, occupation="teacher"), 1)
        work.commit(Act.PRISONER_CHANGED)
    with pytest.raises(KnownError) as caught, store.writing() as work:
        work.save(attrs.evolve(prisoner, status="held"), 1)
    assert (caught.value.code, caught.value.ids) == (Code.CONFLICT, ("occupation",))


def test_saving_the_same_changes_nothing(store: CaseStore) -> None:
    prisoner = a_prisoner()
    added(store, prisoner)
    with store.writing() as work:
        assert work.save(prisoner, 1).version == 1
        assert not work.has_changes
        with pytest.raises(KnownError) as caught:
            work.commit(Act.PRISONER_CHANGED)
    assert caught.value.code is Code.NOTHING_CHANGED


def test_relative_conversation_and_identity(store: CaseStore, desk: TestDesk) -> None:
    prisoner = a_prisoner()
    identity = Identity(id=record_id(), full_name="Maryja Zorka", phones=("+375 29 000 00 01",))
    relative = Relative(id=record_id(), prisoner=prisoner.id, identity=identity.id, relation="sister")
    talk = Conversation(
        id=desk.lasting_id(),
        relative=relative.id,
        prisoner=prisoner.id,
        held_on=PartialDate(2026, 11, 20),
        recorded_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        answers=(Answer("a1", "given", "name", "public", ends_on=date(2027, 11, 20)),),
    )
    with store.writing() as work:
        work.add_many([prisoner])
        work.add(identity)
        work.add(relative)
        work.add(talk)
        work.commit(Act.SEALED_CHANGED)
    with store.reading() as read:
        facts = read.relative_facts(prisoner.id)
        assert [(one.relative.id, one.prisoner_name) for one in facts] == [(relative.id, "Zorka, Alena")]
        assert facts[0].conversations == (attrs.evolve(talk, version=1),)
        assert [one.full_name for one in read.identities(Identity)] == ["Maryja Zorka"]
        assert read.referenced("identity", identity.id)
        with pytest.raises(BugError):
            read.get(Identity, identity.id)
        with pytest.raises(BugError):
            read.open_identity(Identity, identity.id, 1)
        read.check_rows(Conversation, [talk.id])
    with store.writing() as work:
        work.mention(Identity, identity.id)
        shown = work.commit(Act.SHOWN)
    with store.reading() as read:
        assert read.open_identity(Identity, identity.id, shown.sequence).phones == identity.phones
    with store.writing() as work:
        moved = work.save(attrs.evolve(identity, place="Example town"), 1)
        assert work.save(attrs.evolve(moved, place="Other town"), moved.version).version == 3
        work.commit(Act.SEALED_CHANGED)
    with store.reading() as read:
        assert [one.place for one in read.identities(Identity)] == ["Other town"]
    assert store.verify().ok


def test_references_are_checked_at_commit(store: CaseStore) -> None:
    claim = Claim(id=record_id(), prisoner=record_id(), source=record_id(), key="1")
    with store.writing() as work:
        work.add(claim)
        with pytest.raises(KnownError) as caught:
            work.commit(Act.LIST_BROUGHT_IN)
    assert caught.value.code is Code.NOT_FOUND
    prisoner, source = a_prisoner(), Source(id=record_id(), name="List")
    with store.writing() as work:
        work.add(attrs.evolve(claim, prisoner=prisoner.id, source=source.id))
        work.add(prisoner)
        work.add(source)
        work.commit(Act.LIST_BROUGHT_IN)
    with store.writing() as work:
        work.remove(Prisoner, prisoner.id)
        with pytest.raises(KnownError) as caught:
            work.commit(Act.LIST_TAKEN_BACK)
    assert caught.value.code is Code.STILL_REFERENCED


def test_taken_away_is_away(store: CaseStore) -> None:
    prisoner = a_prisoner()
    added(store, prisoner)
    with store.writing() as work:
        work.save(attrs.evolve(prisoner, occupation="teacher", next_step="x"), 1)
        work.commit(Act.PRISONER_CHANGED)
    with store.reading() as read:
        assert [hit.id for hit in read.search("zor", 10)] == [prisoner.id]
    with store.writing() as work:
        work.remove(Prisoner, prisoner.id)
        work.commit(Act.LIST_TAKEN_BACK)
    with store.reading() as read:
        assert read.get_many(Prisoner, [prisoner.id]) == {}
        assert read.search("zor", 10) == []
        assert read.history(prisoner.id) == []
    found = store.verify()
    assert found.ok, found


def test_one_transaction_at_a_time(store: CaseStore) -> None:
    with store.reading(), pytest.raises(BugError), store.reading():
        pass


def test_blobs_are_kept_checked_and_dropped(store: CaseStore, desk: TestDesk) -> None:
    with store.writing() as work:
        draft = work.blob_put(b"%PDF report")
        kept = work.blob_put(b"letter" * 5000, desk.desk_key.desk)
        work.commit(Act.REPORT_MADE)
    with store.reading() as read:
        assert read.blob_get(draft) == b"%PDF report"
        assert read.blob_get(kept) == b"letter" * 5000
    with store.writing() as work:
        work.blob_drop(draft)
        work.commit(Act.REPORT_DROPPED)
    with store.reading() as read, pytest.raises(KnownError):
        read.blob_get(draft)
    assert store.verify().ok


def test_local_settings_and_drafts(desk: TestDesk) -> None:
    store = desk.sign_in()
    store.set_local("columns", "a,b")
    store.save_draft("prisoner/1", {"occupation": "teacher"})
    store.save_draft("prisoner/1", {"occupation": "nurse"})
    store.save_draft("prisoner/2", {"status": "held"})
    store.close()
    store = desk.sign_in(with_key=False)
    assert store.get_local("columns") == "a,b"
    assert [(one.key, dict(one.values)) for one in store.drafts()] == [
        ("prisoner/1", {"occupation": "nurse"}),
        ("prisoner/2", {"status": "held"}),
    ]
    store.drop_draft("prisoner/1")
    store.set_local("columns", None)
    assert [one.key for one in store.drafts()] == ["prisoner/2"]
    assert store.get_local("columns") is None
    store.close()


def test_a_relative_moved_to_another_prisoner_is_found_there(store: CaseStore) -> None:
    first, second = a_prisoner(), a_prisoner(reference="A-2")
    relative = Relative(id=record_id(), prisoner=first.id, relation="mother")
    added(store, first, second, relative)
    with store.writing() as work:
        work.save(attrs.evolve(relative, prisoner=second.id), 1)
        work.commit(Act.SEALED_CHANGED)
    with store.reading() as read:
        assert read.find(Relative, prisoner=first.id) == []
        assert [one.version for one in read.find(Relative, prisoner=second.id)] == [2]
    with store.writing() as work:
        work.remove(Relative, relative.id)
        work.commit(Act.SEALED_CHANGED)
    with store.reading() as read:
        assert read.find(Relative) == []
    assert store.verify().ok
