"""The positive check: a file says exactly the composed values and the template's words, each as often.

Two readers read a PDF, so that a word only one of them sees is found too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify import expected, html_page
from app.reports.verify.formulas import unescaped
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened, W, text_of
from app.reports.verify.tokens import made_of, tokens


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Compare what the file says with what was composed."""
    if file.file_format == "pdf":
        looked = _pages(file.pages, report)
        return looked if looked.where else _pages(file.pages_again, report)
    if file.file_format == "docx":
        return _compare(_docx_texts(file), _document(report))
    if file.file_format == "html":
        looked = _compare(html_page.texts_of(html_page.body_of(file.page)), _page(report))
        return looked if looked.where else _compare(file.page_again.texts, _page(report))
    if file.file_format == "xlsx":
        found = [str(cell) for sheet in file.sheets for row in sheet for cell in row if cell is not None]
        return _compare(found, _workbook(report))
    return _compare([unescaped(cell) for record in file.records for cell in record], _records(report))


def _compare(found: Iterable[str], wanted: Iterable[str]) -> Looked:
    return _difference(_count(found), _count(wanted))


def _count(texts: Iterable[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(tokens(text))
    return counted


def _difference(found: Counter[str], wanted: Counter[str]) -> Looked:
    examined = sum(found.values())
    if found == wanted:
        return Looked(examined)
    missing, extra = wanted - found, found - wanted
    if made_of(missing, extra):
        return Looked(examined)
    return Looked(examined, f"-{sum(missing.values())} +{sum(extra.values())}")


def _pages(pages: tuple[str, ...], report: ComposedReport) -> Looked:
    stream = [token for page in pages for token in tokens(page)]
    foot = [expected.page_line(report, number, len(pages)) for number in range(1, len(pages) + 1)]
    body = [
        *expected.covers(report, "•"),
        *expected.front(report, "•"),
        *expected.back(report),
        *expected.people(report),
    ]
    body += [*expected.tables(report), *expected.charts(report), *expected.heads_again(report)]
    wanted = _count([*body, *foot, *((report.words.people,) if report.rows else ())])
    head = _count(expected.labels(report)) if report.rows and report.layout == "table" else Counter[str]()
    looked = _against(Counter(stream), wanted, head, len(pages))
    if not looked.where:
        return looked
    return Looked(looked.examined, _first_page(pages, wanted + head) + looked.where)


def _against(found: Counter[str], wanted: Counter[str], head: Counter[str], pages: int) -> Looked:
    """Compare; the head of the table stands once on every page the table reaches."""
    if not head:
        return _difference(found, wanted)
    looked = Looked(0, "pages")
    for times in range(1, pages + 1):
        heads = Counter({word: count * times for word, count in head.items()})
        looked = _difference(found, wanted + heads)
        if not looked.where:
            break
    return looked


def _first_page(pages: tuple[str, ...], wanted: Counter[str]) -> str:
    left = Counter(wanted)
    for number, page in enumerate(pages, start=1):
        left.subtract(Counter(tokens(page)))
        if any(count < 0 for count in left.values()):
            return f"page {number}: "
    return ""


def _docx_texts(file: Opened) -> list[str]:
    return [_lines(tree) for tree in file.trees.values()]


def _lines(tree: Element) -> str:
    return "\n".join(text_of(paragraph) for paragraph in tree.iter(f"{W}p"))


def _document(report: ComposedReport) -> list[str]:
    texts = [*expected.covers(report), *expected.front(report), *expected.back(report)]
    texts += expected.people(report)
    if report.rows:
        texts.append(report.words.people)
        texts += expected.labels(report) if report.layout == "table" else []
    texts += [*expected.tables(report), *expected.chart_rows(report)]
    return [*texts, report.footer, report.words.page.replace("{page}", "1").replace("{pages}", "1")]


def _page(report: ComposedReport) -> list[str]:
    texts = [*expected.covers(report), *expected.front(report), *expected.back(report)]
    texts += [*expected.people(report), report.footer]
    texts += [*expected.tables(report), *expected.charts(report)]
    if report.rows:
        texts.append(report.words.people)
        texts += expected.labels(report) if report.layout == "table" else []
    return texts


def _workbook(report: ComposedReport) -> list[str]:
    cells = [str(cell) for row in report.rows for cell in row if cell is not None]
    texts = [*expected.front(report), *expected.back(report), *expected.labels(report), *cells, report.footer]
    for table in report.tables:
        texts += [table.heading, *table.notes]
        if table.rows:
            texts += [report.words.line_column, *table.columns]
        texts += [str(cell) for row in expected.typed(table) for cell in row]
    return texts


def _records(report: ComposedReport) -> list[str]:
    if report.tables:
        return [cell for record in expected.records(report) for cell in record]
    cells = [str(cell) for row in report.rows for cell in row if cell is not None]
    source = expected.cited(report)
    sources = [report.words.source_column, *(source for _ in report.rows)] if source else []
    return [*expected.labels(report), *cells, *sources]
