"""Protects: a colleague who cheats and knows the file as well as we do cannot hide what they showed, nor put
it on somebody else; where an answer may lack something, it says so."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from app.casefile.unlock import unlock
from app.domain.acts import Act
from app.domain.exposure import Access, Did, Reach
from app.domain.exposure_rows import PersonExposure, RelativeExposure
from app.domain.log import GONE, SEALED, SIGNED, Entry, EntryRow, read_entry
from app.domain.relative import Identity, Relative
from app.domain.showing import Showing
from app.services.exposure import AskPerson, AskRelative
from app.services.relatives import ShowIdentity
from app.services.session import Session
from app.storage.connection import Connection
from app.storage.log_book import entry_hash
from tests.canaries import RELATIVE_NAME
from tests.hostile.insider import append, person_named, raw, save_by_hand
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner
from tests.services.test_exposure import ended

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def shown(office: Office) -> str:
    """A mother the coordinator showed, though nobody asked her to; gives her id."""
    with office.as_person(OFFICER) as session:
        mother = add_mother(session, add_prisoner(session), full_name=RELATIVE_NAME)
    with office.as_person(COORDINATOR) as session:
        session.relatives.show(ShowIdentity(mother, "danger", "They search his flat"))
    return mother


def asked(session: Session, mother: str) -> RelativeExposure:
    return session.exposure.relative(AskRelative(mother, *YEAR))


def about(session: Session, name: str) -> PersonExposure:
    return ended(session.exposure.person(AskPerson(person_named(session, name), *YEAR)))


def seen_by(found: RelativeExposure) -> list[str]:
    return [row.person_name for row in found.deeds if row.deed.did is Did.SHOWN]


def last_showing(connection: Connection) -> Entry:
    row = connection.one(
        "SELECT body, signature FROM entry WHERE json_extract(CAST(body AS TEXT), '$.act') = ?", (Act.SHOWN,)
    )
    assert row is not None
    return read_entry(row[0], row[1])  # type: ignore[arg-type]


def test_the_record_of_a_showing_deleted_leaves_its_entry(office: Office, shown: str) -> None:
    with raw(office, COORDINATOR) as connection:
        entry = last_showing(connection)
        connection.execute("DELETE FROM sealed WHERE id = ?", (entry.rows[0].record,))
        append(office, connection, (EntryRow(SEALED, entry.rows[0].record, 2, GONE),), passphrase=COORDINATOR)
    with office.as_person(OFFICER) as session:
        found = asked(session, shown)
        assert seen_by(found) == ["Hanna K."]
        assert not session.log.verify().ok
        assert asked(session, shown).trust.checked is False


def test_whom_the_record_names_instead_did_not_do_it(office: Office, shown: str) -> None:
    with office.as_person(COORDINATOR) as session:
        vera = person_named(session, "Vera")
        with session.context.reading() as reader:
            (showing,) = reader.find(Showing)
        save_by_hand(session, attrs.evolve(showing, by=vera, reason="ask_again"), Act.SEALED_CHANGED)
    with office.as_person(OFFICER) as session:
        found = asked(session, shown)
    deeds = [row for row in found.deeds if row.deed.did is Did.SHOWN]
    assert {row.person_name for row in deeds} == {"Hanna K."}
    assert {row.named_name for row in deeds} == {"Vera O."}
    vera_row = next(row for row in found.holders if row.name == "Vera O.")
    assert vera_row.reach is Reach.OPENED  # she recorded the mother


def test_a_showing_called_something_else_is_a_showing(office: Office, shown: str) -> None:
    with office.as_person(COORDINATOR) as session, session.context.writing() as work:
        ctx = session.context
        work.add(Showing(ctx.lasting_id(), relative=shown, what="name", by=ctx.me, at=ctx.now()))
        work.commit(Act.SEALED_CHANGED, automatic=False)
    with office.as_person(OFFICER) as session:
        assert len(seen_by(asked(session, shown))) == 2


def test_a_change_marked_automatic_counts(office: Office, shown: str) -> None:
    """What Poruch does by itself writes nothing about one relative."""
    with office.as_person(COORDINATOR) as session, session.context.writing() as work:
        relative = work.get(Relative, shown)
        work.save(attrs.evolve(relative, nickname="baker"), relative.version)
        work.commit(Act.SEALED_CHANGED, automatic=True)
    with office.as_person(OFFICER) as session:
        found = asked(session, shown)
    changed = [row.person_name for row in found.deeds if row.deed.did is Did.CHANGED]
    assert changed == ["Hanna K.", "Vera O."]


def test_a_showing_marked_automatic_counts(office: Office, shown: str) -> None:
    with office.as_person(COORDINATOR) as session, session.context.writing() as work:
        identity = work.get(Relative, shown).identity
        work.mention(Identity, identity or "")
        work.commit(Act.SHOWN, automatic=True)
    with office.as_person(OFFICER) as session:
        assert len(seen_by(asked(session, shown))) == 2


def test_an_entry_in_another_name_is_nobodys(office: Office, shown: str) -> None:
    """Written by the coordinator, in the name of the officer: her signature does not hold."""
    with raw(office, COORDINATOR) as connection:
        rows = last_showing(connection).rows
        append(office, connection, rows, as_officer=True, passphrase=COORDINATOR)
        append(office, connection, (), passphrase=COORDINATOR)  # so that the file opens
    with office.as_person(OFFICER) as session:
        found = asked(session, shown)
        forged = [row for row in found.deeds if not row.deed.person]
        assert [(row.person_name, row.named_name, row.deed.did) for row in forged] == [
            ("", "Vera O.", Did.SHOWN)
        ]
        vera = next(row for row in found.holders if row.name == "Vera O.")
        assert Did.SHOWN not in vera.counts
        assert [row.deed.sequence for row in about(session, "Vera").forged] == [forged[0].deed.sequence]


def test_a_clock_set_ahead_hides_nothing_from_a_time_that_reaches_today(office: Office, shown: str) -> None:
    office.clock.turn(days=3000)
    with office.as_person(COORDINATOR) as session:
        session.relatives.show(ShowIdentity(shown, "correction"))
    office.clock.turn(days=-3000)
    with office.as_person(OFFICER) as session:
        day = (session.today(), session.today())
        found = session.exposure.relative(AskRelative(shown, *day))
        assert len(seen_by(found)) == 2


def test_the_entry_cut_out_breaks_the_log_and_is_said(office: Office, shown: str) -> None:
    with office.as_person(OFFICER) as session:
        session.relatives.get(shown)
    with raw(office, COORDINATOR) as connection:
        entry = last_showing(connection)
        connection.execute("DELETE FROM entry WHERE sequence = ?", (entry.sequence,))
    with office.as_person(OFFICER) as session:
        found = asked(session, shown)
        assert seen_by(found) == []
        assert found.trust.breaks_at == entry.sequence + 1
        assert found.trust.unreadable.gone == frozenset()
        hanna = next(row for row in found.holders if row.name == "Hanna K.")
        assert hanna.holder.access is Access.HELD


def test_an_entry_emptied_and_joined_again_no_longer_carries_its_signature(
    office: Office, shown: str
) -> None:
    """Everything after it is joined again: whoever did that cannot sign for the others."""
    with office.as_person(OFFICER) as session:
        session.relatives.get(shown)
    with raw(office, COORDINATOR) as connection:
        emptied = last_showing(connection)
        keys = unlock(office.folder, COORDINATOR).keys
        entry = attrs.evolve(emptied, rows=(), act=Act.UNDONE.value)
        entry = attrs.evolve(entry, signature=keys.sign(SIGNED, entry.body()))
        write(connection, entry)
        previous = entry
        later = connection.rows("SELECT body, signature FROM entry WHERE sequence > ?", (entry.sequence,))
        for body, signature in list(later):
            moved = read_entry(body, signature)  # type: ignore[arg-type]
            moved = attrs.evolve(moved, previous=entry_hash(previous.body(), previous.signature))
            write(connection, moved)
            previous = moved
        append(office, connection, (), passphrase=COORDINATOR)
    with office.as_person(OFFICER) as session:
        found = asked(session, shown)
        assert found.trust.breaks_at == 0
        opened = [row for row in found.deeds if row.deed.did is Did.OPENED]
        assert [(row.person_name, row.named_name) for row in opened] == [("", "Vera O.")]
        assert not session.log.verify().ok


def write(connection: Connection, entry: Entry) -> None:
    connection.execute(
        "UPDATE entry SET body = ?, signature = ? WHERE sequence = ?",
        (entry.body(), entry.signature, entry.sequence),
    )


def test_a_relative_who_is_gone_may_be_the_one_who_was_shown(office: Office, shown: str) -> None:
    """The other one was shown and then taken out of the file: it may have been this one, and that is said."""
    with office.as_person(COORDINATOR) as session:
        other = add_mother(session, add_prisoner(session, family_name="Zorka"), full_name="Nobody Atall")
        session.relatives.show(ShowIdentity(other, "danger", "They search his flat"))
        with session.context.reading() as reader:
            taken = {other, reader.get(Relative, other).identity or ""}
    with raw(office, COORDINATOR) as connection:
        for record in taken:
            connection.execute("DELETE FROM sealed WHERE id = ?", (record,))
        rows = tuple(EntryRow(SEALED, record, 2, GONE) for record in sorted(taken))
        append(office, connection, rows, passphrase=COORDINATOR)
    with office.as_person(OFFICER) as session:
        found = asked(session, shown)
        unknown = [row for row in found.deeds if not row.deed.relative]
        assert [(row.person_name, row.deed.did) for row in unknown] == [("Hanna K.", Did.SHOWN)]
        hanna = about(session, "Hanna")
        assert [row.deed.did for row in hanna.lost] == [Did.SHOWN]
        assert found.trust.unreadable.gone


def test_somebody_without_a_key_on_record_who_opened_counts_as_could(office: Office, shown: str) -> None:
    """Reports staff with a stolen desk key: the signed list does not say how, and the log says that."""
    with raw(office, REPORTS) as connection:
        append(office, connection, last_showing(connection).rows, passphrase=REPORTS)
    with office.as_person(OFFICER) as session:
        found = asked(session, shown)
        first = found.holders[0]
        assert (first.name, first.holder.access) == ("Ida S.", Access.UNPROVED)
        assert [row.access for row in about(session, "Ida").rows] == [Access.UNPROVED]
