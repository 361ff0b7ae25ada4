"""Photos in reports: these, beside whom they belong to, with nothing inside; every other is refused."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Callable

import attrs
import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base

from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId
from app.reports.composed import ComposedReport
from app.reports.draft import MadeFile, make_files, write_one
from app.reports.kind_file import read_kind, shipped, shipped_kind
from app.reports.own_kinds import shipped_text
from app.reports.verify import verify
from app.reports.verify.pictures import beside_pixels
from app.reports.writers.package import packed
from tests.canaries import RELATIVE_ADDRESS as PLACE
from tests.reports.faces import QUOTE, drawing, drawn_face, pictured
from tests.reports.making import PEOPLE

SHOWING = [kind.name for kind in shipped() if any(column.shows_picture for column in kind.columns)]
BRIEFING = "parliament_briefing"


def test_the_kinds_that_introduce_people_show_them() -> None:
    assert SHOWING == ["godparent_sheet", "newsletter", BRIEFING, "solidarity_day"]


def _wrong(made: list[MadeFile], report: ComposedReport, kind: str = BRIEFING) -> list[tuple[str, str]]:
    results = verify(made, report, shipped_kind(kind), write_one)
    return [(one.check, one.file_format) for one in results if not one.passed]


@pytest.mark.parametrize("kind", SHOWING)
@pytest.mark.parametrize("language", ["en", "be"])
def test_photos_pass_every_check_in_every_format(kind: str, language: str) -> None:
    found = pictured(kind, without=[1], language=language, summary="Editor, held since 2021.")
    assert len(found.report.portraits) == 3
    made = [*make_files(found.report, shipped_kind(kind).formats)]
    assert _wrong(made, found.report, kind) == []
    for one in made:
        assert write_one(found.report, one.file_format) == one.content


def test_every_format_shows_the_very_pixels_and_a_spreadsheet_a_word() -> None:
    report = pictured(without=[1]).report
    made = {one.file_format: one.content for one in make_files(report, shipped_kind(BRIEFING).formats)}
    faces = [one.content for one in report.portraits]
    with pikepdf.open(io.BytesIO(made["pdf"])) as pdf:
        images = (one for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/Height" in one)
        assert {one.read_raw_bytes() for one in images} == set(faces)
    document = docx.Document(io.BytesIO(made["docx"]))
    assert [part.image.blob for part in document.part.package.image_parts] == faces
    for face in faces:
        assert base64.b64encode(face) in made["html"]
    sheet = openpyxl.load_workbook(io.BytesIO(made["xlsx"])).worksheets[0]
    assert [row[-1] for row in sheet.iter_rows(values_only=True)] == ["Photo", "yes", None, "yes", "yes"]
    assert made["csv"].count(b"yes") == 3


def test_what_is_said_in_place_of_a_photo_is_the_cleared_name() -> None:
    report = pictured(language="de").report
    assert [one.instead for one in report.portraits] == [f"Foto von {row[0]}" for row in report.rows]


def test_nobody_has_a_photo_then_no_column_and_no_policy_for_pictures() -> None:
    found = pictured(without=range(4))
    assert "photo" not in [column.key for column in found.report.columns]
    assert b"img-src" not in write_one(found.report, "html")
    assert [one.column for one in found.missing[-4:]] == ["photo"] * 4


def test_an_office_without_photos_is_not_told_so_of_everybody() -> None:
    """A thousand lines of it hid the addresses nobody had checked for a year."""
    crowd = [attrs.evolve(PEOPLE[0], id=RecordId(f"{n:032x}"), reference=f"BY-{n}") for n in range(1, 14)]
    nobody = pictured(people=crowd, without=range(13))
    assert "photo" not in {one.column for one in nobody.missing}
    one_less = pictured(people=crowd, without=[12])
    assert [one.prisoner for one in one_less.missing if one.column == "photo"] == [crowd[12].id]
    not_cleared = pictured(people=crowd, denied="photo").missing
    assert [(one.column, one.there) for one in not_cleared[:13]] == [("photo", True)] * 13


@pytest.mark.parametrize("field", ["photo", "public_quote"])
def test_without_its_own_clearance_neither_leaves(field: str) -> None:
    found = pictured(denied=field)
    assert found.report.rows
    assert bool(found.pictured) == bool(found.report.portraits) == (field != "photo")
    assert bool(found.quoted) == (field != "public_quote")


def test_another_photo_is_another_report() -> None:
    before = pictured().report
    other = attrs.evolve(before.portraits[0], sha256=before.portraits[1].sha256)
    assert (
        attrs.evolve(before, portraits=(other, *before.portraits[1:])).fingerprint() != before.fingerprint()
    )


# exchanged, added, taken away


def _swapped_pdf(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        one, other, *_more = (o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/Height" in o)
        first, second = one.read_raw_bytes(), other.read_raw_bytes()
        one.write(second, filter=pikepdf.Name.DCTDecode)
        other.write(first, filter=pikepdf.Name.DCTDecode)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _swapped_docx(content: bytes) -> bytes:
    parts = _parts(content)
    one, other = "word/media/picture1.jpeg", "word/media/picture2.jpeg"
    parts[one], parts[other] = parts[other], parts[one]
    return packed(parts.items())


def _swapped_html(content: bytes) -> bytes:
    one, other, *_more = re.findall(rb'src="(data:[^"]+)"', content)
    return content.replace(one, b"@here@").replace(other, one).replace(b"@here@", other)


def _moved_html(content: bytes) -> bytes:
    """The photo of the first stands beside the second, who has none."""
    image = re.search(rb"<img [^>]*/>", content)
    assert image is not None
    bare = content.replace(image.group(), b"", 1)
    second = bare.index(b'<article class="person">', bare.index(b"</article>"))
    end = second + len(b'<article class="person">')
    return bare[:end] + image.group() + bare[end:]


@pytest.mark.parametrize(
    ("file_format", "spoil", "without"),
    [
        ("pdf", _swapped_pdf, []),
        ("docx", _swapped_docx, []),
        ("html", _swapped_html, []),
        ("html", _moved_html, [1]),
    ],
)
def test_a_photo_beside_somebody_else_is_caught(
    file_format: str, spoil: Callable[[bytes], bytes], without: list[int]
) -> None:
    report = pictured(without=without).report
    made = MadeFile(file_format, f"2026-031-parliament-briefing-en.{file_format}", b"", "")
    bad = attrs.evolve(made, content=spoil(write_one(report, file_format)))
    checks = {check for check, _format in _wrong([bad], report)} - {"again", "pdf_properties"}
    assert checks == {"pictures"}


@pytest.mark.parametrize("file_format", ["pdf", "docx", "html"])
def test_a_writer_that_mixes_up_whose_photo_it_is_is_caught(file_format: str) -> None:
    """Also where the order of the pictures stays: somebody's photo beside the next, who has none."""
    report = pictured(without=[1]).report
    first, *others = report.portraits
    mixed = attrs.evolve(report, portraits=(attrs.evolve(first, row=1), *others))
    made = [*make_files(mixed, [file_format])]
    assert ("pictures", file_format) in _wrong(made, report)


@pytest.mark.parametrize("file_format", ["pdf", "docx", "html"])
@pytest.mark.parametrize("taken", [True, False])
def test_a_photo_too_many_or_too_few_is_caught(file_format: str, *, taken: bool) -> None:
    report = pictured(without=[1]).report
    less = attrs.evolve(report, portraits=report.portraits[:-1])
    written, wanted = (less, report) if taken else (report, less)
    found = _wrong([*make_files(written, [file_format])], wanted)
    assert {each for _check, each in found} == {file_format}
    assert ("pictures", file_format) in found


@pytest.mark.parametrize("file_format", ["pdf", "docx", "html"])
def test_other_words_in_place_of_a_photo_are_caught(file_format: str) -> None:
    report = pictured().report
    told = attrs.evolve(report.portraits[0], instead=f"Photo taken in {PLACE}")
    mixed = attrs.evolve(report, portraits=(told, *report.portraits[1:]))
    assert {check for check, _format in _wrong([*make_files(mixed, [file_format])], report)} & {
        "pictures",
        "pdf_parts",
    }


def test_a_kind_without_photos_refuses_every_picture() -> None:
    kind = "confidential_advocacy"
    report = pictured(kind).report
    face = pictured().report.portraits[0]
    made = [*make_files(attrs.evolve(report, portraits=(face,)), ["pdf", "docx"])]
    for one in made:
        assert _wrong([one], report, kind)
        assert _wrong([one], attrs.evolve(report, portraits=(face,)), kind)


# what a picture may hold beside its pixels


def _jpeg(**more: object) -> bytes:
    out = io.BytesIO()
    drawing(1, (320, 400)).save(out, "JPEG", quality=82, **more)
    return out.getvalue()


def _with_place() -> bytes:
    exif = Image.Exif()
    exif[Base.Artist] = PLACE
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    return _jpeg(exif=exif)


def _with_preview() -> bytes:
    plain = bytearray(_jpeg())
    plain[18:20] = b"\x01\x01"  # a preview of one pixel in the head itself
    plain[4:6] = (16 + 3).to_bytes(2, "big")
    return bytes(plain[:20]) + b"abc" + bytes(plain[20:])


def _archive() -> bytes:
    return packed([("names.txt", PLACE.encode())])


def _large() -> bytes:
    out = io.BytesIO()
    drawing(1, (640, 800)).save(out, "JPEG", quality=40)
    return out.getvalue()


_DIRTY: dict[str, Callable[[], bytes]] = {
    "place and author": _with_place,
    "a comment": lambda: _jpeg(comment=PLACE.encode()),
    "words about colours": lambda: _jpeg(
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    ),
    "XMP": lambda: _jpeg(xmp=f"<x:xmpmeta>{PLACE}</x:xmpmeta>".encode()),
    "a preview": _with_preview,
    "an archive behind it": lambda: _jpeg() + _archive(),
    "another picture behind it": lambda: _jpeg() + _jpeg(),
    "a progressive one, whose parts could hide": lambda: _jpeg(progressive=True),
    "no picture": lambda: b"%PDF-1.7 no picture",
    "a camera's size": _large,
}


def test_a_picture_of_ours_holds_nothing_but_pixels() -> None:
    assert beside_pixels(drawn_face(1).content) == ""


@pytest.mark.parametrize("what", _DIRTY)
@pytest.mark.plants("a place that a camera wrote into a picture")
def test_data_beside_the_pixels_is_refused_even_where_it_was_composed(what: str) -> None:
    report = pictured().report
    content = _DIRTY[what]()
    dirty = attrs.evolve(report.portraits[0], content=content, sha256=hashlib.sha256(content).hexdigest())
    report = attrs.evolve(report, portraits=(dirty, *report.portraits[1:]))
    found = _wrong([*make_files(report, ["html", "docx"])], report)
    assert found == [("pictures", "html"), ("pictures", "docx")]


# a kind


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('transform = "picture"', 'transform = "keep"', "fields"),
        ('fields = ["prisoner.photo"]', 'fields = ["prisoner.occupation"]', "fields"),
        ('purpose = "photo"', 'purpose = "name"', "purpose"),
        ('place = "picture"', 'place = "body"', "place"),
        ('optional = true\nplace = "picture"', 'required = true\nplace = "picture"', "transform"),
        ('layout = "cards"', 'layout = "table"', "layout"),
        ('purpose = "quote"', 'purpose = "case_detail"', "purpose"),
        (
            'grounds = ["agreed"]\noptional = true\nphrase',
            'grounds = ["published"]\noptional = true\nphrase',
            "grounds",
        ),
    ],
)
def test_a_kind_shows_a_photo_or_a_quote_only_as_itself(old: str, new: str, field: str) -> None:
    text = shipped_text(BRIEFING)
    assert old in text
    with pytest.raises(KnownError) as refused:
        read_kind(text.replace(old, new, 1))
    assert (refused.value.code, refused.value.details["field"]) == (Code.REPORT_KIND_INVALID, field)


def test_a_quote_stands_in_quotation_marks_of_its_language() -> None:
    for language, said in {"en": f"“{QUOTE}”", "de": f"„{QUOTE}“", "be": f"«{QUOTE}»"}.items():
        found = pictured(language=language, summary="x")
        assert found.quoted == tuple(person.id for person in PEOPLE)
        assert said.encode() in write_one(found.report, "html")
