"""Words for what can go wrong: one sentence what happened, one what to do, for every `Code`.

Read by the window and by the command line. Never a name, number or path of a person.
"""

from __future__ import annotations

from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.i18n import N_, _
from app.slip_words import SLIP_ERRORS
from app.words_backup import BACKUP
from app.words_copies import COPIES
from app.words_lists import LISTS
from app.words_merging import MERGE_ERRORS
from app.words_own import OWN
from app.words_people import PEOPLE
from app.words_places import PLACES
from app.words_quarter import QUARTER
from app.words_reports import REPORTS
from app.words_talks import TALKS


@attrs.frozen
class Message:
    """What happened and what to do about it, translated."""

    happened: str
    advice: str

    def line(self) -> str:
        """Both on one line, for the command line."""
        return f"{self.happened} {self.advice}".strip()


def words_for(error: KnownError) -> Message:
    """The message for a known error in the language of the window."""
    happened, advice = WORDS[error.code]
    if error.code is Code.WRONG_PASSPHRASE and error.details.get("key_file"):
        happened, advice = _TOGETHER
    tries = error.details.get("attempts", 0)
    if error.code is Code.WRONG_PASSPHRASE and isinstance(tries, int) and tries >= _OFTEN:
        advice = _OFTEN_WRONG
    fill = {key: str(value) for key, value in error.details.items()}
    return Message(_filled(_(happened), fill), _filled(_(advice), fill))


def _filled(text: str, values: dict[str, str]) -> str:
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text


_OFTEN: Final = 5
_OFTEN_WRONG: Final = N_(
    "If you are sure of it, somebody may have exchanged files in this folder: put your newest backup back "
    "beside it. If it is lost, come in with the recovery kit."
)
_TOGETHER: Final = (
    N_("This passphrase and this key file together do not open this case file."),
    N_("Nobody can tell which of the two is wrong. Type the passphrase again, or choose another key file."),
)
WORDS: Final[dict[Code, tuple[str, str]]] = {
    Code.WRONG_PASSPHRASE: (
        N_("This passphrase does not open this case file."),
        N_(
            "Check the keyboard language and capital letters, then try again. If you use a key file, choose "
            "it as well."
        ),
    ),
    Code.HEADER_DAMAGED: (
        N_("The keys of this case file are damaged."),
        N_(
            "Nothing was changed. Copy keys.poruch and keys.poruch.2 from another copy of this folder, or "
            "put a backup back beside it."
        ),
    ),
    Code.DATA_DAMAGED: (
        N_("The passphrase is right, but the data of this case file is damaged."),
        N_("Nothing was changed. Make a copy of the folder, then restore a backup beside it."),
    ),
    Code.EMPTY_FILE: (
        N_("This case file is empty."),
        N_("A copy or a full disk may have cut it off. Use another copy or a backup."),
    ),
    Code.NEWER_VERSION: (
        N_("This case file was made by a newer Poruch."),
        N_("Install the newer version, then open it again. Nothing was changed."),
    ),
    Code.NOT_A_CASE_FILE: (
        N_("This folder is not a case file."),
        N_("Choose the folder that holds keys.poruch and cases.db."),
    ),
    Code.CASE_FILE_EXISTS: (
        N_("There is already something in this folder."),
        N_("Choose a new name; nothing is ever written over."),
    ),
    Code.CASE_FILE_MISSING: (
        N_("There is no case file at this place."),
        N_("Check whether the stick or folder is connected."),
    ),
    Code.CASE_FILE_INCOMPLETE: (
        N_("A part of this case file is missing: {part} is not in its folder."),
        N_(
            "Nothing was changed. Look for {part} on the other disk or stick and put it back into this "
            "folder, or put a backup back beside it."
        ),
    ),
    Code.PART_NO_FILE: (
        N_("{part} in this folder is no file: something else has its name."),
        N_("Nothing was changed. Move that away and look for {part} in another copy of this folder."),
    ),
    Code.PARTS_DIFFER: (
        N_("The keys and the data in this folder do not belong together, or the data begins damaged."),
        N_(
            "Nothing was changed. Put keys.poruch and cases.db of the same case file into one folder, or put "
            "a backup back beside it."
        ),
    ),
    Code.KEYS_OLDER: (
        N_("Older keys lay in this folder. What you typed opens only those: it has ended."),
        N_(
            "The keys of now are back in their place. Unlock with your passphrase of now, and tell your "
            "security officer: somebody may have put the older ones there."
        ),
    ),
    Code.ROSTER_REPLACED: (
        N_("The list of people is not the one you saw last: the data here are older, or it was replaced."),
        N_(
            "Do not work in this copy. Put your newest backup back beside it, or ask a colleague which copy "
            "is the right one."
        ),
    ),
    Code.LOG_BROKEN: (
        N_("The log of this case file does not fit together."),
        N_("Nothing is decided or sent from it. Show it to your security officer."),
    ),
    Code.ROW_NOT_IN_LOG: (
        N_("A record does not match what the log says of it."),
        N_("It is not used. Show the Log page to your security officer."),
    ),
    Code.RECORD_DAMAGED: (
        N_("A record cannot be read."),
        N_("It is not used. Restore a backup beside this case file and compare."),
    ),
    Code.NO_SPACE: (
        N_("The disk is full; nothing was saved."),
        N_("Free some space and save again. What you typed is still here."),
    ),
    Code.CANNOT_WRITE: (
        N_("This place cannot be written to; nothing was saved."),
        N_("Choose another folder or ask for the right to write there."),
    ),
    Code.CANNOT_READ: (
        N_("This place cannot be read."),
        N_("Check whether the stick or folder is connected and whether you may open it."),
    ),
    Code.UNSAFE_LIBRARY: (
        N_("The encryption library on this computer is too old or not the encrypted one."),
        N_("Set Poruch up again; the case file was not opened."),
    ),
    Code.HEADER_FULL: (
        N_("This case file has no room for another person."),
        N_("Remove somebody who no longer works with it first."),
    ),
    Code.NOT_ALLOWED: (
        N_("Your role does not include this."),
        N_("Ask a security officer."),
    ),
    Code.NEEDS_DESK_KEY: (
        N_("This needs the key of the desk."),
        N_("Ask a coordinator of that desk or a security officer."),
    ),
    Code.NAME_CLOSED: (
        N_("This name is closed again."),
        N_("Show it first. It closes after 30 minutes, and at once when a no or a stop is saved."),
    ),
    Code.NEEDS_SECOND_PERSON: (
        N_("This waits for a second person."),
        N_("It is kept and shown to them when they open the case file."),
    ),
    Code.SAME_PERSON_TWICE: (
        N_("The second yes must come from another person."),
        N_("Ask somebody else to open the case file with their own passphrase."),
    ),
    Code.PASSPHRASE_TOO_WEAK: (
        N_("This passphrase is too easy to guess."),
        N_("Take six unrelated words."),
    ),
    Code.PASSPHRASE_IN_USE: (
        N_("This passphrase cannot be used."),
        N_("Choose another one."),
    ),
    Code.PERSON_NAME_TAKEN: (
        N_("Somebody with this name is already there."),
        N_("Add an initial so that both can be told apart."),
    ),
    Code.NOT_FOUND: (N_("This is no longer there."), N_("Go back to the list; it has been reloaded.")),
    Code.CONFLICT: (
        N_("Somebody or something else changed the same field."),
        N_("Choose for each field: keep mine or take theirs."),
    ),
    Code.INVALID_FIELD: (N_("A field holds something it cannot hold."), N_("Look at the marked field.")),
    Code.TOO_LONG: (N_("This is too long."), N_("At most {limit} characters fit here.")),
    Code.UNKNOWN_FIELD: (
        N_("There is a field this version does not know."),
        N_("Use the version of Poruch this was made with."),
    ),
    Code.UNKNOWN_TERM: (N_("This word is not on the list of words."), N_("Pick one from the list.")),
    Code.BAD_DATE: (
        N_("This is not a date."),
        N_("Type it as 2021, 06.2021, 14.6.2021 or ca. 1990."),
    ),
    Code.NOTHING_CHANGED: (N_("Nothing was changed."), N_("There is nothing to save.")),
    Code.ALREADY_DONE: (N_("This has already been done."), N_("Look at the Log page to see by whom.")),
    Code.ALREADY_SAVED: (
        N_("This was saved just before the program ended."),
        N_("It is there already; nothing was added twice."),
    ),
    Code.NOTHING_TO_UNDO: (N_("There is nothing to undo."), ""),
    Code.CHANGED_SINCE: (
        N_("This has been changed since it was added."),
        N_("It is not taken away; undo the changes one by one, or stop it instead."),
    ),
    Code.STILL_REFERENCED: (
        N_("Other records refer to this one."),
        N_("Change or remove those first."),
    ),
    Code.CLOCK_BEHIND: (
        N_("The clock of this computer is behind the newest entry of the log."),
        N_("Set the clock. You can go on working, but no report leaves until then."),
    ),
    Code.CLOCK_ENTRIES: (
        N_("These are not two entries of this log, the earlier one first."),
        N_("Look up both numbers on the Log page: the first entry with a wrong time, and the last."),
    ),
    Code.PROOF_UNREADABLE: (
        N_("This is not a proof line."),
        N_("Choose the file that was saved as one, or copy all of its lines."),
    ),
    Code.PROOF_FORGED: (
        N_("This proof line names somebody who did not sign it."),
        N_("It proves nothing. Keep it, and show it to your security officer."),
    ),
    Code.PROOF_INSIDE: (
        N_("This place lies inside the case file."),
        N_("Choose a stick or another folder: a proof line goes where the case file does not."),
    ),
    Code.PROOF_PLACE_TAKEN: (
        N_("There is something else under this name; nothing is ever written over."),
        N_("Choose another name or folder."),
    ),
    Code.PROOF_DOES_NOT_FIT: (
        N_("This proof line does not fit the log, so it was not signed."),
        N_("Compare it on the Log page; that says what does not fit."),
    ),
    Code.LOG_DOUBTED: (
        N_("This is an older copy of the case file: nothing is saved, and nothing leaves the house."),
        N_("A security officer looks at the Log page and signs that a backup was restored."),
    ),
    Code.PICTURE_UNREADABLE: (
        N_("This file cannot be read as a picture."),
        N_("Choose a photo saved as JPEG, PNG or WebP, smaller than 30 MB."),
    ),
    **TALKS,
    Code.TEXT_NOT_SCANNED: (
        N_("A public text has not been searched for names yet."),
        N_("Somebody with the key of the desk opens it once and saves it."),
    ),
    Code.BAD_ARGUMENT: (N_("The command is not complete: {what}."), N_("See poruch --help.")),
    Code.NAME_UNKNOWN: (
        N_("There is no source and no report of this name."),
        N_("poruch trust CASEFILE lists the sources."),
    ),
    Code.CANCELLED: (N_("Cancelled; nothing was written."), ""),
    **LISTS,
    **SLIP_ERRORS,
    **MERGE_ERRORS,
    **OWN,
    **PEOPLE,
    **QUARTER,
    **REPORTS,
    **PLACES,
    **COPIES,
    **BACKUP,
}
