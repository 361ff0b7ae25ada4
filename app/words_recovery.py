"""Words for what can be wrong with the words of a recovery kit; part of `app.words`. Never a word of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

RECOVERY: Final[Mapping[Code, tuple[str, str]]] = {
    Code.RECOVERY_UNKNOWN_WORD: (
        N_("Sheet {share}: word {word} is not in the list of words."),
        N_("Look at the sheet again. Nothing was opened and nothing kept."),
    ),
    Code.RECOVERY_WORD_COUNT: (
        N_("Sheet {share}: there are {words} words; a sheet has 20."),
        N_("Look whether one was left out or stands there twice."),
    ),
    Code.RECOVERY_CHECKSUM: (
        N_("Sheet {share}: every word is in the list, but they do not fit together."),
        N_("Two may have changed places, or one is a similar word. Compare them with the sheet one by one."),
    ),
    Code.RECOVERY_FOREIGN_WORDS: (
        N_("Sheet {share} was made by another program."),
        N_("Its words are whole, but they belong to something else. Look for the sheets of this kit."),
    ),
    Code.RECOVERY_TOO_FEW: (
        N_("Three different sheets are needed, not {given}."),
        N_("Two tell nothing at all. Ask another holder."),
    ),
    Code.RECOVERY_TWICE: (
        N_("Sheets {first} and {second} are the same sheet."),
        N_("Three different sheets are needed. Ask another holder."),
    ),
    Code.RECOVERY_MIXED_KITS: (
        N_("Sheet {share} belongs to another kit than the first sheet."),
        N_("At the top of each sheet stand the number of the kit and three check words. They must be equal."),
    ),
    Code.RECOVERY_OTHER_CASE: (
        N_("Sheet {share} belongs to another case file."),
        N_("Its words are whole. Look which case file the sheet was made for, or open that one."),
    ),
    Code.RECOVERY_SET_WRONG: (
        N_("These three sheets do not belong together."),
        N_("Each is whole by itself. Compare the check words at the top of each sheet."),
    ),
    Code.RECOVERY_KIT_ENDED: (
        N_("The three sheets fit together, but their kit does not open this copy of the case file."),
        N_(
            "It was used or a newer kit replaced it, or this copy is older than the kit. Use the newest "
            "sheets, or a backup from the time of these."
        ),
    ),
    Code.RECOVERY_PERSON_LEFT: (
        N_("Whoever made this kit no longer works with this case file."),
        N_("The kit opens nothing any more. A security officer can make a new one."),
    ),
    Code.RECOVERY_PLACE_TAKEN: (
        N_("There are sheets of this name in this folder already."),
        N_("Nothing was written over. Choose an empty folder."),
    ),
}
