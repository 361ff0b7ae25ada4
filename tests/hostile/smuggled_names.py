"""One name put where a careless reader does not look, in files by hand: place -> (file name, bytes)."""

from __future__ import annotations

import base64
import io
import zipfile

import pikepdf

from tests.hostile import edited_files as made

_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_BODY, _SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
_CYRILLIC = "Таисия Дубровская"
Files = dict[str, tuple[str, bytes]]


def everything(name: str) -> Files:
    """Every such file with this name of two words."""
    return {**_word(name), **_sheet(name), **_text(name), **_pdf(name)}


def _in(content: bytes, part: str, before: str, more: str) -> bytes:
    return made.repacked(
        content,
        lambda one, data: data.replace(before.encode(), (more + before).encode(), 1) if one == part else data,
    )


def _strict(content: bytes) -> bytes:
    kinds = ("wordprocessingml", "spreadsheetml", "officeDocument")

    def change(_name: str, data: bytes) -> bytes:
        for kind in kinds:
            usual = f"http://schemas.openxmlformats.org/{kind}/2006/".encode()
            data = data.replace(usual, f"http://purl.oclc.org/ooxml/{kind}/".encode())
        return data

    return made.repacked(content, change)


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _word(name: str) -> Files:
    given, family = name.split()
    plain = made.word("Nobody is named here.")
    runs = [_run(one) for one in (given[:3], given[3:], family[:4], family[4:])]
    split = f"<w:p>{''.join(runs[:2])}<w:r><w:tab/></w:r>{''.join(runs[2:])}</w:p>"
    cells = "".join(f"<w:tc><w:p>{_run(one)}</w:p></w:tc>" for one in (given, family))
    table = f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cells}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    sign = f'<w:p><w:r><w:t>{given}</w:t><w:noBreakHyphen/><w:sym w:char="F0{ord(family[0]):X}"/></w:r>'
    parts = "".join(f"<a:r><a:t>{one}</a:t></a:r>" for one in (name[:3], name[3:10], name[10:]))
    commented = io.BytesIO(plain)
    with zipfile.ZipFile(commented, "a") as archive:
        archive.comment = name.encode()
    bodies = {
        "strict": split,
        "rows in a form": table,
        "two lines": f"<w:p>{_run(given)}</w:p><w:p>{_run(family)}</w:p>",
        "sign": f"{sign}{_run(family[1:])}</w:p>",
        "unseen letters": f"<w:p>{_run(name[:4] + chr(0x3164) + name[4:])}</w:p>",
        "remark": f"<!-- {name} -->",
    }
    found = {f"word, {place}": _in(plain, _BODY, "<w:sectPr", xml) for place, xml in bodies.items()}
    found["word, strict"] = _strict(found["word, strict"])
    found["word, part by another name"] = made.with_part(plain, "word/a.ttf", f"<a>{name}</a>".encode())
    found["word, part called so"] = made.with_part(plain, f"word/{name}.bin", b"x")
    found["word, chart"] = made.with_part(
        plain, "word/charts/c.xml", f"<c {_A}><a:p>{parts}</a:p></c>".encode()
    )
    found["word, bullets"] = _in(plain, "word/numbering.xml", 'w:val="bullet"', f'w:x="{name}" ')
    found["word, archive"] = commented.getvalue()
    return {place: ("x.docx", content) for place, content in found.items()}


def _sheet(name: str) -> Files:
    given, family = name.split()
    plain = made.sheet(("Nobody", "is named here"))
    said = f'<row><c r="A9" t="inlineStr"><is><t>{name}</t><rPh><t>abc</t></rPh></is></c></row>'
    alone = (
        f'<worksheet {_S}><sheetData><row><c r="A1" t="str"><v>{name}</v></c></row></sheetData></worksheet>'
    )
    foot = f"<headerFooter><oddFooter>&amp;C{name}</oddFooter></headerFooter>"
    found = {
        "sheet, strict": _strict(made.sheet((given, family))),
        "sheet, spoken": _in(plain, _SHEET, "</sheetData>", said),
        "sheet, in no book": made.with_part(plain, "xl/worksheets/sheet9.xml", alone.encode()),
        "sheet, foot": _in(plain, _SHEET, "</worksheet>", foot),
        "sheet, two rows": made.sheet((given, "x"), (family, "y")),
    }
    return {place: ("x.xlsx", content) for place, content in found.items()}


def _text(name: str) -> Files:
    given, family = name.split()
    hidden = base64.b64encode(f"<svg><text>{name}</text></svg>".encode()).decode()
    pages = {
        "words run together": f"<dl><dt>{name}</dt><dd>mother</dd></dl>",
        "address of data": f'<p style="background:url(data:image/svg+xml;base64,{hidden})">a</p>',
        "link": '<a href="https://example.org/?q=%D0%A2%D0%B0%D0%B8%D1%81%D0%B8%D1%8F+Dubrouskaja">a</a>',
        "tag": f"<{name}>",
        "end": f"</{name}>",
        "no end": f"<p {name}",
        "declared": f"<!{name}>",
        "style": f"<style>p:before{{content:'{given}\\20 {family}'}}</style>",
        "two lines": f"<p>{given}<br>{family}</p>",
    }
    found: Files = {
        f"page, {place}": ("x.html", f"<html><p>Nobody</p>{body}</html>".encode())
        for place, body in pages.items()
    }
    for code in ("koi8-r", "cp866", "iso-2022-jp", "utf-16-le", "utf-16-be"):
        page = f'<html><meta charset="{code}"><p>{_CYRILLIC}</p></html>'
        found[f"page, {code}"] = ("x.html", page.encode(code))
    for code in ("utf-16-le", "utf-16-be", "utf-32"):
        found[f"csv, {code}"] = ("x.csv", f"a;b\r\n{name};x\r\n".encode(code))
    small = str.maketrans("abdijkorstu", "ᴀʙᴅɪᴊᴋᴏʀꜱᴛᴜ")
    found["csv, small capitals"] = ("x.csv", f"a;b\r\n{name.lower().translate(small)};x\r\n".encode())
    found["csv, two rows"] = ("x.csv", f"a;b\r\n{given};x\r\n{family};y\r\n".encode())
    return found


def _pdf(name: str) -> Files:
    plain, said = made.pdf("Nobody is named here."), name.encode()

    def drawing(document: pikepdf.Pdf) -> pikepdf.Object:
        letters = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        shapes = pikepdf.Stream(document, b"BT /F 12 Tf 20 20 Td <" + said.hex().encode() + b"> Tj ET")
        shapes.update({"/Subtype": pikepdf.Name.Form, "/BBox": pikepdf.Array([0, 0, 400, 400])})
        shapes["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=letters))
        return document.make_indirect(shapes)

    def unused(document: pikepdf.Pdf) -> None:
        document.pages[0].add_resource(drawing(document), pikepdf.Name.XObject, pikepdf.Name("/Q"))

    def marked(document: pikepdf.Pdf) -> None:
        document.pages[0].contents_add(pikepdf.Stream(document, b"/X <</T (" + said + b")>> DP"))

    def removed(document: pikepdf.Pdf) -> None:
        before = document.pages[0].obj
        document.add_blank_page()
        del document.pages[0]
        document.Root.X = before

    def metadata(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.Metadata = document.make_stream(f"<a>{name}</a>".encode("utf-16"))

    found = {
        "pdf, drawing nobody shows": made.changed_pdf(plain, unused),
        "pdf, mark": made.changed_pdf(plain, marked),
        "pdf, page taken out": made.changed_pdf(made.pdf(name), removed),
        "pdf, data of a page": made.changed_pdf(plain, metadata),
        "pdf, remark": plain + b"% " + said + b"\n",
    }
    return {place: ("x.pdf", content) for place, content in found.items()}
