"""Protects: what fields held is kept with its entry, read by whom it may, and gone with its record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from app.domain.acts import Act
from app.domain.errors import KnownError
from app.domain.prisoner import Prisoner
from app.domain.relative import Identity, Relative
from app.storage import old_values
from app.storage.old_items import OpenOld, SealedOld, items_in, read_item
from app.storage.store import CaseStore
from tests.storage.desk import TestDesk, make_desk, record_id
from tests.storage.test_unit_of_work import a_prisoner, added


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    return make_desk(tmp_path)


def one_of_each() -> tuple[Prisoner, Identity, Relative]:
    prisoner = a_prisoner(working_notes="first note", occupation="nurse")
    identity = Identity(id=record_id(), full_name="First Spelling")
    relative = Relative(
        id=record_id(), prisoner=prisoner.id, identity=identity.id, relation="mother", nickname="gardener"
    )
    return prisoner, identity, relative


def changed(store: CaseStore, *families: tuple[Prisoner, Identity, Relative]) -> None:
    """Every record of these changed in one transaction."""
    with store.writing() as work:
        for prisoner, identity, relative in families:
            work.save(attrs.evolve(prisoner, occupation="cook", working_notes="second note"), 1)
            work.save(attrs.evolve(identity, full_name="Second Spelling"), 1)
            work.save(attrs.evolve(relative, nickname="baker"), 1)
        work.commit(Act.PRISONER_CHANGED)


def stored_items(store: CaseStore) -> Iterator[bytes]:
    """The items of the newest entry that has any."""
    row = store._core.connection.one("SELECT old FROM entry WHERE old IS NOT NULL ORDER BY sequence DESC")
    assert row is not None
    assert isinstance(row[0], bytes)
    yield from items_in(row[0])


def test_history_of_open_and_closed_fields(desk: TestDesk) -> None:
    family = one_of_each()
    store = desk.sign_in()
    added(store, family[0], family[1], family[2])
    changed(store, family)
    with store.reading() as read:
        before = {one.field: (one.before, one.after) for one in read.history(family[0].id)}
        assert before == {"occupation": ("nurse", "cook"), "working_notes": ("first note", "second note")}
        assert [one.before for one in read.history(family[2].id)] == ["gardener"]
        assert read.history(family[1].id) == []  # identities stay closed
    store.close()
    store = desk.sign_in(with_key=False)
    with store.reading() as read:
        assert [one.field for one in read.history(family[0].id)] == ["occupation"]
        assert read.history(family[2].id) == []
    store.close()


def test_erasing_takes_old_values_and_salts_and_nothing_of_others(desk: TestDesk) -> None:
    gone, stays = one_of_each(), one_of_each()
    store = desk.sign_in()
    added(store, *gone[:2], gone[2], *stays[:2], stays[2])
    changed(store, gone, stays)
    kept = list(stored_items(store))
    with store.writing() as work:
        work.remove(Relative, gone[2].id)
        work.remove(Identity, gone[1].id)
        work.remove(Prisoner, gone[0].id)
        work.commit(Act.LIST_TAKEN_BACK)
    items = list(stored_items(store))
    assert items == [b"", b"", b"", b"", *kept[4:]]
    sealed = [read_item(item) for item in items[4:]]
    assert {one.record for one in sealed} >= {stays[0].id, stays[1].id, stays[2].id}
    assert sum(isinstance(one, SealedOld) for one in sealed) == 3
    with store.reading() as read:
        assert read.history(gone[0].id) == []
        assert len(read.history(stays[0].id)) == 2
    assert store.verify().ok
    store.close()


def test_what_was_not_committed_erases_nothing(desk: TestDesk) -> None:
    family = one_of_each()
    store = desk.sign_in()
    added(store, family[0], family[1], family[2])
    changed(store, family)
    with store.writing() as work:
        work.remove(Relative, family[2].id)
    with store.reading() as read:
        assert [one.before for one in read.history(family[2].id)] == ["gardener"]
        assert read.fields_changed_since(Relative, family[2].id, 1) == {"nickname"}
    assert store.verify().ok
    store.close()


def test_changed_and_taken_away_at_once_leaves_no_old_value(desk: TestDesk) -> None:
    family = one_of_each()
    store = desk.sign_in()
    added(store, family[0], family[1], family[2])
    with store.writing() as work:
        work.save(attrs.evolve(family[2], nickname="baker"), 1)
        assert work.fields_changed_since(Relative, family[2].id, 1) == {"nickname"}
        work.remove(Relative, family[2].id)
        work.commit(Act.SEALED_CHANGED)
    row = store._core.connection.one("SELECT count(*) FROM entry WHERE old IS NOT NULL")
    assert row == (0,)
    assert store.verify().ok
    store.close()


def test_an_old_value_moved_to_another_version_does_not_open(desk: TestDesk) -> None:
    family = one_of_each()
    store = desk.sign_in()
    added(store, family[0], family[1], family[2])
    changed(store, family)
    olds = [read_item(item) for item in stored_items(store)]
    sealed = next(one for one in olds if isinstance(one, SealedOld) and one.record == family[2].id)
    assert store._core.registers.old_fields(sealed) == {"nickname": "gardener"}
    for wrong in (
        attrs.evolve(sealed, version=3),
        attrs.evolve(sealed, record=family[1].id),
        attrs.evolve(sealed, blob=sealed.blob[:-1] + bytes([sealed.blob[-1] ^ 1])),
    ):
        with pytest.raises(KnownError, match="record_damaged"):
            store._core.registers.old_fields(wrong)
    store.close()


def test_many_changed_at_once_are_read_once_for_everybody(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that changes a thousand people is one entry: walking them must not read it a thousand times."""
    families = [one_of_each() for _ in range(12)]
    store = desk.sign_in()
    added(store, *[record for prisoner, identity, relative in families for record in (prisoner, identity)])
    added(store, *[relative for _prisoner, _identity, relative in families])
    changed(store, *families)
    read_items: list[bytes] = []

    def counted(item: bytes) -> OpenOld | SealedOld:
        read_items.append(item)
        return read_item(item)

    monkeypatch.setattr(old_values, "read_item", counted)
    with store.reading() as read:
        for prisoner, _identity, relative in families:
            assert len(read.history(prisoner.id)) == 2
            assert read.fields_changed_since(Relative, relative.id, 1) == {"nickname"}
    assert len(read_items) == len(list(stored_items(store)))
    store.close()


def test_what_was_read_before_erasing_is_not_remembered(desk: TestDesk) -> None:
    family = one_of_each()
    store = desk.sign_in()
    added(store, family[0], family[1], family[2])
    changed(store, family)
    with store.reading() as read:
        assert [one.before for one in read.history(family[2].id)] == ["gardener"]
    with store.writing() as work:
        assert [one.before for one in work.history(family[2].id)] == ["gardener"]
        work.remove(Relative, family[2].id)
        work.commit(Act.SEALED_CHANGED)
    with store.reading() as read:
        assert read.history(family[2].id) == []
    store.close()
