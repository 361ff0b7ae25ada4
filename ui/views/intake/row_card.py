"""One row of the list beside the table: what changes, what is odd, who it may be, what to choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.i18n import _
from app.intake.joining import ExistingPerson
from app.intake.sponsors import StagedGodparent
from app.intake.staged import READING_WORDS, Preview, Reading, StagedRow, row_candidate
from app.intake.table import row_words
from app.services.intake import LEAVE_OUT, Looked
from app.services.intake_families import Kin, KinState
from app.vocabulary import word
from ui.theme import Role
from ui.views.intake import kin_words, words
from ui.views.prisoners.photo import image_of
from ui.widgets.buttons import Button, Look
from ui.widgets.details import DetailGrid, PhotoBox
from ui.widgets.emptying import empty
from ui.widgets.frames import Notice, ScrollCard, Tone
from ui.widgets.labels import Run, SectionHead, Text, beside, paragraph

_FIELDS = ("born", "sex", "status", "detained_on", "charges", "sentences", "citizenships", "occupation")


class RowCard(ScrollCard):
    """Detail of a row.

    Signals:
        decided(int, str): row number and the id of the person it belongs to, "" for somebody new,
            `LEAVE_OUT` for nobody.
        search_asked(int): somebody else in the case file is to be chosen for this row.
        godparent_decided(str, str): key of a godparent of the list, and who it is, as in `decided`.
        kin_decided(object, int, str): row, place in its family, and who it is: the id of the known relative,
            "" for somebody else, `LEAVE_OUT` for nobody.
    """

    godparent_decided = Signal(str, str)
    kin_decided = Signal(object, int, str)

    decided = Signal(object, str)
    search_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._decided: Mapping[int, StagedRow] = {}

    def show_row(self, row: StagedRow | None, looked: Looked) -> None:
        """Say everything about a row, nothing for None."""
        empty(self.body)
        preview, known = looked.preview, looked.known
        if row is None:
            self.add(paragraph(_("Choose a row to see what would happen to it."), Role.MUTED))
        else:
            self._show(row, preview, known)
            self._show_photo(row, looked)
            self._show_sponsors(row, looked)
            self._show_kin(row, looked)
            self._show_values(row, preview)
        self.body.addStretch(1)

    def _show(self, row: StagedRow, preview: Preview, known: Mapping[str, ExistingPerson]) -> None:
        self.add(Text(words.row_name(row), Role.TITLE, wrap=True))
        number = _("row {row}").format(row=row_words(row.number))
        parts = [number, _(READING_WORDS[row.reading])]
        if row.key:
            parts.append(_("No. {number} in the list").format(number=row.key))
        self.add(paragraph(" · ".join(parts), Role.MUTED))
        if row.reading is Reading.DOUBTFUL or row.number in self._decided:
            self.add(self._choice(row, preview, known))
        self._show_changes(row, preview)
        self._show_problems(row)
        self._show_doubles(row, preview, known)

    def _show_photo(self, row: StagedRow, looked: Looked) -> None:
        """The picture that comes in with the row: whose face it is only a person can tell."""
        photo = image_of(looked.photos.of(row.number))
        if photo is not None:
            name = words.row_name(row)
            self.add(beside(PhotoBox(_("Photo"), photo, name=_("Photo of {name}").format(name=name))))

    def set_decided(self, rows: Mapping[int, StagedRow]) -> None:
        """Rows a person chose for, as they were before: the choice stays open to change."""
        self._decided = rows

    def _choice(self, row: StagedRow, preview: Preview, known: Mapping[str, ExistingPerson]) -> QWidget:
        box = Notice(
            words.doubt_words(self._decided.get(row.number, row)),
            Tone.AMBER,
            lead=_("Who is this? Until you choose, this row stays out."),
        )
        chosen = _chosen(row)
        people = [*row.candidates]
        if row.reading is not Reading.DOUBTFUL and row.existing and row.existing not in people:
            people.append(row.existing)  # found by a search
        choices = [(person, words.candidate_words(person, preview, known)) for person in people]
        choices += [("", _("somebody new")), (LEAVE_OUT, _("leave this row out"))]
        inside = _radios(choices, chosen, "who", lambda value: self.decided.emit(row.number, value))
        search = Button(_("Somebody else in the case file…"), Look.SMALL)
        search.setObjectName("who-search")
        search.clicked.connect(lambda: self.search_asked.emit(row.number))
        box.add(inside)
        box.add(beside(search))
        return box

    def _show_changes(self, row: StagedRow, preview: Preview) -> None:
        if not row.changes:
            return
        self.add(SectionHead(_("What would change")))
        grid = DetailGrid(label_width=120)
        for change in row.changes:
            label, before, after = words.change_words(change, preview)
            runs = [Run(before, Role.MUTED), Run(" → ", Role.MUTED), Run(after, Role.STRONG)]
            if change.edited:
                grid.add(label, runs, [Run(_("somebody changed this here since the last list"), Role.SMALL)])
            else:
                grid.add(label, runs)
        self.add(grid)

    def _show_problems(self, row: StagedRow) -> None:
        if not row.problems:
            return
        self.add(SectionHead(_("Remarks")))
        grid = DetailGrid(label_width=120)
        for problem in row.problems:
            grid.add(problem.column or _("the row"), problem.words())
        self.add(grid)

    def _show_doubles(self, row: StagedRow, preview: Preview, known: Mapping[str, ExistingPerson]) -> None:
        if not row.likely_doubles:
            return
        self.add(SectionHead(_("May be the same person as")))
        rows = {each.number: each for each in preview.rows}
        grid = DetailGrid(label_width=120)
        for double in row.likely_doubles:
            if double.row is not None:
                label, name = (
                    _("row {row}").format(row=row_words(double.row)),
                    words.row_name(rows[double.row]),
                )
            else:
                label, name = _("in the case file"), words.person_name(known.get(double.existing or ""))
            grid.add(label, name, [Run(words.reasons_words(double), Role.SMALL)])
        self.add(grid)
        self.add(paragraph(_("Shown only; nobody is ever merged by itself."), Role.SMALL))

    def _show_kin(self, row: StagedRow, looked: Looked) -> None:
        """The family the row names: who, and what is known of them; never a name or a number."""
        kins = looked.kins.get(row.number, ())
        if not kins:
            return
        self.add(SectionHead(_("Family, kept closed")))
        grid = DetailGrid(label_width=120)
        for kin in kins:
            grid.add(word("relation", kin.read.relation), *kin_words.lines(kin))
        self.add(grid)
        for place, kin in enumerate(kins):
            if kin.asked:
                self.add(self._who_of_family(row.number, place, kin))

    def _who_of_family(self, row: int, place: int, kin: Kin) -> QWidget:
        """Whether somebody of a family is the one known, asked without showing who that is."""
        box = Notice(
            kin_words.doubt_words(kin),
            Tone.AMBER,
            lead=_("{relation}: the same person?").format(relation=word("relation", kin.read.relation)),
        )
        known = [(kin.asked[0], _("the one known here; nothing about them changes"))]
        choices = known if len(kin.asked) == 1 else []
        choices += [("", _("another one, recorded beside")), (LEAVE_OUT, _("leave this person out"))]
        chosen = LEAVE_OUT if kin.state is KinState.DOUBTFUL else kin.existing or ""
        named = f"kin{place}"
        box.add(_radios(choices, chosen, named, lambda value: self.kin_decided.emit(row, place, value)))
        return box

    def _show_sponsors(self, row: StagedRow, looked: Looked) -> None:
        staged = {one.key: one for one in looked.godparents}
        sponsors = [
            (one, staged[one.godparent.key]) for one in row.read.sponsors if one.godparent.key in staged
        ]
        if not sponsors:
            return
        self.add(SectionHead(_("Godparents")))
        grid = DetailGrid(label_width=120)
        for sponsor, one in sponsors:
            grid.add(one.name, *kin_words.sponsor_lines(sponsor, one))
        self.add(grid)
        for _sponsor, one in sponsors:
            if one.candidates:
                self.add(self._who(one, looked))

    def _who(self, one: StagedGodparent, looked: Looked) -> QWidget:
        """Who a godparent is, chosen once for the whole list."""
        choices = [(key, looked.godparent_names.get(key, "")) for key in one.candidates]
        choices += [("", _("somebody new")), (LEAVE_OUT, _("leave this godparent out"))]
        box = Notice(
            _("The choice counts for every row that names this godparent."),
            Tone.AMBER,
            lead=_("Is {name} one of these? Until you choose, the godparenthood stays out.").format(
                name=one.name
            ),
        )
        chosen = {
            Reading.NEW: "",
            Reading.LEFT_OUT: LEAVE_OUT,
            Reading.UNCHANGED: one.existing,
        }.get(one.reading)
        box.add(
            _radios(choices, chosen, "godparent", lambda value: self.godparent_decided.emit(one.key, value))
        )
        return box

    def _show_values(self, row: StagedRow, preview: Preview) -> None:
        self.add(SectionHead(_("What the list says")))
        grid = DetailGrid(label_width=120)
        for field in _FIELDS:
            value = words.field_words(row, field)
            if value:
                grid.add(words.label_of(field), value)
        place = words.place_of(row.facility, preview)
        if place:
            grid.add(words.label_of("facility"), place)
        grid.add(_("Recognised"), _("yes") if row.recognised else _("no"))
        self.add(grid)


def _radios(
    choices: Sequence[tuple[str, str]], chosen: str | None, named: str, decided: Callable[[str], object]
) -> QWidget:
    """One button for each choice; gives the value of the one pressed."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 4, 0, 0)
    group = QButtonGroup(inside)
    for place, (value, said) in enumerate(choices):
        button = QRadioButton(said)
        button.setObjectName(f"{named}-{value or 'new'}")
        button.setChecked(value == chosen)
        group.addButton(button, place)
        column.addWidget(button)
    group.idClicked.connect(lambda place: decided(choices[place][0]))
    return inside


def _chosen(row: StagedRow) -> str | None:
    """What somebody chose for a row, None while it is doubtful."""
    match row.reading:
        case Reading.DOUBTFUL:
            return None
        case Reading.LEFT_OUT:
            return LEAVE_OUT
        case Reading.NEW:
            return ""
        case Reading.JOINED if row.same_as is not None:
            return row_candidate(row.same_as)
    return row.existing
