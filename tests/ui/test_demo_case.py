"""Protects: a demo of another state of the program is made anew, and nothing else is ever touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app import demo, demo_state
from app.demo_state import Kept, kept
from app.domain.errors import Code, KnownError
from app.domain.progress import no_progress
from tests.services.office import an_office, another_office
from ui.demo_case import make_demo_case


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where a demo was made; a small case file stands for it."""
    folders: list[Path] = []

    def make(folder: Path, say: object, **rest: object) -> None:
        folders.append(folder)
        another_office(folder, alone=True)
        (folder.parent / "reports-of-somebody").mkdir(exist_ok=True)

    monkeypatch.setattr(demo, "make_demo", make)
    return folders


@pytest.fixture
def change_program(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(demo_state, "program_state", lambda: "another")


def _everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_start_takes_the_demo_that_is_there(tmp_path: Path, made: list[Path]) -> None:
    place, people = make_demo_case(tmp_path / "case-file", no_progress)
    was = _everything(place)
    assert make_demo_case(place, no_progress) == (place, people)
    assert len(made) == 1
    assert _everything(place) == was
    assert "coordinator" in people[0].roles


def test_a_demo_of_another_state_of_the_program_is_made_anew(
    tmp_path: Path, made: list[Path], change_program: Callable[[], None]
) -> None:
    place, _people = make_demo_case(tmp_path / "case-file", no_progress)
    was = _everything(place)
    change_program()
    assert kept(place) is Kept.OUTDATED
    assert make_demo_case(place, no_progress)[0] == place
    assert len(made) == 2
    assert kept(place) is Kept.CURRENT
    assert _everything(place) != was
    assert {path.name for path in tmp_path.iterdir()} == {
        "case-file",
        "case-file.demo",
        "reports-of-somebody",
    }


def test_what_is_not_known_to_be_the_demo_is_left_alone(
    tmp_path: Path, made: list[Path], change_program: Callable[[], None]
) -> None:
    place = tmp_path / "case-file"
    an_office(place)
    was = _everything(place)
    change_program()
    other, _people = make_demo_case(place, no_progress)
    assert (other, made) == (tmp_path / "case-file-2", [tmp_path / "case-file-2-in-the-making"])
    assert _everything(place) == was
    assert make_demo_case(place, no_progress)[0] == other
    assert len(made) == 1


def test_a_case_file_put_in_the_place_of_the_demo_is_not_the_demo(
    tmp_path: Path, change_program: Callable[[], None]
) -> None:
    """The marker stays behind when somebody moves folders: it says which case file it means."""
    place, _people = make_demo_case(tmp_path / "case-file", no_progress)
    place.rename(tmp_path / "elsewhere")
    an_office(place)
    was = _everything(place)
    change_program()
    assert make_demo_case(place, no_progress)[0] == tmp_path / "case-file-2"
    assert _everything(place) == was


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b"null", b'{"case_file": 1}', b"\xff\xfe"])
def test_a_marker_that_cannot_be_read_says_nothing(tmp_path: Path, said: bytes) -> None:
    place, _people = make_demo_case(tmp_path / "case-file", no_progress)
    (tmp_path / "case-file.demo").write_bytes(said)
    was = _everything(place)
    assert kept(place) is Kept.NOT_THE_DEMO
    assert make_demo_case(place, no_progress)[0] == tmp_path / "case-file-2"
    assert _everything(place) == was


def test_a_header_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    place, _people = make_demo_case(tmp_path / "case-file", no_progress)
    for name in ("keys.poruch", "keys.poruch.2"):
        (place / name).write_bytes(b"something else")
    assert kept(place) is Kept.NOT_THE_DEMO


def test_stopped_while_it_is_made_anew_the_old_one_is_still_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change_program: Callable[[], None]
) -> None:
    place, _people = make_demo_case(tmp_path / "case-file", no_progress)
    was = _everything(place)
    change_program()

    def stop(folder: Path, say: object, **rest: object) -> None:
        folder.mkdir()
        raise KnownError(Code.CANCELLED)

    monkeypatch.setattr(demo, "make_demo", stop)
    with pytest.raises(KnownError):
        make_demo_case(place, no_progress)
    assert _everything(place) == was


def test_the_state_of_the_program_counts_what_is_stored() -> None:
    names = {path.name for path in demo_state._files()}
    assert {"0001_first.sql", "demo.toml", "prisoner.py", "store.py", "demo_casework.py"} <= names
    assert len(demo_state.program_state()) == 64
