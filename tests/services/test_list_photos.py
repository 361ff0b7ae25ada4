"""Protects: photos beside a list join by number, are pixels only, overwrite nobody, go back with the list."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from app.domain.errors import Code, KnownError
from app.domain.progress import Cancelled
from app.services.intake import Looked
from app.services.list_photos import PhotoState
from app.services.pictures import SetPhoto
from app.services.session import Session
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import COORDINATOR, Office


def picture(form: str = "JPEG", colour: str = "red") -> bytes:
    """A small picture that says where it was taken."""
    image, out = Image.new("RGB", (90, 70), colour), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of a neighbour"
    image.save(out, form, exif=exif) if form == "JPEG" else image.save(out, form)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    return made


def looked_at(session: Session, tmp_path: Path, folder: Path, rows: object = HELD) -> Looked:
    path = write_list(tmp_path / "list.csv", rows)  # type: ignore[arg-type]
    return session.intake.look_photos(session.intake.look(path, SOURCE), folder)


def states(looked: Looked) -> dict[str, PhotoState]:
    return {line.file or f"row {line.row}": line.state for line in looked.photos.lines}


def photo_of(session: Session, name: str) -> str | None:
    (found,) = [one for one in session.prisoners.rows() if one.name == name]
    return session.prisoners.get(found.id).prisoner.photo


def test_files_join_by_number_and_what_does_not_is_said(office: Office, tmp_path: Path, folder: Path) -> None:
    files = {"0001.JPG": picture(), "2_portrait.png": picture("PNG"), "9.jpg": picture(), "notes.txt": b"x"}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with office.as_person(COORDINATOR) as session:
        looked = looked_at(session, tmp_path, folder)
        assert states(looked) == {
            "0001.JPG": PhotoState.READY,
            "2_portrait.png": PhotoState.READY,
            "9.jpg": PhotoState.NOBODY,
            "row 4": PhotoState.MISSING,
        }
        session.intake.commit(looked)
        blob = photo_of(session, "Iodkauuk, Anton")
        assert blob
        with session.context.reading() as reader:
            kept = reader.blob_get(blob)
        assert b"neighbour" not in kept
        assert photo_of(session, "Ziaziuluk, Hleb")
        assert photo_of(session, "Krapiuuk, Nadzeia") is None
        assert session.log.verify().ok


def test_numbers_that_only_count_the_rows_will_do_beside_their_list(
    office: Office, tmp_path: Path, folder: Path
) -> None:
    path = tmp_path / "office.csv"
    path.write_text("№;Імя;Прозвішча\n101;Ryhor;Dzikavets\n102;Volha;Arechava\n", encoding="utf-8")
    (folder / "102.jpg").write_bytes(picture())
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look_photos(session.intake.look(path, "Office"), folder)
        assert [row.key for row in looked.preview.rows] == ["", ""]
        assert states(looked) == {"102.jpg": PhotoState.READY, "row 2": PhotoState.MISSING}
        session.intake.commit(looked)
        assert photo_of(session, "Arechava, Volha")
        assert photo_of(session, "Dzikavets, Ryhor") is None


def test_hostile_files_are_listed_and_harm_nobody(office: Office, tmp_path: Path, folder: Path) -> None:
    (folder / "1.jpg").write_bytes(b"\xff\xd8\xff" + b"\0" * 500)
    (folder / "2.jpg").write_bytes(picture()[:60])
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "3.jpg")
        (folder / "3.png").symlink_to("/dev/zero")
    with office.as_person(COORDINATOR) as session:
        looked = looked_at(session, tmp_path, folder)
        found = states(looked)
        assert (found["1.jpg"], found["2.jpg"]) == (PhotoState.NO_PICTURE, PhotoState.NO_PICTURE)
        assert "3.jpg" not in found
        assert looked.photos.ready == 0


def test_nobody_gets_a_photo_that_may_be_somebody_elses(office: Office, tmp_path: Path, folder: Path) -> None:
    for name in ("1.jpg", "1.png", "2.jpg"):
        (folder / name).write_bytes(picture(Path(name).suffix.upper()[1:].replace("JPG", "JPEG")))
    rows = [row(1, "Anton Iodkauuk"), row(2, "Anonymous")]
    with office.as_person(COORDINATOR) as session:
        found = states(looked_at(session, tmp_path, folder, rows))
        assert found == {
            "1.jpg": PhotoState.TWICE,
            "1.png": PhotoState.TWICE,
            "2.jpg": PhotoState.HIDDEN,
        }


def test_a_photo_that_stands_stays_and_new_ones_go_back_with_the_list(
    office: Office, tmp_path: Path, folder: Path
) -> None:
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(looked_at(session, tmp_path, folder))
        (first,) = [one for one in session.prisoners.rows() if one.name == "Iodkauuk, Anton"]
        session.pictures.set_photo(SetPhoto(first.id, first.version, picture(colour="blue")))
        mine = photo_of(session, "Iodkauuk, Anton")
        for number in (1, 2):
            (folder / f"{number}.jpg").write_bytes(picture())
        looked = looked_at(session, tmp_path, folder)
        assert states(looked)["1.jpg"] is PhotoState.HAS_ONE
        run = session.intake.commit(looked).id
        assert photo_of(session, "Iodkauuk, Anton") == mine
        came = photo_of(session, "Ziaziuluk, Hleb")
        assert came
        session.intake.take_back(run)
        assert photo_of(session, "Ziaziuluk, Hleb") is None
        assert photo_of(session, "Iodkauuk, Anton") == mine
        with session.context.reading() as reader, pytest.raises(KnownError):
            reader.blob_get(came)
        assert session.log.verify().ok


def test_a_whole_list_goes_back_with_its_photos(office: Office, tmp_path: Path, folder: Path) -> None:
    (folder / "1.jpg").write_bytes(picture())
    with office.as_person(COORDINATOR) as session:
        run = session.intake.commit(looked_at(session, tmp_path, folder)).id
        came = photo_of(session, "Iodkauuk, Anton")
        assert came
        session.intake.take_back(run)
        assert session.prisoners.rows() == ()
        with session.context.reading() as reader, pytest.raises(KnownError):
            reader.blob_get(came)


def test_no_folder_is_said_and_a_person_may_stop(office: Office, tmp_path: Path, folder: Path) -> None:
    (folder / "1.jpg").write_bytes(picture())

    def stop(done: int, total: int, what: str) -> None:
        raise Cancelled

    with office.as_person(COORDINATOR) as session:
        path = write_list(tmp_path / "list.csv", HELD)
        looked = session.intake.look(path, SOURCE)
        with pytest.raises(KnownError) as caught:
            session.intake.look_photos(looked, tmp_path / "nowhere")
        assert caught.value.code is Code.PHOTOS_UNREADABLE
        with pytest.raises(Cancelled):
            session.intake.look_photos(looked, folder, stop)
