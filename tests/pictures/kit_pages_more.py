"""The Report and Log pictures from the kit. Every person here is invented."""

from __future__ import annotations

import attrs
import typst
from PySide6.QtWidgets import QHBoxLayout, QWidget

import resources
from tests.pictures.kit_pages import answer_bars
from ui.columns import Badge, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.theme import Role
from ui.widgets.buttons import Button, DropChip, Look
from ui.widgets.frames import Card, Notice, PageFrame, ScrollCard, Tone
from ui.widgets.labels import PageHead, Run, RunText, SectionHead, Text, beside, paragraph
from ui.widgets.page_viewer import PageViewer
from ui.widgets.steps import StepHead
from ui.widgets.table import TableView, table_card


def sample_pdf() -> bytes:
    """Two pages with invented words."""
    page = '#set page(paper: "a4", margin: 2cm)\n#set text(font: "Noto Serif", size: 11pt)\n'
    text = "= Politische Gefangene in Belarus\nUnterlage für den Ausschuss · 22. November 2026\n\n"
    people = "*Alena Dubnianskaya* · No. 4, Homiel · seit 2021\\ Redakteurin einer Regionalzeitung.\n\n" * 9
    source = (page + text + people + "#pagebreak()\nSeite zwei").encode()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(resources.path("fonts"))])
    return typst.compile(input=source, font_paths=fonts, format="pdf")


def report_page() -> QWidget:
    """The pages of a file beside its checks."""
    page = PageFrame()
    head = PageHead("Report 2026-031")
    steps = StepHead(["Kind", "People and text", "Review", "Checks", "Approve"])
    steps.set_current(2)
    head.add_centre(steps)
    head.add(Button("Back"), Button("Run checks", Look.PRIMARY))
    page.add(head)
    body = QHBoxLayout()
    body.setSpacing(14)
    viewer = PageViewer("Pages of the report")
    viewer.open(sample_pdf())
    body.addWidget(viewer, 1)
    body.addWidget(_side())
    page.body.addLayout(body, 1)
    return page


def _side() -> QWidget:
    card = ScrollCard(gap=10)
    card.setFixedWidth(360)
    card.add(Text("Briefing for a parliament · German · PDF, DOCX", Role.SECTION, wrap=True))
    card.add(paragraph("This is the file itself, as its readers will see it.", Role.MUTED))
    for words, number in (
        ("Named, cleared today", 8),
        ("Only in the figures", 32),
        ("German summary missing", 2),
    ):
        row = SectionHead("", words)
        row.title.hide()
        row.add(Text(str(number), Role.BOLD))
        card.add(row)
    card.add(beside(Button("Who is left out…"), Button("Ask for clearance…")))
    card.add(SectionHead("What this kind carries"))
    card.add(paragraph("name · year of arrest · place held · public summary. Never relatives.", Role.MUTED))
    card.add(SectionHead("Checks before the file exists"))
    checks = [
        (State.YES, "Everyone named is cleared today"),
        (State.YES, "Only fields this kind may carry"),
        (State.UNASKED, "No relative’s name in any spelling · by the approver"),
        (State.UNASKED, "No phone, e-mail, handle, address"),
        (State.UNASKED, "Nothing hidden in the file"),
        (State.UNASKED, "Groups large enough"),
    ]
    for state, words in checks:
        card.add(RunText([Run(words, state=state)]))
    words = "A security officer searches these pages here for names you cannot see. It can also come by slip."
    card.add(Notice(words, Tone.AMBER, lead="Then approval."))
    card.body.addStretch(1)
    return card


@attrs.frozen
class Entry:
    """A line of the Log picture."""

    id: str
    when: str
    who: str
    what: str
    about: str


ENTRIES = [
    Entry(
        "1", "22 Nov 14:02", "Hanna K.", "Changed a prisoner", "Dubnianskaya, Alena · held at: No. 24 → No. 4"
    ),
    Entry("2", "22 Nov 13:58", "Maks R.", "Showed a name", "wife of Sasnouski, Mikalai · to arrange a call"),
    Entry("3", "22 Nov 13:31", "Ida S.", "Sent report 2026-030", "newsletter · 11 people · 25 recipients"),
    Entry("4", "22 Nov 11:12", "Vera O.", "Approved report 2026-030", "2 namesakes judged"),
    Entry(
        "5",
        "22 Nov 10:47",
        "Hanna K.",
        "Recorded a conversation",
        "daughter of Kachanovich, Volha · 3 answers",
    ),
    Entry("6", "22 Nov 09:30", "Maks R. (automatic)", "Backup made and opened", "48 MB"),
]


@attrs.frozen
class Finding:
    """A line of the findings."""

    id: str
    weight: Badge
    what: str
    why: str


FINDINGS = [
    Finding(
        "1",
        Badge(State.NO, "high"),
        "Call after a no",
        "Sister of Dubnianskaya, Alena was called on 14 Nov 2026",
    ),
    Finding("2", Badge(State.ENDS, "medium"), "Consent ends", "12 answers end before 22 December"),
    Finding(
        "3",
        Badge(State.ENDS, "medium"),
        "Protocol not accepted",
        "4 active godparents have not accepted protocol 3",
    ),
    Finding(
        "4",
        Badge(State.UNASKED, "low"),
        "Shown, nothing followed",
        "Son of Verasouskaya, Nadzeya was shown 3 times",
    ),
]


def log_page() -> QWidget:
    """Findings, chart and what happened."""
    page = PageFrame()
    head = PageHead("Log")
    head.add_beside_title(
        RunText([Run("18 442 entries, all signatures checked today 14:00", state=State.YES)])
    )
    head.add(
        Button("Who could open it…"), Button("Save proof line…"), Button("Quarter review…", Look.PRIMARY)
    )
    page.add(head)
    upper = QHBoxLayout()
    upper.setSpacing(14)
    model = RowTableModel(
        [
            Column[Finding]("weight", "Weight", lambda row: row.weight, CellKind.BADGE, width=112),
            Column[Finding]("what", "What", lambda row: row.what, CellKind.STRONG, width=188),
            Column[Finding]("why", "Why", lambda row: row.why, CellKind.MUTED, stretch=True),
        ],
        lambda row: row.id,
    )
    model.set_rows(FINDINGS)
    findings = TableView("Findings", model)
    findings.horizontalHeader().hide()
    findings.select("1")
    title = SectionHead("4 kinds of findings to review")
    title.setContentsMargins(16, 12, 16, 6)
    upper.addWidget(table_card(findings, title), 2)
    chart = Card(gap=8)
    chart.add(SectionHead("Answers of 77 relatives"))
    chart.add(answer_bars())
    upper.addWidget(chart, 1)
    box = QWidget()
    box.setLayout(upper)
    upper.setContentsMargins(0, 0, 0, 0)
    box.setFixedHeight(224)
    page.add(box)
    page.add(_what_happened(), 1)
    return page


def _what_happened() -> QWidget:
    model = RowTableModel(
        [
            Column[Entry]("when", "When", lambda row: row.when, CellKind.MUTED, width=170),
            Column[Entry]("who", "Who", lambda row: row.who, width=232),
            Column[Entry]("what", "What", lambda row: row.what, width=305),
            Column[Entry]("about", "About", lambda row: row.about, CellKind.MUTED, stretch=True),
        ],
        lambda row: row.id,
    )
    model.set_rows(ENTRIES)
    table = TableView("What happened", model)
    table.sort_by("when", descending=True)
    title = SectionHead("What happened")
    title.setContentsMargins(16, 12, 16, 12)
    for words in ("Who", "What", "Last 7 days"):
        title.add(DropChip(words))
    return table_card(table, title)
