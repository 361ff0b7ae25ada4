"""What was found in a file made elsewhere, in words: what it is, what to do about it, where it stands.

Read by the window and by the command line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.i18n import N_, _, ngettext
from app.reports.elsewhere.told import Place, Spot, Trace

_MOST_PLACES: Final = 6
_FOUND: Final[Mapping[str, tuple[str, str]]] = {
    "name": (
        N_("Names somebody who must not be named to these readers"),
        N_("Take the name out, or ask for clearance first."),
    ),
    "may_be_name": (
        N_("May name somebody who must not be named to these readers"),
        N_("Look who is meant: a family name alone or a namesake is found, too."),
    ),
    Trace.COMMENT: (N_("Comments"), N_("Delete them: Review › Delete all comments.")),
    Trace.CHANGE: (N_("Tracked changes"), N_("What was taken out still stands in it: Review › Accept all.")),
    Trace.HIDDEN_TEXT: (
        N_("Text that nobody sees"),
        N_("Delete it. Hiding is not deleting: anybody can make it visible."),
    ),
    Trace.COVERED_TEXT: (
        N_("Text under a picture or a bar"),
        N_("It can be copied out. Delete the words in the program the file was made with."),
    ),
    Trace.PALE_TEXT: (N_("Text that is hardly seen"), N_("Look whether it is meant to be read.")),
    Trace.HIDDEN_PART: (
        N_("Hidden sheets, rows, columns or layers"),
        N_("Delete them; whoever opens the file can show them."),
    ),
    Trace.PERSON: (
        N_("Says who wrote it"),
        N_("File › Info › Check for issues › Inspect document removes it."),
    ),
    Trace.PROPERTY: (N_("Says more about itself"), N_("Look at the properties of the file.")),
    Trace.REVISION: (
        N_("Holds an earlier version of itself"),
        N_("Make it anew: print it to a PDF or export it again."),
    ),
    Trace.ATTACHED: (N_("Carries another file"), N_("Take it out; it was not checked.")),
    Trace.SCRIPT: (N_("Carries a program"), N_("Save it without macros and scripts.")),
    Trace.FORM: (N_("Holds a form"), N_("Print it to a PDF; a form keeps what was typed.")),
    Trace.LOADED: (
        N_("Loads something from the network"),
        N_("Whoever opens it is seen by that server. Put it in or take it out."),
    ),
    Trace.FORMULA: (
        N_("Formulas, or text a spreadsheet would run"),
        N_("Paste the values only, without formulas."),
    ),
    Trace.LEFT_OVER: (
        N_("Left over from its making"),
        N_("Copy what is seen into a new file; what was deleted can still stand in this one."),
    ),
    Trace.PICTURE: (
        N_("Pictures"),
        N_("What stands on a picture cannot be searched. Look at each: names, faces, papers."),
    ),
    Trace.PICTURE_DATA: (
        N_("Pictures that say where or when they were taken"),
        N_("Put them in again from a copy without these data."),
    ),
    Trace.EDITING: (
        N_("Numbers of editing sessions"),
        N_("They show that two files come from one hand. Inspect document removes them."),
    ),
    Trace.NOT_SEARCHED: (
        N_("A part that cannot be searched"),
        N_("Take it out, or make the file anew in another program."),
    ),
    "e-mail": (N_("E-mail addresses"), N_("Look whose they are; only our own may stand here.")),
    "phone": (N_("Phone numbers"), N_("Look whose they are; only our own may stand here.")),
    "link": (N_("Links"), N_("Look where they lead.")),
    "handle": (N_("Messenger names"), N_("Look whose they are; only our own may stand here.")),
    "account": (N_("Bank accounts"), N_("Look whose they are; only our own may stand here.")),
    "street": (
        N_("Street addresses"),
        N_("Look whose they are; only our own and prisons' may stand here."),
    ),
    "map": (N_("Places on a map"), N_("Look where that is.")),
}


def found_words(what: str) -> tuple[str, str]:
    """What was found, and what to do about it."""
    found, advice = _FOUND[what]
    return _(found), _(advice)


def where_words(places: Sequence[Place]) -> str:
    """ "page 3, page 7, …": the first few places; how many more there are."""
    shown = list(dict.fromkeys(place_words(one) for one in places))
    more = len(shown) - _MOST_PLACES
    words = ", ".join(one for one in shown[:_MOST_PLACES] if one)
    if more > 0:
        words += " " + ngettext("and {n} more", "and {n} more", more).replace("{n}", f"{more}")
    return words


def place_words(place: Place) -> str:
    """One place in the language of the window; empty for the file as a whole."""
    numbers = dict(zip(_NUMBERS.get(place.spot, ()), (f"{one}" for one in place.numbers), strict=False))
    if place.spot is Spot.CELL and place.numbers[1:] == (0, 0):
        return _("sheet {sheet}").replace("{sheet}", numbers["sheet"])
    words = _(_PLACES[place.spot]) if place.spot in _PLACES else place.part
    for name, number in numbers.items():
        words = words.replace("{" + name + "}", number)
    return words


_PLACES: Final[Mapping[Spot, str]] = {
    Spot.WHOLE: N_("in the file"),
    Spot.NAME: N_("in its name"),
    Spot.PAGE: N_("page {page}"),
    Spot.PARAGRAPH: N_("paragraph {paragraph}"),
    Spot.CELL: N_("sheet {sheet}, row {row}, column {column}"),
    Spot.TABLE: N_("table {table}, row {row}, column {column}"),
    Spot.PROPERTIES: N_("in its properties"),
}
_NUMBERS: Final[Mapping[Spot, tuple[str, ...]]] = {
    Spot.PAGE: ("page",),
    Spot.PARAGRAPH: ("paragraph",),
    Spot.CELL: ("sheet", "row", "column"),
    Spot.TABLE: ("table", "row", "column"),
}
