"""Words for what a talk may not say or keep; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

TALKS: Final[Mapping[Code, tuple[str, str]]] = {
    Code.TALK_IN_FUTURE: (
        N_("This talk lies in the future."),
        N_("Give the day it was, or roughly: “ca. June 2026”."),
    ),
    Code.YES_WITHOUT_END: (
        N_("A yes needs a day on which it ends."),
        N_("Choose until when it holds; twelve months at most."),
    ),
    Code.YES_ENDS_FIRST: (
        N_("This yes would end before it begins."),
        N_("Choose a later end, or another day for the talk or the event."),
    ),
    Code.NO_STANDING: (
        N_("This person has no standing to say yes for the prisoner; nothing was saved."),
        N_(
            "Record the talk without that yes: any no counts, and so does what is about themselves. "
            "A friend, a lawyer or somebody else speaks for the prisoner once authorised: "
            "put that into “Speaks as” and “May decide” of this person first."
        ),
    ),
    Code.MANDATE_MISSING: (
        N_("Nobody wrote down what this person may decide for the prisoner; nothing was saved."),
        N_(
            "Choose it under “May decide”: who represents somebody does so in some things or in all. "
            "A no needs none."
        ),
    ),
    Code.EVENT_MISSING: (
        N_("A call or a media request is agreed to for one event only."),
        N_("Open the line and give the event a name and a day."),
    ),
    Code.BYPASS_UNFIT: (
        N_("Without a yes only named people may be told, for a written reason."),
        N_("Name who is told and write down why; it is never for everybody."),
    ),
    Code.EVIDENCE_TOO_LARGE: (
        N_("This file is larger than {most} MB."),
        N_("Keep a smaller one, or leave it at “heard, not kept”."),
    ),
    Code.EVIDENCE_UNREADABLE: (
        N_("Only pictures, PDF and plain sound files can be kept, and this is none of them."),
        N_("Save it as JPEG, PNG, PDF, WAV, MP3 or OGG, or leave it at “heard, not kept”."),
    ),
}
