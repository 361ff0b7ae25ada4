"""Words for why a report does not leave or a file made elsewhere is not checked; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

REPORTS: Final[Mapping[Code, tuple[str, str]]] = {
    Code.FILE_MISSING: (
        N_("There is no such file."),
        N_("Check its name and folder, and whether the stick it is on is connected."),
    ),
    Code.FILE_EMPTY: (N_("This file is empty."), N_("Choose another file.")),
    Code.FILE_TOO_LARGE: (
        N_("This file is too large to be checked."),
        N_("It was not checked, so it must not leave. Split it into parts or make its pictures smaller."),
    ),
    Code.FILE_UNREADABLE: (
        N_("This file cannot be read, so it was not checked."),
        N_("Open it in the program it was made with, save it anew and choose it again."),
    ),
    Code.FILE_ENCRYPTED: (
        N_("This file is protected with a password, so it was not checked."),
        N_("Check a copy without the password; protect it after that."),
    ),
    Code.FILE_OTHER_BYTES: (
        N_("This file was changed since it was checked."),
        N_("Nothing was kept. Check it again."),
    ),
    Code.FILE_HAS_TO_CHANGE: (
        N_("Something has to come out of this file before it may leave."),
        N_("Nothing was kept. Change it where you made it and check it again."),
    ),
    Code.FILE_NO_REPORT: (
        N_("Only PDF, Word (.docx), Excel (.xlsx), CSV and web pages can be checked."),
        N_("Save it as one of these and choose that."),
    ),
    Code.MESSAGE_NOT_CLEARED: (
        N_("This may not be told to them today."),
        N_("Nothing left. Choose something else to write about, or record what the family says first."),
    ),
    Code.MESSAGE_NOT_THEIRS: (
        N_("This godparent does not stand up for this prisoner, or not any more."),
        N_("Nothing left. Choose whom it is for again."),
    ),
    Code.MESSAGE_NEEDS_SECOND: (
        N_("This message needs a second person."),
        N_("Nothing left. Keep it as a draft: a security officer looks at it and lets it leave."),
    ),
    Code.MESSAGE_WORDS_NEED_KEY: (
        N_("Own words are searched for names of relatives first, and that takes the key."),
        N_("Leave them out, or ask a coordinator to write this message."),
    ),
    Code.MESSAGE_WORDS_REFUSED: (
        N_("Your own words may name somebody else or say how to reach them."),
        N_("Nothing left. Change what is marked; the whole name of the prisoner may stand there."),
    ),
    Code.MESSAGE_LEAVES_LOCKED: (
        N_("What goes to this recipient is locked, so it cannot be copied."),
        N_("Save it as a file: that one is locked as they ask."),
    ),
    Code.GODPARENT_NOT_BRIEFED: (
        N_("This godparent has not accepted the newest protocol."),
        N_("Ask them to accept it and record that on the Godparents page; then make the sheet again."),
    ),
    Code.REPORT_CARRIES_NOBODY: (
        N_("Nobody may be named in this report today."),
        N_(
            "Trust a source or record conversations. Both count once somebody with the key of the desk has "
            "opened the case file."
        ),
    ),
    Code.REPORT_TOO_FEW: (
        N_("So few people were in custody on that day that any figure would point to them."),
        N_("Nothing was made. Publish no figures for this quarter."),
    ),
    Code.REPORT_TOO_MANY: (
        N_("This kind of report is about at most {most} people, who have to be chosen."),
        N_("Choose them one by one, then make it again."),
    ),
    Code.REPORTS_NOT_ALIKE: (
        N_("Only two reports of one kind can be compared."),
        N_("Choose another report of the same kind."),
    ),
    Code.REPORT_QUARTER: (
        N_("These figures are for a whole quarter that is over, after the newest one published."),
        N_("Choose a quarter from the list."),
    ),
    Code.REPORT_CHECK_FAILED: (
        N_("A check refused this report: {check}, {where}."),
        N_("Nothing was written. Change the people or the text and make it again."),
    ),
    Code.REPORT_NAME_FOUND: (
        N_("The search found a protected name in this report."),
        N_("Nothing was written. Send it back with a word to its maker."),
    ),
    Code.REPORT_NOT_APPROVED: (
        N_("This report has not been approved."),
        N_("Somebody other than its maker has to look at it first."),
    ),
    Code.REPORT_APPROVAL_ENDED: (N_("The approval of this report has ended."), N_("Make the report again.")),
    Code.REPORT_CHANGED: (
        N_("Somebody’s answer changed since this report was made."),
        N_("Nothing was written. Make the report again with today’s answers."),
    ),
    Code.REPORT_KIND_VERSION: (
        N_("The next version of this kind is {next}."),
        N_("Nothing was proposed. Write that number, or decide first about the version that waits."),
    ),
    Code.REPORT_KIND_NAMES: (
        N_("A protected name, number or address stands in this kind of report."),
        N_("Nothing was kept. A kind is read by everybody here: write nobody into it."),
    ),
    Code.REPORT_KIND_FILE: (
        N_("This file is no kind of report."),
        N_("Choose a text file with the ending .toml, of at most 20,000 characters."),
    ),
    Code.REPORT_KIND_INVALID: (
        N_("This kind of report is not right: line {line}, {field}."),
        N_("Nothing was made. Correct that line, or use a kind that ships with Poruch."),
    ),
    Code.REPORT_CHARACTER_MISSING: (
        N_("The fonts of reports have no sign for one character: {character}."),
        N_("Nothing was made. Look for it in the texts and names, and write it another way."),
    ),
    Code.REPORT_WRITING_WARNED: (
        N_("The report could not be set cleanly."),
        N_("Nothing was made. Shorten the longest texts and make it again."),
    ),
    Code.REPORT_KIND_UNKNOWN: (N_("There is no such kind of report."), N_("Pick one from the list.")),
    Code.REPORT_FORMAT_UNKNOWN: (
        N_("This kind of report does not come in that format."),
        N_("Pick one from the list."),
    ),
    Code.REPORT_FILE_EXISTS: (
        N_("There is already a file of that name; nothing is ever written over."),
        N_("Choose another folder."),
    ),
    Code.RECIPIENT_KNOWN: (
        N_("There is already a recipient of this name."),
        N_("Change that one, or add the organisation so that the two can be told apart."),
    ),
    Code.RECIPIENT_KEY_WRONG: (
        N_("This is no public key that can be used."),
        N_("It begins with age1 and has 62 letters and digits. Copy it again; one wrong letter is noticed."),
    ),
    Code.RECIPIENT_KEY_SECRET: (
        N_("This is somebody’s secret key. It was not kept."),
        N_("Tell them that it was passed on: they need a new one. Ask for the key that begins with age1."),
    ),
    Code.RECIPIENT_UNCLEAR: (
        N_("Several recipients have this name."),
        N_("Choose one from the list of recipients."),
    ),
    Code.RECIPIENT_LEFT: (
        N_("Recipient {place} gets nothing any more."),
        N_("Choose somebody else, or change that on the page of recipients."),
    ),
    Code.RECIPIENT_NARROWER: (
        N_(
            "Recipient {place} may not get this kind of report: it is for “{kinds}”, and they "
            "stand for “{theirs}”."
        ),
        N_("Nothing was made. Choose another kind, or take them off the list."),
    ),
    Code.RECIPIENT_DECLINED: (
        N_("Recipient {place} does not want this kind of report."),
        N_("Choose somebody else, or change what they want on the page of recipients."),
    ),
    Code.RECIPIENT_CHANGED: (
        N_("Recipient {place} was changed after this report was made."),
        N_("Nothing was written. Look at what changed, then make the report again."),
    ),
    Code.MAILING_LIST_KIND: (
        N_("This mailing list is for another kind of report."),
        N_("Choose a list for this kind, or make one."),
    ),
    Code.MAILING_LIST_EMPTY: (
        N_("Nobody on this mailing list gets this report."),
        N_("Add somebody who wants this kind."),
    ),
}
