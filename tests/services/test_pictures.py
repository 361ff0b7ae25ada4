"""Photos: what a camera wrote beside the pixels never arrives, and nothing that is no picture is kept."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from PIL import Image

from app.domain.errors import Code, KnownError
from app.services.pictures import HIGH, WIDE, SetPhoto, prepared
from app.services.session import Session
from tests.services.office import COORDINATOR, REPORTS, Office, add_prisoner

_ORIENTATION = 0x0112
_GPS = 0x8825


def photo(width: int = 900, height: int = 700, form: str = "JPEG", *, orientation: int = 1) -> bytes:
    """A picture with a red top half and a place in its Exif."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width, height // 2))
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif[0x010F] = "Camera of a neighbour"
    exif.get_ifd(_GPS)[1] = "N"
    out = io.BytesIO()
    image.save(out, form, exif=exif, comment=b"taken at home") if form == "JPEG" else image.save(out, form)
    return out.getvalue()


@pytest.fixture
def coordinator(office: Office) -> Iterator[Session]:
    with office.as_person(COORDINATOR) as session:
        yield session


def test_nothing_but_pixels_arrives() -> None:
    made = prepared(photo())
    assert b"neighbour" not in made
    assert b"at home" not in made
    assert b"Exif" not in made
    with Image.open(io.BytesIO(made)) as opened:
        assert not opened.getexif()
        assert opened.size[0] * HIGH == opened.size[1] * WIDE
        assert opened.size <= (WIDE, HIGH)


def test_what_a_camera_wrote_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    taken = photo()  # making it logs what it writes, too
    caplog.clear()
    logging.getLogger("PIL").setLevel(logging.NOTSET)  # as in a program that has read no picture yet
    with caplog.at_level(logging.DEBUG):
        prepared(taken)
    assert "neighbour" not in caplog.text


def test_a_picture_taken_sideways_is_turned_upright() -> None:
    with Image.open(io.BytesIO(prepared(photo(600, 900, orientation=3)))) as opened:
        red, _green, blue = opened.convert("RGB").getpixel((opened.width // 2, opened.height - 5))  # type: ignore[misc]
    assert red > 200
    assert blue < 60


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert prepared(photo(form="PNG")) == prepared(photo(form="PNG"))


def test_a_small_picture_is_not_blown_up() -> None:
    with Image.open(io.BytesIO(prepared(photo(40, 50)))) as opened:
        assert opened.size == (40, 50)


@pytest.mark.parametrize(
    "untrusted",
    [b"", b"GIF89a....", b"%PDF-1.7", photo()[:300], b"\x89PNG\r\n\x1a\n" + b"\0" * 60],
    ids=["empty", "gif", "pdf", "cut off", "broken png"],
)
def test_what_is_no_picture_is_refused(untrusted: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        prepared(untrusted)
    assert caught.value.code is Code.PICTURE_UNREADABLE


def test_a_photo_is_kept_replaced_and_taken_away(coordinator: Session) -> None:
    one = add_prisoner(coordinator)
    assert coordinator.pictures.photo(one) is None
    coordinator.pictures.set_photo(SetPhoto(one, 1, photo()))
    first = coordinator.pictures.photo(one)
    coordinator.pictures.set_photo(SetPhoto(one, 2, photo(form="PNG", width=500)))
    assert coordinator.pictures.photo(one) not in (None, first)
    coordinator.pictures.set_photo(SetPhoto(one, 3, None))
    assert coordinator.pictures.photo(one) is None
    assert [row.field for row in coordinator.prisoners.history(one)] == ["photo"] * 3


def test_somebody_elses_photo_meanwhile_is_a_conflict(coordinator: Session) -> None:
    one = add_prisoner(coordinator)
    coordinator.pictures.set_photo(SetPhoto(one, 1, photo()))
    with pytest.raises(KnownError) as caught:
        coordinator.pictures.set_photo(SetPhoto(one, 1, photo(form="PNG")))
    assert caught.value.code is Code.CONFLICT


def test_reports_staff_look_at_photos_and_change_none(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        one = add_prisoner(session)
        session.pictures.set_photo(SetPhoto(one, 1, photo()))
    with office.as_person(REPORTS) as session:
        assert session.pictures.photo(one)
        with pytest.raises(KnownError) as caught:
            session.pictures.set_photo(SetPhoto(one, 2, None))
        assert caught.value.code is Code.NOT_ALLOWED


def test_a_photo_is_replaced_and_taken_away_and_undo_brings_each_back(coordinator: Session) -> None:
    prisoner, pictures = add_prisoner(coordinator), coordinator.pictures

    def set_photo(content: bytes | None) -> bytes | None:
        version = coordinator.prisoners.get(prisoner).prisoner.version
        pictures.set_photo(SetPhoto(prisoner, version, content))
        return pictures.photo(prisoner)

    first, second = set_photo(photo()), set_photo(photo(600, 900))
    assert first is not None
    assert second not in (None, first)
    assert set_photo(None) is None
    coordinator.undo.undo()
    assert pictures.photo(prisoner) == second
    coordinator.undo.undo()
    assert pictures.photo(prisoner) == first
