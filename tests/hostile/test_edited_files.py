"""Attacked: files made elsewhere that carry more than is read in them, each in a way only one trace tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import cast

import openpyxl
import pikepdf
import pytest

from app import child_limits
from app.domain.errors import Code, KnownError
from app.reports.elsewhere.reading import FileTold, read_elsewhere
from app.reports.elsewhere.told import Trace
from tests.hostile import edited_files as made

_TEXT = "Nobody is named here."
_FAR = "#place(dx: -999pt)[far away]"
_BAR = "#place(dx: 0pt, dy: -14pt, rect(width: 100%, height: 20pt, fill: black))"


def _author(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "Somebody"


def _attached(document: pikepdf.Pdf) -> None:
    document.attachments["list.csv"] = b"a,b"


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())


def _note(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="x"
    )
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(note)])


def _layers(document: pikepdf.Pdf) -> None:
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array(), D=pikepdf.Dictionary())


def _property(document: pikepdf.Pdf) -> None:
    document.docinfo["/Keywords"] = "draft for the embassy"


def _photo(document: pikepdf.Pdf, *, with_data: bool) -> None:
    image = pikepdf.Stream(document, made.photo(with_data=with_data))
    image.update(
        {
            "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 8, "/Height": 8,
            "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode,
        }
    )  # fmt: skip
    one = document.pages[0]
    one.add_resource(image, pikepdf.Name.XObject, pikepdf.Name("/Photo"))
    one.contents_add(pikepdf.Stream(document, b"q 8 0 0 8 2 2 cm /Photo Do Q"))


def _invisible(document: pikepdf.Pdf) -> None:
    one = document.pages[0]
    font = next(iter(one.obj.Resources.Font.keys()))
    one.contents_add(pikepdf.Stream(document, f"BT {font} 12 Tf 3 Tr 50 50 Td <0001> Tj ET".encode()))


@cache
def _as_office_suites_write(document: pikepdf.Pdf) -> None:
    """Numbers by themselves (the length of each stream), and the first page shown when it opens."""
    document.Root["/Length"] = document.make_indirect(cast("pikepdf.Object", 4711))
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])


def _opens_at_a_page(document: pikepdf.Pdf) -> None:
    where = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=where)


def _opens_and_runs(document: pikepdf.Pdf) -> None:
    _opens_at_a_page(document)
    document.Root.OpenAction.Next = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _pdf() -> bytes:
    return made.pdf(_TEXT)


@cache
def _word() -> bytes:
    return made.word(_TEXT)


def _page(head: str = "", body: str = "") -> bytes:
    start = f"<!DOCTYPE html><html><head><title>t</title>{head}</head>"
    return f"{start}<body><p>{_TEXT}</p>{body}</body></html>".encode()


def _sheet(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    return made.sheet(("a",), change=change)


def _part(name: str, data: bytes) -> bytes:
    return made.with_part(_word(), name, data)


def _shot(*, with_data: bool) -> bytes:
    return made.changed_pdf(_pdf(), partial(_photo, with_data=with_data))


def _picture(*, with_data: bool) -> bytes:
    return made.word(change=partial(made.pictured, with_data=with_data))


_BAD: dict[str, tuple[str, Callable[[], bytes], Trace]] = {
    "covered": ("x.pdf", lambda: made.pdf(_TEXT + _BAR), Trace.COVERED_TEXT),
    "invisible": ("x.pdf", lambda: made.changed_pdf(_pdf(), _invisible), Trace.HIDDEN_TEXT),
    "outside the page": ("x.pdf", lambda: made.pdf(_TEXT + _FAR), Trace.HIDDEN_TEXT),
    "white": ("x.pdf", lambda: made.pdf(_TEXT + "#text(fill: white)[white words]"), Trace.PALE_TEXT),
    "author": ("x.pdf", lambda: made.changed_pdf(_pdf(), _author), Trace.PERSON),
    "keywords": ("x.pdf", lambda: made.changed_pdf(_pdf(), _property), Trace.PROPERTY),
    "attachment": ("x.pdf", lambda: made.changed_pdf(_pdf(), _attached), Trace.ATTACHED),
    "script": ("x.pdf", lambda: made.changed_pdf(_pdf(), _script), Trace.SCRIPT),
    "page that runs": ("x.pdf", lambda: made.changed_pdf(_pdf(), _opens_and_runs), Trace.SCRIPT),
    "form": ("x.pdf", lambda: made.changed_pdf(_pdf(), _form), Trace.FORM),
    "note": ("x.pdf", lambda: made.changed_pdf(_pdf(), _note), Trace.COMMENT),
    "layers": ("x.pdf", lambda: made.changed_pdf(_pdf(), _layers), Trace.HIDDEN_PART),
    "two revisions": ("x.pdf", lambda: _pdf() + b"\n% more\nstartxref\n0\n%%EOF\n", Trace.REVISION),
    "picture": ("x.pdf", lambda: _shot(with_data=False), Trace.PICTURE),
    "photo data": ("x.pdf", lambda: _shot(with_data=True), Trace.PICTURE_DATA),
    "word, tracked": ("x.docx", lambda: made.word(_TEXT, change=made.tracked), Trace.CHANGE),
    "word, hidden": ("x.docx", lambda: made.word(_TEXT, change=made.vanished), Trace.HIDDEN_TEXT),
    "word, picture": ("x.docx", lambda: _picture(with_data=False), Trace.PICTURE),
    "word, photo": ("x.docx", lambda: _picture(with_data=True), Trace.PICTURE_DATA),
    "word, custom XML": ("x.docx", lambda: _part("customXml/item1.xml", b"<a>x</a>"), Trace.LEFT_OVER),
    "word, macro": ("x.docx", lambda: _part("word/vbaProject.bin", b"x"), Trace.SCRIPT),
    "word, embedded": ("x.docx", lambda: _part("word/embeddings/a.xlsx", b"x"), Trace.ATTACHED),
    "word, odd part": ("x.docx", lambda: _part("word/audio.mp3", b"x"), Trace.NOT_SEARCHED),
    "sheet, note": ("x.xlsx", lambda: _sheet(made.noted), Trace.COMMENT),
    "sheet, hidden sheet": ("x.xlsx", lambda: _sheet(made.hidden_sheet), Trace.HIDDEN_PART),
    "sheet, hidden row": ("x.xlsx", lambda: _sheet(made.hidden_row), Trace.HIDDEN_PART),
    "sheet, white": ("x.xlsx", lambda: _sheet(made.white), Trace.PALE_TEXT),
    "sheet, format": ("x.xlsx", lambda: _sheet(made.shows_nothing), Trace.HIDDEN_TEXT),
    "sheet, formula": ("x.xlsx", lambda: _sheet(made.formula), Trace.FORMULA),
    "csv, formula": ("x.csv", lambda: b"a,b\r\n=1+1,2\r\n", Trace.FORMULA),
    "page, comment": ("x.html", lambda: _page(body="<!-- x -->"), Trace.COMMENT),
    "page, script": ("x.html", lambda: _page(head="<script>1</script>"), Trace.SCRIPT),
    "page, handler": ("x.html", lambda: _page(body='<p onclick="x()">a</p>'), Trace.SCRIPT),
    "page, hidden": ("x.html", lambda: _page(body='<p style="display: none">a</p>'), Trace.HIDDEN_TEXT),
    "page, loaded": ("x.html", lambda: _page(body='<img src="https://example.org/a.png">'), Trace.LOADED),
    "page, author": ("x.html", lambda: _page(head='<meta name="author" content="Somebody">'), Trace.PERSON),
    "page, form": ("x.html", lambda: _page(body="<form></form>"), Trace.FORM),
}  # fmt: skip


def _told(tmp_path: Path, name: str, content: bytes) -> FileTold:
    return read_elsewhere(made.written(tmp_path, name, content))


@pytest.mark.parametrize("bad", _BAD)
def test_each_way_to_carry_more_is_found_and_nothing_else(tmp_path: Path, bad: str) -> None:
    name, make, trace = _BAD[bad]
    found = {one.trace for one in _told(tmp_path, name, make()).found}
    beside = {Trace.PICTURE} if trace in (Trace.PICTURE_DATA, Trace.LOADED) else set()
    ordinary = {Trace.EDITING, Trace.PROPERTY} - {trace}
    assert trace in found
    assert found - ordinary <= {trace} | beside


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.pdf", _pdf()),
        ("x.pdf", made.changed_pdf(_pdf(), _as_office_suites_write)),
        ("x.pdf", made.changed_pdf(_pdf(), _opens_at_a_page)),
        ("x.docx", _word()),
        ("x.xlsx", made.sheet(("Nobody", "is named here."))),
        ("x.csv", "a;b\r\nNobody;is named here.\r\n".encode("utf-8-sig")),
        ("x.html", _page()),
    ],
)
def test_an_ordinary_file_has_nothing_that_must_go(tmp_path: Path, name: str, content: bytes) -> None:
    told = _told(tmp_path, name, content)
    assert {one.trace for one in told.found} <= {Trace.EDITING, Trace.PROPERTY}
    assert "is named here" in " ".join(one.text for one in told.said)
    assert told.file_format == name.rpartition(".")[2]


def _refused(tmp_path: Path, name: str, content: bytes) -> Code:
    with pytest.raises(KnownError) as caught:
        _told(tmp_path, name, content)
    return caught.value.code


def test_what_cannot_be_read_is_refused_and_never_called_checked(tmp_path: Path) -> None:
    assert _refused(tmp_path, "a.pdf", _pdf()[: len(_pdf()) // 3]) is Code.FILE_UNREADABLE
    assert _refused(tmp_path, "a.docx", _word()[: len(_word()) // 2]) is Code.FILE_UNREADABLE
    assert _refused(tmp_path, "a.docx", b"PK\x03\x04 nothing") is Code.FILE_UNREADABLE
    assert _refused(tmp_path, "a.png", made.photo(with_data=False)) is Code.FILE_NO_REPORT
    assert _refused(tmp_path, "a.pdf", b"") is Code.FILE_EMPTY
    assert (
        _refused(tmp_path, "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) is Code.FILE_NO_REPORT
    )
    locked = made.changed_pdf(_pdf(), lambda document: None)
    out = tmp_path / "locked.pdf"
    with pikepdf.open(made.written(tmp_path, "open.pdf", locked)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert _refused(tmp_path, "b.pdf", out.read_bytes()) is Code.FILE_ENCRYPTED
    with pytest.raises(KnownError) as caught:
        read_elsewhere(tmp_path / "nowhere.pdf")
    assert caught.value.code is Code.FILE_MISSING


def test_a_bomb_stays_in_the_child(tmp_path: Path) -> None:
    bomb = made.with_part(_word(), "word/bomb.xml", b"<a>" + b" " * 300_000_000 + b"</a>")
    assert _refused(tmp_path, "a.docx", bomb) is Code.FILE_TOO_LARGE


def test_a_part_with_entities_is_not_read(tmp_path: Path) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert _refused(tmp_path, "a.docx", made.with_part(_word(), "word/x.xml", laughs)) is Code.FILE_UNREADABLE


def test_a_file_larger_than_may_be_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_limits, "MAX_FILE_BYTES", 100)
    assert _refused(tmp_path, "a.pdf", _pdf()) is Code.FILE_TOO_LARGE


@pytest.mark.parametrize("place", [5, 50, 500])
def test_damage_never_stops_the_program(tmp_path: Path, place: int) -> None:
    for name, content in (("a.pdf", _pdf()), ("a.docx", _word()), ("a.xlsx", made.sheet(("a", "b")))):
        spoilt = bytearray(content)
        spoilt[place::997] = bytes(len(spoilt[place::997]))
        assert _outcome(tmp_path, name, bytes(spoilt)).startswith(("read", "file_"))


def _outcome(tmp_path: Path, name: str, content: bytes) -> str:
    try:
        _told(tmp_path, name, content)
    except KnownError as error:
        return error.code.value
    return "read"


def test_what_was_deleted_is_still_read(tmp_path: Path) -> None:
    said = [one.text for one in _told(tmp_path, "a.docx", made.word(_TEXT, change=made.tracked)).said]
    assert any("gone" in text for text in said)


def _turned(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Rotate = 90


def _moved(document: pikepdf.Pdf) -> None:
    box = document.pages[0].obj.MediaBox
    document.pages[0].obj.MediaBox = pikepdf.Array([box[0], -100, box[2], box[3]])


@pytest.mark.parametrize("change", [_turned, _moved])
def test_a_page_that_is_turned_or_begins_elsewhere_hides_nothing(
    tmp_path: Path, change: Callable[[pikepdf.Pdf], None]
) -> None:
    upright = made.pdf(_TEXT + "#place(rotate(90deg, reflow: true)[turned words])")
    told = _told(tmp_path, "x.pdf", made.changed_pdf(upright, change))
    assert {one.trace for one in told.found} <= {Trace.PROPERTY, Trace.EDITING}


def test_more_drawings_than_are_read_are_told(tmp_path: Path) -> None:
    def many(document: pikepdf.Pdf) -> None:
        one = pikepdf.Dictionary()
        for number in range(320):
            form = pikepdf.Stream(document, b"")
            form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 9, 9]})
            one[f"/F{number}"] = document.make_indirect(form)
        document.pages[0].obj.Resources.XObject = one

    told = _told(tmp_path, "x.pdf", made.changed_pdf(_pdf(), many))
    assert Trace.NOT_SEARCHED in {one.trace for one in told.found}
