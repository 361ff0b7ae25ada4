"""Protects: what is written into a copy with its true keys beside the program widens and breaks nothing.

Whoever carries a copy holds its keys: every entry below is signed by them, chained and in order.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from app.casefile import files
from app.casefile.unlock import unlock
from app.copying_home import came_home
from app.copying_out import CopyMade
from app.domain.acts import Act
from app.domain.derived_copy import CopyNote
from app.domain.errors import Code, KnownError
from app.domain.fields import LONGEST_TEXT
from app.domain.godparent import Godparent
from app.domain.hold import Hold
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicText, PublicTexts, texts_id
from app.domain.report import Report
from app.services.prisoners import EditPrisoner
from app.services.reports import MakeReport
from app.services.session import Session
from app.services.this_copy import WriteNote, note_id
from app.storage.connection import open_existing
from tests.services.copies import Carried, carried
from tests.services.office import COORDINATOR, OFFICER, an_office

Forge = Callable[[Session, str], None]
_CONTROLS = "seen\x00unseen\x07"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> tuple[Carried, CopyMade]:
    folder = tmp_path_factory.mktemp("ground")
    home = carried(an_office(folder / "casefile"))
    made = home.made(folder / "copy", "reports", "Ida S.")
    with home.open(made) as session:
        session.reports.make(MakeReport("public_list", "en", ("csv",), title="From the road"))
    return home, made


@pytest.fixture
def there(ground: tuple[Carried, CopyMade], tmp_path: Path) -> tuple[Carried, CopyMade]:
    home, made = ground
    shutil.copytree(made.folder, tmp_path / "copy")
    moved = attrs.evolve(home, office=home.office.copied(tmp_path / "casefile"))
    return moved, attrs.evolve(made, folder=tmp_path / "copy")


def _forged(home: Carried, made: CopyMade, forge: Forge) -> None:
    with home.open(made) as session:
        with session.context.reading() as reader:
            (prisoner,) = [one.id for one in reader.find(Prisoner)]
        forge(session, prisoner)


def _note(text: str) -> Forge:
    def forge(session: Session, prisoner: str) -> None:
        with session.context.writing() as work:
            work.add(CopyNote(note_id(prisoner), prisoner=prisoner, text=text))
            work.commit(Act.COPY_NOTED)

    return forge


def _text(text: str) -> Forge:
    def forge(session: Session, prisoner: str) -> None:
        with session.context.writing() as work:
            found = work.get(PublicTexts, texts_id(prisoner))
            texts = (PublicText(language="de", text=text),)
            work.save(attrs.evolve(found, public_summary=texts), found.version)
            work.commit(Act.PRISONER_CHANGED)

    return forge


def _title(title: str) -> Forge:
    def forge(session: Session, _prisoner: str) -> None:
        with session.context.writing() as work:
            (found,) = work.find(Report)
            work.add(attrs.evolve(found, id=RecordId(new_id()), version=0, title=title))
            work.commit(Act.REPORT_MADE)

    return forge


def _stop(noun: str, on: str | None = None) -> Forge:
    def forge(session: Session, prisoner: str) -> None:
        at = session.context.clock.now()
        hold = Hold(RecordId(new_id()), on_noun=noun, on_id=prisoner if on is None else on, reason="danger")
        with session.context.writing() as work:
            work.add(attrs.evolve(hold, placed_by=session.context.me, placed_at=at))
            work.commit(Act.HOLD_PLACED)

    return forge


@pytest.mark.parametrize(
    "forge",
    [
        _note("A" * (LONGEST_TEXT + 1)),
        _note(_CONTROLS),
        _text("A" * (LONGEST_TEXT + 1)),
        _text(_CONTROLS),
        _title("A" * 5_000),
        _title(_CONTROLS),
        _stop("report"),
        _stop("relative"),
    ],
    ids=[
        "long note",
        "controls",
        "long text",
        "controls in it",
        "long title",
        "controls in it",
        "noun",
        "relative",
    ],
)
def test_what_the_program_would_not_have_taken_is_an_altered_copy(
    there: tuple[Carried, CopyMade], forge: Forge
) -> None:
    home, made = there
    _forged(home, made, forge)
    with home.office.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as refused:
            came_home(session, made.folder, made.passphrase)
        assert refused.value.code is Code.COPY_ALTERED


def test_a_stop_on_something_of_another_kind_or_no_country_is_on_nothing_here(
    there: tuple[Carried, CopyMade],
) -> None:
    home, made = there

    def on_a_godparent(session: Session, prisoner: str) -> None:
        with session.context.reading() as reader:
            (godparent,) = [one.id for one in reader.find(Godparent)]
        _stop("facility", godparent)(session, prisoner)

    for forge in (on_a_godparent, _stop("country", "Z<b>")):
        _forged(home, made, forge)
    with home.office.as_person(OFFICER) as session:
        found = came_home(session, made.folder, made.passphrase)
        assert [one.what for one in found.items] == ["draft"]
        assert found.gone == 2


def test_a_stop_on_everything_is_one_on_everything_here_whatever_stands_beside_it(
    there: tuple[Carried, CopyMade],
) -> None:
    home, made = there
    _forged(home, made, _stop("case_file", "junk"))
    with home.office.as_person(OFFICER) as session:
        found = came_home(session, made.folder, made.passphrase)
        (stop,) = [one for one in found.items if one.what == "stop"]
        assert stop.about == "The whole case file"
        session.coming_home.take(found, [stop.key])
        with session.context.reading() as reader:
            assert [one.on_id for one in reader.find(Hold) if one.on_noun == "case_file"] == [""]
        assert session.prisoners.row(home.told).stopped


def test_a_note_that_does_not_fit_behind_ours_is_refused_before_anything_is_taken_in(
    there: tuple[Carried, CopyMade],
) -> None:
    home, made = there
    with home.office.as_person(COORDINATOR) as session:
        view = session.prisoners.get(home.told).prisoner
        session.prisoners.edit(EditPrisoner(home.told, view.version, {"working_notes": "B" * 90_000}))
    with home.open(made) as session:
        row = session.prisoners.rows()[0]
        session.this_copy.write(WriteNote(row.id, 0, "A" * 20_000))
    _forged(home, made, _stop("prisoner"))
    with home.office.as_person(OFFICER) as session:
        found = came_home(session, made.folder, made.passphrase)
        with pytest.raises(KnownError) as refused:
            session.coming_home.take(found, [one.key for one in found.items])
        assert refused.value.code is Code.TOO_LONG
        assert not session.prisoners.row(home.told).stopped
        keys = [one.key for one in found.items if one.what != "note"]
        assert session.coming_home.take(found, keys).taken >= 1


_ENDLESS = "WITH RECURSIVE endless(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM endless)"


@pytest.mark.parametrize(
    "statements",
    [
        (
            "ALTER TABLE prisoner RENAME TO aside",
            f"CREATE VIEW prisoner AS {_ENDLESS} SELECT aside.* FROM aside, endless",
        ),
        ("ALTER TABLE entry ADD COLUMN more TEXT AS (hex(zeroblob(100000000)))",),
    ],
    ids=["a view without an end", "a column that is computed"],
)
def test_a_table_that_is_none_of_ours_is_asked_nothing(
    there: tuple[Carried, CopyMade], statements: tuple[str, ...]
) -> None:
    """It held the window of home for ever: nothing of it may run before it is looked at."""
    home, made = there
    unlocked = unlock(made.folder, made.passphrase)
    connection = open_existing(made.folder / files.DATABASE, unlocked.main)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    with home.office.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as refused:
            came_home(session, made.folder, made.passphrase)
        assert refused.value.code is Code.DATA_DAMAGED
