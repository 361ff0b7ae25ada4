"""Words for why a list is not brought in; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

LISTS: Final[Mapping[Code, tuple[str, str]]] = {
    Code.LIST_MISSING: (
        N_("There is no such file."),
        N_("Check its name and folder, and whether the stick it is on is connected."),
    ),
    Code.LIST_UNREADABLE: (
        N_("This file cannot be read as a list."),
        N_("Open it in the program it was made with and save it as CSV."),
    ),
    Code.LIST_EMPTY: (N_("There are no rows in this file."), N_("Choose another file.")),
    Code.LIST_NO_NAMES: (
        N_("No column of this file holds names."),
        N_("Check that the first row holds the names of the columns."),
    ),
    Code.LIST_NO_LIST: (
        N_("This is a text, a picture or a web page, and not a list."),
        N_("Copy its table into a spreadsheet and save that as XLSX or CSV."),
    ),
    Code.LIST_TOO_LARGE: (N_("This file is larger than a list can be."), N_("Split it into parts.")),
    Code.LIST_CUT_OFF: (
        N_("The end of this file is missing."),
        N_("Nothing was brought in. Get the file again, as a whole."),
    ),
    Code.LIST_MISNAMED: (
        N_("The end of the file's name says one thing and its content is another."),
        N_(
            "Give it the ending that fits (.csv for text, .xlsx for a workbook, .json for JSON), "
            "then choose it again."
        ),
    ),
    Code.LIST_ENCRYPTED: (
        N_("This workbook is protected with a password."),
        N_("Save a copy without the password, then choose that."),
    ),
    Code.LIST_NOT_JSON: (
        N_("This file is named .json, but what is in it is not readable JSON; it may have been cut off."),
        N_(
            "Nothing was brought in. Get the file again, as a whole, or save the list as CSV and choose that."
        ),
    ),
    Code.LIST_JSON_SHAPE: (
        N_("This file is readable JSON, but it holds no list of people."),
        N_(
            "It has to hold one list, each person an entry with named fields. "
            "Or save the list as CSV and choose that."
        ),
    ),
    Code.PHOTOS_UNREADABLE: (
        N_("This folder of photos cannot be read."),
        N_("Choose another folder, or bring the list in without photos."),
    ),
    Code.PHOTOS_TOO_MANY: (
        N_("There are more photos in this folder than can be brought in at once."),
        N_("Put those of this list into a folder of their own."),
    ),
    Code.LIST_CHANGES_MOST: (
        N_("This list would change nearly everybody in the case file."),
        N_("Nothing was brought in. Look whether it is the right list and its columns are read right."),
    ),
    Code.LIST_CHANGED_SINCE_PREVIEW: (
        N_("The case file changed since this list was looked at."),
        N_("Look at the list again, then bring it in."),
    ),
}
