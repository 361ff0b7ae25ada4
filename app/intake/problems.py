"""What is wrong with a row, worded. A problem never repeats the cell: its text stays closed with the row."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import attrs

from app.i18n import N_, _
from app.intake.table import Note


class Weight(StrEnum):
    """How much a problem matters."""

    LEFT_OUT = "left_out"  # the value was not brought in
    MARKED = "marked"  # it was brought in and somebody should look
    NOTE = "note"  # something was put right or is only worth knowing


class ProblemCode(StrEnum):
    """One code per cause."""

    NO_NAME = "no_name"
    ROW_BROKEN = "row_broken"
    ROW_SHORT = "row_short"
    ROW_LONG = "row_long"
    NUMBER_TWICE = "number_twice"
    NO_NUMBER = "no_number"
    OTHER_NAME_SAME_NUMBER = "other_name_same_number"
    NAME_WITHDRAWN = "name_withdrawn"
    KNOWN_FROM_ELSEWHERE = "known_from_elsewhere"
    NAME_ORDER_UNSURE = "name_order_unsure"
    NAME_MANY_PARTS = "name_many_parts"
    LETTERS_REPAIRED = "letters_repaired"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_UNREAD = "date_unread"
    BORN_AFTER_DETAINED = "born_after_detained"
    DETAINED_AS_CHILD = "detained_as_child"
    DATE_IN_FUTURE = "date_in_future"
    ENDS_BEFORE_START = "ends_before_start"
    DIED_BEFORE_DETAINED = "died_before_detained"
    DIED_BUT_LISTED_HELD = "died_but_listed_held"
    ARTICLE_UNREAD = "article_unread"
    ARTICLE_REST = "article_rest"
    TERM_UNREAD = "term_unread"
    PENALTY_UNREAD = "penalty_unread"
    FACILITY_UNREAD = "facility_unread"
    FREE_BUT_LISTED_HELD = "free_but_listed_held"
    STATUS_UNREAD = "status_unread"
    SEX_UNREAD = "sex_unread"
    SEX_AGAINST_NAME = "sex_against_name"
    COUNTRY_UNREAD = "country_unread"
    LINK_UNREAD = "link_unread"
    NO_DECLARATION = "no_declaration"
    TOO_LONG = "too_long"
    ROW_SUM = "row_sum"
    ROW_HEADING = "row_heading"
    MAY_BE_HEADING = "may_be_heading"
    NAMED_ELSEWHERE = "named_elsewhere"
    OTHER_ROW_SAYS_ELSE = "other_row_says_else"
    TWO_PEOPLE = "two_people"
    BORN_OF_TWO = "born_of_two"
    DATE_UNSURE = "date_unsure"
    YEAR_OF_TWO_DIGITS = "year_of_two_digits"
    DAY_OR_MONTH = "day_or_month"
    DATE_SERIAL = "date_serial"
    DATE_REST = "date_rest"
    TERM_WITHOUT_UNIT = "term_without_unit"
    AT_HOME = "at_home"
    GODPARENT_UNREAD = "godparent_unread"
    GODPARENT_REMARK = "godparent_remark"
    FAMILY_OF_TWO = "family_of_two"
    RELATION_UNKNOWN = "relation_unknown"
    NOT_SAFE = "not_safe"
    DESK_UNKNOWN = "desk_unknown"
    NUMBER_OF_NOBODY = "number_of_nobody"
    NAMED_NOWHERE_ELSE = "named_nowhere_else"


DECIDED_BY_A_PERSON: Final = frozenset(
    {
        ProblemCode.NUMBER_TWICE,
        ProblemCode.OTHER_NAME_SAME_NUMBER,
        ProblemCode.KNOWN_FROM_ELSEWHERE,
        ProblemCode.NAMED_ELSEWHERE,
        ProblemCode.NAMED_NOWHERE_ELSE,
        ProblemCode.MAY_BE_HEADING,
    }
)
"""Problems that leave a row out until somebody says who it is."""


@attrs.frozen
class Problem:
    """One thing about one cell.

    Attributes:
        row: as a spreadsheet counts it.
        column: title of the column, or empty for the row as a whole.
        code: what it is.
        weight: how much it matters.
    """

    row: int
    column: str
    code: ProblemCode
    weight: Weight

    def words(self) -> str:
        """One sentence in the language of the window; says nothing about who it is."""
        return _(WORDS[self.code])


WORDS: Final[dict[ProblemCode, str]] = {
    ProblemCode.NO_NAME: N_("There is no name in this row, so it is not brought in."),
    ProblemCode.ROW_BROKEN: N_("The quotation marks of this row do not close, so it is not brought in."),
    ProblemCode.ROW_SHORT: N_("This row has fewer cells than there are columns."),
    ProblemCode.ROW_LONG: N_("This row has more cells than there are columns; the last ones stay closed."),
    ProblemCode.NUMBER_TWICE: N_("This number already stands in a row above, so this row needs a decision."),
    ProblemCode.NO_NUMBER: N_("This row has no number, so a later list cannot be joined to it."),
    ProblemCode.OTHER_NAME_SAME_NUMBER: N_(
        "This number belongs to somebody with another name, so this row needs a decision."
    ),
    ProblemCode.NAME_WITHDRAWN: N_(
        "The list hides this name now: the case file keeps it, but it no longer counts as published."
    ),
    ProblemCode.KNOWN_FROM_ELSEWHERE: N_("This may be somebody who is already in the case file."),
    ProblemCode.NAME_ORDER_UNSURE: N_(
        "It is not certain which word is the family name; the order of the other rows was taken."
    ),
    ProblemCode.NAME_MANY_PARTS: N_("The name has more parts than could be told apart."),
    ProblemCode.LETTERS_REPAIRED: N_("Letters of another alphabet inside a word were put right."),
    ProblemCode.DATE_IMPOSSIBLE: N_("There is no such day, so the date is left empty."),
    ProblemCode.DATE_UNREAD: N_("This cannot be read as a date, so it is left empty."),
    ProblemCode.BORN_AFTER_DETAINED: N_("Born after being detained: the birth date is left empty."),
    ProblemCode.DETAINED_AS_CHILD: N_(
        "Detained at less than ten years of age: one of the dates may be wrong."
    ),
    ProblemCode.DATE_IN_FUTURE: N_("This day has not come yet, so the date is left empty."),
    ProblemCode.ENDS_BEFORE_START: N_("The sentence would end before it begins: its end is left empty."),
    ProblemCode.DIED_BEFORE_DETAINED: N_("Died before being detained: the date of death is left empty."),
    ProblemCode.DIED_BUT_LISTED_HELD: N_("Listed as held and as dead: taken as died in custody."),
    ProblemCode.ARTICLE_UNREAD: N_("This cannot be read as an article, so it is left out."),
    ProblemCode.ARTICLE_REST: N_("Part of this article could not be read and is left out."),
    ProblemCode.TERM_UNREAD: N_("The length of the sentence is kept as text; it could not be counted."),
    ProblemCode.PENALTY_UNREAD: N_("This kind of penalty is not known, so it is left empty."),
    ProblemCode.FACILITY_UNREAD: N_("This cannot be read as a place, so it is left empty."),
    ProblemCode.FREE_BUT_LISTED_HELD: N_("Listed as held, but the place says free: taken as free."),
    ProblemCode.STATUS_UNREAD: N_("This status is not known: taken as not known and not recognised."),
    ProblemCode.SEX_UNREAD: N_("This is not known as a sex, so it is left empty."),
    ProblemCode.SEX_AGAINST_NAME: N_("The given name is usually that of the other sex."),
    ProblemCode.COUNTRY_UNREAD: N_("This cannot be read as a country, so it is left empty."),
    ProblemCode.LINK_UNREAD: N_("This is not a web address, so it is left out."),
    ProblemCode.NO_DECLARATION: N_("The list names no statement of recognition: taken as not recognised."),
    ProblemCode.TOO_LONG: N_("This is too long for its field, so it is left out."),
    ProblemCode.NAMED_ELSEWHERE: N_(
        "Another table of this file names somebody so: a person says whether it is one."
    ),
    ProblemCode.NAMED_NOWHERE_ELSE: N_(
        "No prisoner is called so, in this file or in the case file: a person says whose relative this is."
    ),
    ProblemCode.NUMBER_OF_NOBODY: N_("No prisoner has this number, so the relative is not brought in."),
    ProblemCode.OTHER_ROW_SAYS_ELSE: N_(
        "Another row about this person says something else; the first one counts."
    ),
    ProblemCode.ROW_SUM: N_("This row adds others up and is nobody, so it is not brought in."),
    ProblemCode.ROW_HEADING: N_(
        "This row is a heading, a remark or a footnote and nobody, so it is not brought in."
    ),
    ProblemCode.MAY_BE_HEADING: N_(
        "One text stands in this row and nothing else: a person says whether it is somebody or a heading."
    ),
    ProblemCode.TWO_PEOPLE: N_(
        "Two people stand in one cell: each is a row of its own, and what the row says is taken for both."
    ),
    ProblemCode.BORN_OF_TWO: N_("Whose birth date this is cannot be told, so it is left empty."),
    ProblemCode.DATE_UNSURE: N_("There is a question mark, so the date is taken as approximate."),
    ProblemCode.YEAR_OF_TWO_DIGITS: N_("The year has two digits; only one century is possible."),
    ProblemCode.DAY_OR_MONTH: N_("Day and month may be the other way round; look at it."),
    ProblemCode.DATE_SERIAL: N_("A number as spreadsheets keep days: taken for that day."),
    ProblemCode.DATE_REST: N_("Only the date in this cell was read; the rest stays closed with the row."),
    ProblemCode.GODPARENT_UNREAD: N_("This cannot be read as a godparent, so it is left out."),
    ProblemCode.GODPARENT_REMARK: N_(
        "What stands beside the godparent was not understood: the godparenthood is brought in as proposed."
    ),
    ProblemCode.FAMILY_OF_TWO: N_("Whose family this is cannot be told, so it is kept closed with the row."),
    ProblemCode.RELATION_UNKNOWN: N_("Who this is to the prisoner is not said: taken as somebody else."),
    ProblemCode.NOT_SAFE: N_("It says not to call: the relative is marked as not safe to ask."),
    ProblemCode.DESK_UNKNOWN: N_("No desk of this case file is called so, so the office is left empty."),
    ProblemCode.AT_HOME: N_(
        "“At home” can mean free or under house arrest: the status is left empty until somebody says."
    ),
    ProblemCode.TERM_WITHOUT_UNIT: N_("A number without a word: taken for years."),
}

NOTE_WORDS: Final[dict[Note, str]] = {
    Note.SEVERAL_SHEETS: N_("The file has several tables; those with a tick under Tables are read."),
    Note.HIDDEN_SHEETS: N_(
        "The workbook has hidden sheets; they stay out unless you tick them under Tables."
    ),
    Note.HIDDEN_ROWS: N_("The workbook hides some rows; they are read like the others."),
    Note.HIDDEN_COLUMNS: N_("The workbook hides some columns; they are read like the others."),
    Note.HIDDEN_UNKNOWN: N_(
        "In this kind of workbook hidden rows, hidden columns and comments cannot be seen; save it as XLSX "
        "to see them."
    ),
    Note.COMMENTS: N_("Comments stand beside some cells; under Tables they can be kept as closed notes."),
    Note.PARTS_LEFT_OUT: N_("Parts of the file are left out, so nobody counts as gone from the list."),
    Note.NO_NAMES: N_("No column was understood as names of people: choose one under Columns."),
    Note.OTHER_ENCODING: N_("The file is written in an old encoding; look at the letters before you go on."),
    Note.LETTERS_DAMAGED: N_("Some letters of this file are damaged; look for � before you go on."),
    Note.QUOTES_BROKEN: N_("Some quotation marks of this file do not close; those rows are listed."),
    Note.TITLES_ABOVE: N_(
        "The heads of the columns do not stand in the first row; what is above them is no row."
    ),
    Note.HEADS_AGAIN: N_("The heads of the columns come again further down; those rows were passed over."),
    Note.ROWS_COUNTED: N_(
        "The first numbers only count the rows; in a newer list people are known again by name "
        "and birth date."
    ),
    Note.PEOPLE_GONE: N_("Some people of this source no longer stand in this list."),
}


def note_words(note: Note) -> str:
    """One sentence about the whole file."""
    return _(NOTE_WORDS[note])
