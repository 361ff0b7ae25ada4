"""Words for what can go wrong with an approval slip; read through `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

SLIP_ERRORS: Final[Mapping[Code, tuple[str, str]]] = {
    Code.SLIP_UNREADABLE: (
        N_("This is not an approval slip, or it was damaged on the way."),
        N_("Ask for the file once more."),
    ),
    Code.SLIP_NOT_FOR_ME: (
        N_("This slip cannot be opened here."),
        N_("It is for another person or another case file, or it was damaged on the way. Ask who sent it."),
    ),
    Code.SLIP_FORGED: (
        N_("This slip is not signed by the person it names. Nothing was changed."),
        N_("Keep the file, and show it to your security officer."),
    ),
    Code.SLIP_UNKNOWN: (
        N_("This answers a slip that you did not make in this case file. Nothing was changed."),
        N_("Open the copy of the case file in which you made the slip."),
    ),
    Code.SLIP_USED: (
        N_("This slip was used already. A slip works once."),
        N_("If something still waits, make a new slip."),
    ),
    Code.SLIP_LATE: (
        N_("This slip is too old: it holds for 14 days. Nothing was changed."),
        N_("Make a new slip."),
    ),
    Code.SLIP_CHANGED: (
        N_("What was asked is not the same any more. Nothing was changed."),
        N_("Look at what waits now, and make a new slip for it."),
    ),
    Code.SLIP_PERSON: (
        N_("This person may not decide this as the second one."),
        N_("They have left, have another role now, or are the first person. Make a slip for somebody else."),
    ),
    Code.SLIP_PLACE: (
        N_("A slip goes into a new file outside the case file; nothing is ever written over."),
        N_("Choose another name or folder."),
    ),
    Code.KEY_FILE_UNREADABLE: (
        N_("This is not a key file of Poruch, or it is damaged."),
        N_("Choose the file you saved when you made your key, or a copy of it."),
    ),
    Code.KEY_FILE_PASSPHRASE: (
        N_("This passphrase does not open this key."),
        N_("Check the keyboard language and capital letters, then try again."),
    ),
    Code.CARD_UNREADABLE: (
        N_("This is not a card of a trustee, or it was changed on the way."),
        N_("Ask them to save their card once more and to send it again."),
    ),
    Code.WORDS_NOT_COMPARED: (
        N_("The eight words have not been compared."),
        N_("Call them, let them read the words aloud, and go on only if all eight are the same."),
    ),
    Code.TRUSTEE_THERE: (
        N_("One person alone can add one trustee, and there is one."),
        N_("Remove that trustee first, or let a second person hold the key of the desk and agree."),
    ),
    Code.TRUSTEE_KEYS_KNOWN: (
        N_("These keys belong to somebody who is on the list of people already."),
        N_("A trustee makes a key of their own, on their own computer."),
    ),
}
