"""Pictures made to do harm: whatever comes in, pixels and nothing else come out, or one refusal."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base

from app.domain.errors import Code, KnownError
from app.picture_reading import Drawn, Shape, _Understanding, drawn
from app.reports.portraits import SHAPE, portraits
from app.reports.verify.pictures import beside_pixels
from app.reports.writers.package import packed
from app.services.pictures import prepared
from tests.canaries import NOTE, RELATIVE_ADDRESS
from tests.reports.faces import drawing


def _saved(form: str = "JPEG", size: tuple[int, int] = (800, 1000), **more: object) -> bytes:
    out = io.BytesIO()
    drawing(3, size).save(out, form, **more)
    return out.getvalue()


def _of_a_phone() -> bytes:
    exif = Image.Exif()
    exif[Base.Artist] = exif[Base.ImageDescription] = RELATIVE_ADDRESS
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (53.9, 0.0, 0.0)
    return _saved(exif=exif, comment=NOTE.encode(), xmp=NOTE.encode())


def _of_colours() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return _saved(icc_profile=profile.replace(b"sRGB", b"blue"))


def _and_archive() -> bytes:
    return _saved() + packed([("names.txt", NOTE.encode())])


def _and_page() -> bytes:
    return _saved() + f"<script>{NOTE}</script>".encode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _bomb(wide: int, high: int) -> bytes:
    """A PNG of nothing, some kilobytes small, that unpacks to a hundred million pixels."""
    row = zlib.compressobj(9)
    packed_rows = b"".join(row.compress(bytes(1 + wide)) for _ in range(high)) + row.flush()
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed_rows) + _chunk(b"IEND", b"")


_TOLD: dict[str, Callable[[], bytes]] = {
    "a phone's place and words": _of_a_phone,
    "a profile of colours": _of_colours,
    "an archive behind it": _and_archive,
    "a page behind it": _and_page,
    "words in a PNG": lambda: _saved("PNG", pnginfo=None),
    "many pictures": lambda: _saved("WEBP", save_all=True, append_images=[drawing(4)]),
}


@pytest.mark.parametrize("what", _TOLD)
@pytest.mark.plants("what a camera and a stranger wrote into a picture")
def test_pixels_and_nothing_else_come_out(what: str) -> None:
    untrusted = _TOLD[what]()
    (shown,) = portraits([untrusted])
    assert shown is not None
    assert (shown.wide, shown.high) == (SHAPE.wide, SHAPE.high)
    assert beside_pixels(shown.content) == ""
    assert beside_pixels(prepared(untrusted)) == ""
    assert not any(word in shown.content for word in (NOTE.encode()[:12], b"blue", b"PK\x03", b"script"))


_REFUSED: dict[str, Callable[[], bytes]] = {
    "a hundred million pixels": lambda: _bomb(10_000, 10_000),
    "cut off": lambda: _saved()[:900],
    "a drawing with a script": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "a page": lambda: b"<html>\xff\xd8\xff</html>",
    "a TIFF": lambda: _saved("TIFF"),
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("what", _REFUSED)
def test_what_is_no_picture_is_refused_and_the_others_come_through(what: str) -> None:
    shown = portraits([_saved(), _REFUSED[what](), _saved("PNG")])
    assert [one is not None for one in shown] == [True, False, True]
    with pytest.raises(KnownError) as refused:
        prepared(_REFUSED[what]())
    assert refused.value.code is Code.PICTURE_UNREADABLE


def test_the_same_picture_gives_the_same_bytes() -> None:
    one, other = portraits([_saved(), _saved()])
    assert one == other
    assert one == portraits([_saved()])[0]


def test_a_small_picture_is_not_blown_up_and_a_broad_one_is_cropped() -> None:
    small, broad = drawn([_saved(size=(80, 100)), _saved(size=(3000, 400))], SHAPE)
    assert isinstance(small, Drawn)
    assert isinstance(broad, Drawn)
    assert (small.wide, small.high) == (80, 100)
    assert (broad.wide, broad.high) == (320, 400)


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b"[]",
        b'{"wide":321,"high":400,"pixels":""}',
        b'{"wide":2,"high":2,"pixels":"AAAA"}',
        b'{"wide":-2,"high":-2,"pixels":"AAAAAAAAAAAAAAAA"}',
        b'{"wide":1,"high":1,"pixels":"%%%%"}',
        b'{"wide":true,"high":"1","pixels":"AAAA"}',
        b'{"wide":1,"high":1,"pixels":7}',
    ],
)
def test_a_child_that_was_taken_over_can_only_hand_over_pixels(line: bytes) -> None:
    with pytest.raises(KnownError) as refused:
        _Understanding(Shape(320, 400, 82)).take(line)
    assert refused.value.code is Code.PICTURE_UNREADABLE


def test_a_child_that_tells_of_more_pictures_than_there_were_is_not_believed() -> None:
    told = _Understanding(SHAPE)
    told.take(b'{"wide":1,"high":1,"pixels":"AAAA"}')
    told.take(b'{"done":1}')
    with pytest.raises(KnownError):
        told.take(b'{"wide":1,"high":1,"pixels":"AAAA"}')
    with pytest.raises(KnownError):
        told.all(2)
