"""The verifier: each check has a bad file that only it catches, spoilt as an adversary would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import attrs
import openpyxl
import pikepdf
import pytest
from openpyxl.comments import Comment

from app.domain.progress import Cancelled
from app.domain.report import TextBlock
from app.reports.composed import ComposedReport, Figure
from app.reports.draft import MadeFile
from app.reports.kind_file import shipped_kind
from app.reports.verify import CHECK_WORDS, verify
from app.reports.verify.opened import Opened
from tests.reports.making import files, made

_BLOCKS = (
    TextBlock(what="paragraph", text="The committee may ask."),
    TextBlock(what="paragraph", text="=1+1"),
)


def _report(kind: str = "public_list") -> ComposedReport:
    return made(kind, hidden=20, blocks=_BLOCKS).report


def _file(file_format: str, kind: str = "public_list") -> MadeFile:
    return files(made(kind, hidden=20, blocks=_BLOCKS), (file_format,))[file_format]


def _caught(file: MadeFile, report: ComposedReport | None = None, kind: str = "public_list") -> list[str]:
    """The checks that refuse this file; writing again gives the very same file, so that check is out."""
    results = verify([file], report or _report(kind), shipped_kind(kind), lambda _r, _f: file.content)
    return [result.check for result in results if not result.passed]


def _rezip(
    content: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None
) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), change(name, old.read(name)))
        for name, part in (more or {}).items():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part)
    return buffer.getvalue()


def _part(name: str, old: str, new: str) -> Callable[[str, bytes], bytes]:
    def change(part: str, content: bytes) -> bytes:
        if part != name:
            return content
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return change


def _spoilt(file: MadeFile, content: bytes) -> MadeFile:
    return attrs.evolve(file, content=content)


def _spoil_pdf(change: Callable[[pikepdf.Pdf], None]) -> MadeFile:
    file = _file("pdf")
    pdf = pikepdf.open(io.BytesIO(file.content))
    change(pdf)
    buffer = io.BytesIO()
    pdf.save(buffer, fix_metadata_version=False, preserve_pdfa=False)
    return _spoilt(file, buffer.getvalue())


def _content(change: Callable[[bytes], bytes]) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        contents = pdf.pages[0].obj.Contents
        contents.write(change(contents.read_bytes()))

    return spoil


def test_an_untouched_file_passes_after_a_round_through_qpdf() -> None:
    assert _caught(_spoil_pdf(lambda _: None)) == []


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx", "csv", "html"])
def test_good_files_pass_everything(file_format: str) -> None:
    assert _caught(_file(file_format)) == []


# ---- words and rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx", "html"])
@pytest.mark.parametrize("text", ["The committee may.", "The committee may ask today."])
def test_one_word_too_few_or_too_many_is_caught_by_words(file_format: str, text: str) -> None:
    report = _report()
    block = attrs.evolve(report.blocks[0], text=text)
    said = attrs.evolve(report, blocks=(block, *report.blocks[1:]))
    assert _caught(_file(file_format), said) == ["words"]


def test_csv_word_swapped_between_two_cells_of_a_row_is_caught_by_rows() -> None:
    file = _file("csv")
    text = file.content.decode("utf-8-sig")
    swapped = text.replace("Dubnianskaya, Alena", "Alena, Dubnianskaya")
    assert swapped != text
    assert _caught(_spoilt(file, swapped.encode("utf-8-sig"))) == ["rows"]


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx", "csv", "html"])
def test_two_people_with_each_others_cells_are_caught_by_rows(file_format: str) -> None:
    report = _report()
    one, two, *rest = report.rows
    mixed = ((one[0], *two[1:]), (two[0], *one[1:]), *rest)
    assert _caught(_file(file_format), attrs.evolve(report, rows=mixed)) == ["rows"]


def test_a_column_the_kind_does_not_have_is_caught_by_rows() -> None:
    report = made(hidden=20, blocks=_BLOCKS)
    extra = attrs.evolve(report.report.columns[-1], key="health")
    composed = attrs.evolve(report.report, columns=(*report.report.columns[:-1], extra))
    changed = attrs.evolve(report, report=composed)
    assert _caught(files(changed, ("xlsx",))["xlsx"], composed) == ["rows"]


def test_a_number_kept_as_text_is_caught_by_rows() -> None:
    file = _file("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    book.worksheets[0]["D2"].value = str(book.worksheets[0]["D2"].value)
    assert "rows" in _caught(_saved(file, book))


# ---- contacts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx", "html"])
@pytest.mark.parametrize(
    "contact",
    [
        "+375 29 123-45-67",
        "8 (029) 123 45 67",
        "030 1234 5678",
        "mother@example.org",
        "mother (at) example.org",
        "@mother_of_alena",
        "t.me/mother",
        "https://other.example/x",
        "BY20 OLMP 3135 0000 0010 0000 0933",
        "vul. Kanareikavaja 71",
        "вуліца Канарэйкавая 71",
        "Hauptstraße 12",
        "52.4345, 30.9754",
    ],
)
def test_contact_details_in_a_text_are_caught_by_contacts(file_format: str, contact: str) -> None:
    composition = made(hidden=20, blocks=(TextBlock(what="paragraph", text=f"Write to {contact} soon."),))
    assert _caught(files(composition, (file_format,))[file_format], composition.report) == ["contacts"]


def test_numbers_and_articles_of_a_report_are_no_contacts() -> None:
    text = "Art. 361-1 part 3, 22.11.2026, No. 4, 1,204 people, 2020-2024, report 2026-031, 246003"
    composition = made(hidden=20, blocks=(TextBlock(what="paragraph", text=text),))
    assert _caught(files(composition, ("pdf",))["pdf"], composition.report) == []


# ---- PDF ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("invisible", lambda c: c.replace(b"0 Tr", b"3 Tr", 1)),
        ("white", lambda c: c.replace(b"BT", b"1 1 1 rg BT", 1)),
        ("covered", lambda c: c + b"\nq 1 0 0 rg 0 0 600 842 re f Q"),
        ("outside", lambda c: b"q 1 0 0 1 900 0 cm\n" + c + b"\nQ"),
        ("tiny", lambda c: b"q 0.01 0 0 0.01 300 400 cm\n" + c + b"\nQ"),
    ],
)
def test_text_nobody_sees_is_caught_by_pdf_text(name: str, change: Callable[[bytes], bytes]) -> None:
    assert _caught(_spoil_pdf(_content(change))) == ["pdf_text"], name


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["list.csv"] = b"every name"


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _note(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="x"
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


def _form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[])


def _alternate(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.Alt = "read aloud instead"


def _private(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.PieceInfo = pikepdf.Dictionary(X="kept by a program")


def _span_in_words(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ColSpan = "two, and more"


def _span_of_a_number(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RowSpan = 375_291_001


def _bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Another heading", 0))


_MORE = [_attach, _script, _note, _form, _alternate, _private, _bookmark, _span_in_words, _span_of_a_number]


@pytest.mark.parametrize("change", _MORE)
def test_more_than_pages_is_caught_by_pdf_parts(change: Callable[[pikepdf.Pdf], None]) -> None:
    assert _caught(_spoil_pdf(change)) == ["pdf_parts"]


def test_text_spoken_instead_is_caught_by_pdf_parts() -> None:
    spoil = _content(lambda c: b"/Span<</ActualText<FEFF00420043>>>BDC EMC\n" + c)
    assert _caught(_spoil_pdf(spoil)) == ["pdf_parts"]


def test_a_second_revision_is_caught_by_pdf_parts() -> None:
    file = _spoil_pdf(lambda _: None)
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable, fix_metadata_version=False)
        size = len(pdf.objects) + 1
    old = buffer.getvalue()
    before = old[old.rindex(b"startxref") + 9 :].split()[0]
    root, info = (int(old[old.rindex(key) + 5 :].split()[0]) for key in (b"/Root", b"/Info"))
    update = (
        f"xref\n0 0\ntrailer << /Root {root} 0 R /Info {info} 0 R /Size {size} /Prev {before.decode()} >>\n"
    )
    new = old + update.encode() + f"startxref\n{len(old)}\n%%EOF\n".encode()
    assert _caught(_spoilt(file, new)) == ["pdf_parts"]


def _author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = "A person"


def _xmp(pdf: pikepdf.Pdf) -> None:
    old = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(
        old.replace(b"<xmpTPg:NPages>", b"<dc:creator>A person</dc:creator><xmpTPg:NPages>")
    )


def test_an_author_in_xmp_is_caught_by_pdf_properties() -> None:
    assert _caught(_spoil_pdf(_xmp)) == ["pdf_properties"]


def test_an_author_in_the_old_properties_is_caught() -> None:
    assert "pdf_properties" in _caught(_spoil_pdf(_author))


# ---- DOCX -----------------------------------------------------------------------------------------------

_DOCUMENT = "word/document.xml"


@pytest.mark.parametrize(
    ("name", "part", "old", "new"),
    [
        (
            "tracked change",
            _DOCUMENT,
            "<w:body>",
            '<w:body><w:ins w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"/>',
        ),
        ("revision id", _DOCUMENT, "<w:p>", '<w:p w:rsidR="00AA00BB">'),
        ("hidden text", _DOCUMENT, "<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"),
        ("white text", _DOCUMENT, "<w:r>", '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'),
        ("other field", "word/footer1.xml", 'w:instr="PAGE"', 'w:instr="USERNAME"'),
        (
            "hidden style",
            "word/styles.xml",
            '<w:name w:val="Title"/>',
            '<w:name w:val="Title"/><w:rPr><w:vanish/></w:rPr>',
        ),
        ("author", "docProps/core.xml", "<dc:language>", "<dc:creator>A person</dc:creator><dc:language>"),
        ("template", "word/settings.xml", "<w:compat>", '<w:attachedTemplate w:val="x"/><w:compat>'),
        (
            "outside link",
            "word/_rels/document.xml.rels",
            'Target="styles.xml"',
            'Target="styles.xml" TargetMode="External"',
        ),
    ],
)
def test_what_hides_in_a_document_is_caught_by_docx_parts(name: str, part: str, old: str, new: str) -> None:
    file = _file("docx")
    assert _caught(_spoilt(file, _rezip(file.content, _part(part, old, new)))) == ["docx_parts"], name


@pytest.mark.parametrize(
    "part", ["customXml/item1.xml", "docProps/thumbnail.jpeg", "word/people.xml", "docProps/custom.xml"]
)
def test_parts_of_other_programs_are_caught_by_docx_parts(part: str) -> None:
    file = _file("docx")
    content = _rezip(file.content, lambda _name, data: data, {part: b"<x/>"})
    assert _caught(_spoilt(file, content)) == ["docx_parts"]


def test_bytes_before_the_archive_are_caught_by_docx_parts() -> None:
    file = _file("docx")
    assert _caught(_spoilt(file, b"every name" + file.content)) == ["docx_parts"]


# ---- XLSX -----------------------------------------------------------------------------------------------


def _saved(file: MadeFile, book: openpyxl.Workbook) -> MadeFile:
    """openpyxl writes properties of its own: only for checks on what a workbook holds."""
    buffer = io.BytesIO()
    book.save(buffer)
    return _spoilt(file, buffer.getvalue())


_SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("name", "part", "old", "new"),
    [
        ("hidden sheet", "xl/workbook.xml", 'sheetId="2"', 'sheetId="2" state="hidden"'),
        ("very hidden sheet", "xl/workbook.xml", 'sheetId="2"', 'sheetId="2" state="veryHidden"'),
        ("hidden row", _SHEET, '<row r="2"', '<row hidden="1" r="2"'),
        ("hidden column", _SHEET, '<col min="1"', '<col hidden="1" min="1"'),
        ("filter", _SHEET, "</sheetData>", '</sheetData><autoFilter ref="A1:E3"/>'),
        (
            "defined name",
            "xl/workbook.xml",
            "<definedNames>",
            '<definedNames><definedName name="secret">1</definedName>',
        ),
        ("author", "docProps/core.xml", "<dc:creator>", "<dc:creator>A person"),
        ("company", "docProps/app.xml", "<Company>", "<Company>A group"),
        ("unused text", "xl/sharedStrings.xml", "</sst>", "<si><t>every name</t></si></sst>"),
    ],
)
def test_what_hides_in_a_workbook_is_caught_by_xlsx_parts(name: str, part: str, old: str, new: str) -> None:
    file = _file("xlsx")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        if old.encode() not in archive.read(part):
            pytest.skip(f"the writer makes no {name}")
    assert _caught(_spoilt(file, _rezip(file.content, _part(part, old, new)))) == ["xlsx_parts"], name


def test_notes_validations_and_links_are_caught_by_xlsx_parts() -> None:
    file = _file("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    book.worksheets[0]["A2"].comment = Comment("every name", "A person")
    assert "xlsx_parts" in _caught(_saved(file, book))


# ---- formulas -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", " =1", "＝1+1", "|calc"])
def test_a_csv_cell_a_spreadsheet_would_run_is_caught_by_formulas(text: str) -> None:
    report = _report()
    rows = ((text, *report.rows[0][1:]), *report.rows[1:])
    changed = attrs.evolve(report, rows=rows)
    good = files(attrs.evolve(made(hidden=20, blocks=_BLOCKS), report=changed), ("csv",))["csv"]
    assert _caught(good, changed) == []
    bad = good.content.replace(f"'{text}".encode(), text.encode())
    assert bad != good.content
    assert _caught(_spoilt(good, bad), changed) == ["formulas"]


def test_a_text_without_its_quote_is_caught_by_formulas() -> None:
    file = _file("xlsx")
    content = _rezip(file.content, lambda name, data: data.replace(b' quotePrefix="1"', b""))
    assert _caught(_spoilt(file, content)) == ["formulas"]


def test_a_formula_is_caught_by_formulas() -> None:
    file = _file("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    book.worksheets[0]["D2"].value = "=2020+1"
    assert "formulas" in _caught(_saved(file, book))


# ---- figures, name, bytes -------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["7", "12", "0"])
def test_a_figure_too_small_or_not_rounded_is_caught_by_figures(value: str) -> None:
    report = _report()
    wrong = Figure("figures_only", report.figures[2].label, value)
    changed = attrs.evolve(report, figures=(*report.figures[:2], wrong))
    file = files(attrs.evolve(made(hidden=20, blocks=_BLOCKS), report=changed), ("pdf",))["pdf"]
    assert _caught(file, changed) == ["figures"]


def test_a_total_that_gives_a_hidden_figure_back_is_caught_by_figures() -> None:
    report = _report()
    hidden = Figure("figures_only", report.figures[2].label, "fewer than 10")
    changed = attrs.evolve(report, figures=(*report.figures[:2], hidden))
    file = files(attrs.evolve(made(hidden=20, blocks=_BLOCKS), report=changed), ("docx",))["docx"]
    assert _caught(file, changed) == ["figures"]


@pytest.mark.parametrize("name", ["Alena Dubnianskaya.pdf", "../2026-031-public-list-en.pdf", "2026-031.pdf"])
def test_another_file_name_is_caught_by_file_name(name: str) -> None:
    assert _caught(attrs.evolve(_file("pdf"), name=name)) == ["file_name"]


def test_other_bytes_on_second_writing_are_caught_by_again() -> None:
    file = _file("csv")
    results = verify([file], _report(), shipped_kind("public_list"), lambda _r, _f: file.content + b"\r\n")
    assert [result.check for result in results if not result.passed] == ["again"]


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx", "csv", "html"])
@pytest.mark.parametrize("content", [b"", b"not a file", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_does_not_leave(file_format: str, content: bytes) -> None:
    results = verify(
        [_spoilt(_file(file_format), content)], _report(), shipped_kind("public_list"), lambda _r, _f: content
    )
    assert not all(result.passed for result in results)


def test_results_have_words_and_never_quote_the_report() -> None:
    composition = made(hidden=20, blocks=(TextBlock(what="paragraph", text="Call +375 29 123-45-67"),))
    results = verify(
        list(files(composition).values()), _report(), shipped_kind("public_list"), lambda _r, _f: b""
    )
    assert {result.check for result in results} == set(CHECK_WORDS) - {
        "attack",
        "elsewhere",
        "mail_parts",
    }
    assert "123" not in " ".join(result.where for result in results)
    assert "Dubnianskaya" not in " ".join(result.where for result in results)


def test_checking_says_so_after_every_page_and_stops_there() -> None:
    """Thousands of rows take half a minute to read: whoever cancels does not wait for the last page."""
    blocks = tuple(TextBlock(what="paragraph", text=f"The committee may ask, {n}. " * 40) for n in range(24))
    composition = made("public_list", hidden=20, blocks=blocks)
    (file,) = files(composition, ("pdf",)).values()
    pages = len(Opened(file).pages)
    assert pages > 4
    said: list[int] = []

    def write(_report: ComposedReport, _format: str) -> bytes:
        return file.content

    def count(done: int, total: int, what: str) -> None:
        said.append(done)

    verify([file], composition.report, shipped_kind("public_list"), write, count)
    assert said.count(0) > pages, "the first check reads every page"
    steps = 0

    def stop(done: int, total: int, what: str) -> None:
        nonlocal steps
        steps += 1
        if steps == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        verify([file], composition.report, shipped_kind("public_list"), write, stop)
    assert steps == 4
