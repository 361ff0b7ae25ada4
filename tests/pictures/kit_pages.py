"""Pages put together from the kit as the design's pictures show them. Every person here is invented."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.domain.dates import PartialDate
from ui.columns import Badge, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.theme import Role
from ui.widgets.answers import AnswerList, AnswerRow, Said
from ui.widgets.bars import Bar, StackedBars
from ui.widgets.buttons import Button, DropChip, FilterChip, InlineDrop, Look
from ui.widgets.date_edit import DateEdit
from ui.widgets.details import DetailGrid, PhotoBox
from ui.widgets.fields import CountedText, Field, LineEdit, PassphraseEdit, TextEdit
from ui.widgets.flow import TagChips
from ui.widgets.frames import (
    Card,
    EmptyPage,
    MasterDetail,
    Notice,
    PageFrame,
    ScrollCard,
    Scrolled,
    Tone,
    line,
)
from ui.widgets.labels import PageHead, Run, RunText, SectionHead, Text, beside, paragraph, stacked
from ui.widgets.masked import MaskedText
from ui.widgets.table import TableView, table_card
from ui.widgets.tabs import TabStrip
from ui.widgets.tags import Tag
from ui.widgets.terms import TermCombo, TermPicker
from ui.widgets.working import WorkingStrip

YES, ENDS, NO, UNASKED, WAITS = State.YES, State.ENDS, State.NO, State.UNASKED, State.WAITS


@attrs.frozen
class Someone:
    """A line of the Prisoners picture."""

    id: str
    name: str
    status: str
    held: str
    godparents: int
    public: Badge
    next_step: str


_MAY, _MAY_NOT, _NOBODY = Badge(YES, "may"), Badge(NO, "may not"), Badge(UNASKED, "nobody asked")
PEOPLE = [
    Someone("1", "Barsukova, Iryna", "Penal colony", "No. 4, Homiel", 0, _MAY_NOT, "Find a godparent"),
    Someone("2", "Dubnianskaya, Alena", "Penal colony", "No. 4, Homiel", 1, _MAY, "Birthday 12 December"),
    Someone("3", "Hryvenchyk, Pavel", "Pre-trial", "SIZO-1, Minsk", 0, _NOBODY, "First words to partner"),
    Someone(
        "4",
        "Kachanovich, Volha",
        "Penal colony",
        "No. 4, Homiel",
        1,
        Badge(ENDS, "until 4 Dec"),
        "Ask again by 4 Dec",
    ),
    Someone("5", "Krapivuk, Siarhei", "Released", "", 1, _MAY, "Aftercare: documents"),
    Someone("6", "Lazouski, Yauhen", "Penal colony", "No. 15, Mahiliou", 1, _MAY, "Letter came back"),
    Someone("7", "Muraushka, Hanna", "Home confinement", "Hrodna", 0, _NOBODY, "Find a godparent"),
    Someone("8", "Papartsevich, Dzmitry", "Prison", "No. 8, Zhodzina", 3, _MAY_NOT, "Hand over: term ends"),
    Someone("9", "Ramonchyk, Andrei", "Died in custody", "", 0, _MAY_NOT, ""),
    Someone("10", "Sasnouski, Mikalai", "Penal colony", "No. 17, Shklou", 2, _MAY, "Call with godparent"),
    Someone("11", "Tumanionak, Viktar", "Penal colony", "No. 2, Babrujsk", 1, _MAY, ""),
    Someone(
        "12",
        "Verasouskaya, Nadzeya",
        "Penal colony",
        "No. 4, Homiel",
        0,
        Badge(WAITS, "waits"),
        "Find a godparent",
    ),
    Someone("13", "Zhurauskaya, Maryia", "Penal colony", "No. 4, Homiel", 1, _MAY, ""),
]


def people_model() -> RowTableModel[Someone]:
    """The table of the Prisoners picture."""
    model = RowTableModel(
        [
            Column[Someone]("name", "Name", lambda row: row.name, CellKind.STRONG, width=184),
            Column[Someone]("status", "Status", lambda row: row.status, width=150),
            Column[Someone]("held", "Held at", lambda row: row.held, CellKind.MUTED, width=130),
            Column[Someone]("godparents", "Godp.", lambda row: row.godparents, CellKind.NUMBER, width=58),
            Column[Someone]("public", "Name in public", lambda row: row.public, CellKind.BADGE, width=142),
            Column[Someone](
                "next", "Next step", lambda row: row.next_step, CellKind.MUTED, width=140, stretch=True
            ),
        ],
        lambda row: row.id,
    )
    model.set_rows(PEOPLE)
    return model


def prisoners_page() -> QWidget:
    """Master and detail."""
    page = PageFrame()
    head = PageHead("Prisoners", "13 of my 40")
    held = DropChip("Held or released", [("held", "Held"), ("released", "Released")])
    more = DropChip("More filters", [("health", "Health")])
    head.add(
        FilterChip("Mine", on=True),
        held,
        more,
        Button("Bring in a list…"),
        Button("New prisoner", Look.PRIMARY),
    )
    page.add(head)
    model = people_model()
    table = TableView("Prisoners", model)
    table.sort_by("name")
    table.select("2")
    page.add(MasterDetail(table_card(table), _person_card()), 1)
    return page


def _person_card() -> QWidget:
    card = Card(padding=0, gap=0)
    inside = Scrolled(padding=16, gap=0)
    above = QWidget()
    upper = QVBoxLayout(above)
    upper.setContentsMargins(16, 14, 0, 0)
    upper.setSpacing(6)
    top_row = QWidget()
    top = QHBoxLayout(top_row)
    top.setContentsMargins(0, 0, 16, 0)
    top.setSpacing(12)
    photo = PhotoBox("photo: not for public")
    names = QWidget()
    column = QGridLayout(names)
    column.setContentsMargins(0, 0, 0, 0)
    column.setVerticalSpacing(6)
    column.addWidget(Text("Dubnianskaya, Alena", Role.TITLE, wrap=True), 0, 0)
    column.addWidget(RunText([Run("Дубнянская Алена Паўлаўна · also Dubnyanskaya", Role.MUTED)]), 1, 0)
    column.addWidget(TagChips(["Penal colony", "Health", "No visit since May 2024"]), 2, 0)
    top.addWidget(photo)
    top.addWidget(names, 1)
    edit = Button("Edit")
    top.addWidget(edit)
    for widget in (photo, edit):
        top.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
    upper.addWidget(top_row)
    tabs = ["Case", "Timeline", "Family", "Godparents", "Support", "History"]
    upper.addWidget(TabStrip("About this prisoner", [(each.casefold(), each) for each in tabs]))
    card.add(above)
    grid = DetailGrid()
    grid.add("Born", "12 December 1979 (46)")
    grid.add("Recognised", [Run("2021-10-05 by list keeper A · "), Run("source", Role.MUTED)])
    grid.add("Detained", "14 September 2021 · 5 years 2 months")
    grid.add("Charges", "Art. 361 part 3 · Art. 130 part 1")
    grid.add("Sentence", "11 years, general regime · to September 2032")
    grid.add("Held at", [Run("Penal colony No. 4, Homiel · "), Run("address checked Aug 2026", Role.MUTED)])
    grid.add("Godparent", "Example MP (DE) · since February 2022")
    grid.add("Name in public", [Run("may", state=YES), Run(" mother, 8 months ago; husband", Role.MUTED)])
    grid.add("Talking to family", [Run("mother, husband", state=YES)], [Run("sister: no contact", state=NO)])
    grid.add("Next step", "Birthday card from godparent, by 1 December · mine")
    inside.add(grid)
    inside.body.addSpacing(16)
    words = "Editor of a regional newspaper, sentenced in March 2022 after a closed trial. No visits."
    inside.add(Notice(words, Tone.AMBER, lead="Public summary", aside="English, German missing"))
    inside.body.addStretch(1)
    card.add(inside, 1)
    return card


@attrs.frozen
class Kin:
    """A line of the Relatives picture."""

    id: str
    of: str
    relative: str
    lines: tuple[State, ...]
    last: str


_WORDS = {YES: "yes", ENDS: "ends", NO: "no", UNASKED: "not asked", WAITS: "waits"}
KIN = [
    Kin("1", "Barsukova, Iryna", "mother", (NO, UNASKED, NO, NO, NO), "withdrew all, Aug 2025"),
    Kin("2", "Dubnianskaya, Alena", "mother", (YES, YES, YES, YES, UNASKED), "8 months"),
    Kin("3", "Dubnianskaya, Alena", "sister", (NO, UNASKED, UNASKED, UNASKED, NO), "withdrew, Aug 2025"),
    Kin("4", "Dubnianskaya, Alena", "husband", (YES, UNASKED, YES, YES, UNASKED), "5 months"),
    Kin("5", "Hryvenchyk, Pavel", "partner", (UNASKED,) * 5, "first words wait"),
    Kin("6", "Kachanovich, Volha", "daughter", (ENDS, YES, ENDS, ENDS, UNASKED), "ends 4 Dec"),
    Kin("7", "Krapivuk, Siarhei", "himself", (YES, YES, YES, YES, NO), "2 months"),
    Kin("8", "Lazouski, Yauhen", "brother", (YES, YES, UNASKED, YES, UNASKED), "7 months"),
    Kin("9", "Muraushka, Hanna", "mother", (UNASKED,) * 5, "not safe to ask"),
    Kin("10", "Papartsevich, Dzmitry", "wife", (YES, YES, NO, NO, NO), "3 months"),
    Kin("11", "Papartsevich, Dzmitry", "father", (YES, UNASKED, YES, YES, UNASKED), "9 months"),
    Kin("12", "Sasnouski, Mikalai", "wife", (YES, YES, YES, YES, YES), "1 month"),
    Kin("13", "Sasnouski, Mikalai", "father", (YES, UNASKED, UNASKED, YES, UNASKED), "1 month"),
    Kin("14", "Tumanionak, Viktar", "mother", (YES, YES, YES, YES, UNASKED), "4 months"),
]
LINES = ["Stay in touch", "Letters, parcels", "Godparent", "In public", "Health, quotes"]


def relatives_page() -> QWidget:
    """Five columns of consent."""
    page = PageFrame()
    head = PageHead("Relatives & consent", "15 of my 77 · names stay closed until shown")
    head.add(FilterChip("Mine", on=True), FilterChip("Ends soon · 4"), FilterChip("Said no · 21"))
    head.add(FilterChip("Never asked · 9"), Button("Conversation…", Look.PRIMARY, hint="Ctrl Shift C"))
    page.add(head)
    columns = [
        Column[Kin]("of", "Of", lambda row: row.of, CellKind.STRONG, width=217),
        Column[Kin]("relative", "Relative", lambda row: row.relative, width=100),
    ]
    for place, words in enumerate(LINES):
        columns.append(Column[Kin](f"line{place}", words, _line(place), CellKind.BADGE, width=136))
    columns.append(
        Column[Kin]("last", "Last answer", lambda row: row.last, CellKind.MUTED, width=180, stretch=True)
    )
    model = RowTableModel(columns, lambda row: row.id)
    model.set_rows(KIN)
    table = TableView("Relatives", model)
    table.sort_by("of")
    table.select("3")
    page.add(table_card(table), 1)
    page.add(_kin_card())
    return page


def _line(place: int) -> Callable[[Kin], Badge]:
    def getter(row: Kin) -> Badge:
        return Badge(row.lines[place], _WORDS[row.lines[place]])

    return getter


def _kin_card() -> QWidget:
    card = Card(padding=0, gap=0)
    row = QHBoxLayout()
    row.setSpacing(0)
    left, right = QWidget(), QWidget()
    one, two = QVBoxLayout(left), QVBoxLayout(right)
    for column in (one, two):
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
    head = SectionHead("Sister of Dubnianskaya, Alena")
    head.add(Button("Show name…"))
    head.add(Button("Stop…"))
    one.addWidget(head)
    masks: list[QWidget] = []
    for words in ("Name", "Signal", "Place"):
        masks += [Text(words, Role.MUTED), MaskedText(words)]
    one.addWidget(beside(*masks))
    words = "She withdrew on 10 August 2025, by phone. Photo and quotes of Alena stay out of every report."
    one.addWidget(Notice(words, Tone.RED, lead="Do not contact."))
    one.addStretch(1)
    two.addWidget(SectionHead("What she said, newest first"))
    said = [
        ("10 Aug 2025", "Stay in touch", Run("withdrew", state=NO), "phone · Hanna K."),
        ("21 Jan 2024", "Health, quotes", Run("no", state=NO), "letter · Maks R."),
        ("2 Nov 2023", "Stay in touch", Run("yes", state=YES), "voice · to 2 Nov 2024"),
    ]
    for when, what, run, how in said:
        each = QWidget()
        cells = QHBoxLayout(each)
        cells.setContentsMargins(12, 4, 0, 4)
        for widget, stretch in (
            (Text(when, Role.MUTED), 3),
            (Text(what), 3),
            (RunText([run]), 3),
            (Text(how, Role.MUTED), 4),
        ):
            cells.addWidget(widget, stretch)
        two.addWidget(each)
        two.addWidget(line())
    two.addStretch(1)
    row.addWidget(left, 1)
    row.addWidget(line(upright=True))
    row.addWidget(right, 1)
    card.body.addLayout(row)
    return card


def conversation_page() -> QWidget:
    """Keys Y N L."""
    page = PageFrame()
    head = PageHead("Conversation", "with the mother of Dubnianskaya, Alena · started 14:02")
    head.add(Button("Save talk without answers"), Button("Save 3 answers", Look.PRIMARY))
    page.add(head)
    body = QHBoxLayout()
    body.setSpacing(14)
    body.addWidget(_before_card(), 430)
    body.addWidget(_answers_card(), 756)
    page.body.addLayout(body, 1)
    return page


def _before_card() -> QWidget:
    card = ScrollCard()
    head = SectionHead("Before you call")
    head.add(Button("Show number (30 min)"))
    card.add(head)
    words = 'After 20:00 Minsk time. Russian. You are "Anna from the library".'
    card.add(Notice(words, lead="Signal only."))
    card.add(Notice("Never mention: the newspaper; the neighbour.", Tone.RED))
    card.add(SectionHead("Read out (text 7, Russian)"))
    text = (
        "We keep what you tell us locked and only for what you agree to. You can say no to anything, now or "
        "later, and nothing happens to our help. May I ask you five short things?"
    )
    card.add(paragraph(text, Role.MUTED))
    card.add(SectionHead("This talk"))
    grid = DetailGrid(gap=16)
    for label, words in (
        ("Who came to whom", "she called us"),
        ("Channel checked by", "voice known to Hanna K."),
        ("Where she is", "inside the country"),
        ("Signs of pressure", "none"),
        ("Kept as evidence", "heard, not kept"),
    ):
        grid.add(label, beside(InlineDrop(label, [("a", words)], "a")))
    card.add(grid)
    card.body.addStretch(1)
    return card


def _answers_card() -> QWidget:
    card = ScrollCard(padding=18)
    head = SectionHead("What may we do?")
    keys = beside(
        Text("Keys", Role.MUTED),
        *(Tag(each, keys=True, colour="muted") for each in "YNL"),
        Text("· arrows for details", Role.MUTED),
        gap=6,
    )
    head.add(keys)
    later = {
        Said.YES: [("12", "to Nov 2027"), ("6", "to May 2027")],
        Said.NO: [("n", "never until she says so")],
    }
    kinds = {Said.YES: [("lp", "letters, parcels")], Said.NO: later[Said.NO]}
    rows = [
        AnswerRow("touch", "Stay in touch with us", later),
        AnswerRow("letters", "Letters, calls, parcels, money", kinds),
        AnswerRow("godparent", "A godparent", later),
        AnswerRow("public", "Name and case in public", later),
        AnswerRow("health", "Photo, health, family, quotes", later),
    ]
    rows[0].set_said(Said.YES)
    rows[1].set_said(Said.YES)
    rows[2].set_said(Said.NO)
    answers = AnswerList(rows)
    answers.setObjectName("answers")
    card.add(stacked(head, answers, gap=0))
    boxes = QHBoxLayout()
    boxes.setSpacing(14)
    changes = (
        "One godparenthood pauses at once (Example MP). Two people who received a report with Alena since "
        "May get a draft note to call it back."
    )
    waits = "Nothing. Staying in touch is inside the house; a no acts at once."
    boxes.addWidget(Notice(changes, Tone.AMBER, lead="What changes when you save", lead_above=True), 1)
    boxes.addWidget(Notice(waits, lead="Waits for a second person", lead_above=True), 1)
    card.body.addLayout(boxes)
    card.add(SectionHead("Note", "· only for your desk, never in a report"))
    card.add(TextEdit("Note", "Sounded tired. Asks whether parcels in December need the new form.", lines=5))
    card.body.addStretch(1)
    return card


def kit_page() -> QWidget:
    """Everything else in one place."""

    page = PageFrame()
    head = PageHead("Parts", "fields, notices, states")
    drop = DropChip("Held or released", [("held", "Held"), ("released", "Released")])
    drop.set_values(["held"])
    head.add(
        drop,
        Button("Delete the draft", Look.DANGER),
        Button("Quiet", Look.QUIET),
        Button("Off", Look.PRIMARY),
    )
    page.add(head)
    body = QHBoxLayout()
    body.setSpacing(14)
    fields = ScrollCard()
    wrong = DateEdit("Detained on")
    wrong.set_stored("sometime in June")
    status = TermCombo("Status", [("colony", "Penal colony"), ("prison", "Prison")], "colony")
    languages = TermPicker(
        "Languages",
        [("be", "Belarusian"), ("ru", "Russian"), ("de", "German"), ("pl", "Polish")],
        ["ru", "be"],
    )

    born = Field(
        "Born",
        DateEdit("Born", PartialDate(1990, about=True)),
        hint="As you know it: 1990, May 1990, ca. 1990",
    )
    detained = Field("Detained on", wrong)
    detained.set_wrong("This is no date. Write 2021, 06.2021 or 14 June 2021.")
    for part in (
        Field("Name", LineEdit("Name", example="As on the envelope"), required=True),
        born,
        detained,
    ):
        fields.add(part)
    fields.add(Field("Status", status))
    fields.add(Field("Languages", languages))
    fields.add(Field("Passphrase", PassphraseEdit("Passphrase")))
    fields.add(
        Field("Summary", CountedText("Summary", "Editor of a regional newspaper.", limit=280, lines=3))
    )
    tick, tock, radio = QCheckBox("Ticked"), QCheckBox("Not ticked"), QRadioButton("Chosen")
    tick.setChecked(True)
    radio.setChecked(True)
    fields.add(beside(tick, tock, radio, gap=20))
    fields.body.addStretch(1)
    body.addWidget(fields, 1)
    body.addWidget(_tone_card(), 1)
    empty = Card()
    sentence = (
        "Godparents are people who stand up for a prisoner in public. Add the first, or bring in your list."
    )
    empty.add(EmptyPage(sentence, "New godparent", title="No godparents yet"))
    body.addWidget(empty, 1)
    page.body.addLayout(body, 1)
    return page


def _tone_card() -> QWidget:
    card = ScrollCard()
    card.add(SectionHead("States"))
    for state, words in _WORDS.items():
        card.add(RunText([Run(words, state=state), Run(" · 8 months ago", Role.MUTED)]))
    card.add(Notice("Everything is saved.", Tone.GREEN, lead="Done."))
    card.add(Notice("The answer ends in twelve days.", Tone.AMBER, lead="Ends soon."))
    card.add(Notice("Nobody may call before she calls.", Tone.RED, lead="Do not contact."))
    card.add(Notice("This file stays in the house."))
    working = _working()
    card.add(working)
    working.show()  # it shows itself only after a while
    card.add(SectionHead("Answers of 77 relatives"))
    card.add(answer_bars())
    card.body.addStretch(1)
    return card


def _working() -> QWidget:

    strip = WorkingStrip()
    strip.set_progress(412, 1204, "Reading names in every spelling")
    return strip


def answer_bars() -> StackedBars:
    """The chart of the Log picture."""
    numbers = [(46, 4, 9, 18), (38, 0, 5, 34), (31, 4, 8, 34), (35, 4, 12, 26), (9, 0, 21, 47)]
    order = (YES, ENDS, NO, UNASKED)
    return StackedBars(
        "Answers of 77 relatives",
        [
            Bar(words, dict(zip(order, counts, strict=True)))
            for words, counts in zip(LINES, numbers, strict=True)
        ],
    )
