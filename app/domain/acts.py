"""The acts a log entry can be: one word per thing a person did. Worded for the screen in one place."""

from __future__ import annotations

from enum import StrEnum

from app.i18n import N_


class Act(StrEnum):
    """What happened. `SEALED_CHANGED` is all the open part says of anything about a relative."""

    CREATED = "casefile.created"
    COPY_MADE_HERE = "casefile.copied"
    PERSON_ADDED = "person.added"
    PERSON_REMOVED = "person.removed"
    PERSON_CHANGED = "person.changed"
    PERSON_WENT_AWAY = "person.went_away"
    PERSON_CAME_BACK = "person.came_back"
    OWN_KEY_CHANGED = "person.own_key_changed"
    TRUSTEE_PROPOSED = "trustee.proposed"
    TRUSTEE_ADDED = "trustee.added"
    TRUSTEE_ADDED_ALONE = "trustee.added_alone"
    TRUSTEE_REMOVED = "trustee.removed"
    PRISONER_ADDED = "prisoner.added"
    PRISONER_CHANGED = "prisoner.changed"
    MERGED = "prisoner.merged"
    UNMERGED = "prisoner.unmerged"
    KEPT_APART = "prisoner.kept_apart"
    APART_TAKEN_BACK = "prisoner.apart_taken_back"
    ROWS_SHOWN = "sealed.rows_shown"
    RELATIVES_KEPT_APART = "sealed.kept_apart"
    RELATIVES_APART_TAKEN_BACK = "sealed.apart_taken_back"
    GODPARENT_ADDED = "godparent.added"
    GODPARENT_CHANGED = "godparent.changed"
    GODPARENTHOOD_CHANGED = "godparenthood.changed"
    GODPARENT_ACTED = "godparent.acted"
    FACILITY_CHANGED = "facility.changed"
    WORDS_CHANGED = "words.changed"
    SOURCE_ADDED = "source.added"
    TRUST_PROPOSED = "trust.proposed"
    TRUST_CONFIRMED = "trust.confirmed"
    TRUST_ENDED = "trust.ended"
    LIST_BROUGHT_IN = "list.brought_in"
    LIST_TAKEN_BACK = "list.taken_back"
    HOLD_PLACED = "hold.placed"
    HOLD_LIFTED = "hold.lifted"
    ATTENTION_RECORDED = "attention.recorded"
    SEALED_CHANGED = "sealed.changed"
    OPENED = "sealed.opened"
    SHOWN = "sealed.shown"
    COPIED = "sealed.copied"
    EVIDENCE_SHOWN = "sealed.evidence_shown"
    EVIDENCE_COPIED = "sealed.evidence_copied"
    CLEARANCES_RENEWED = "clearances.renewed"
    TEXT_STAMPED = "text.stamped"
    REPORT_MADE = "report.made"
    REPORT_CHECKED = "report.checked"
    REPORT_NAMES_SEARCHED = "report.names_searched"
    REPORT_APPROVED = "report.approved"
    REPORT_LEAVING = "report.leaving"
    REPORT_DONE = "report.done"
    REPORT_FAILED = "report.failed"
    REPORT_CAME_BACK = "report.came_back"
    REPORT_DROPPED = "report.dropped"
    REPORT_CALLED_BACK = "report.called_back"
    SERIES_APPROVED = "report.series_approved"
    SERIES_ENDED = "report.series_ended"
    KIND_PROPOSED = "report.kind_proposed"
    KIND_AGREED = "report.kind_agreed"
    KIND_ENDED = "report.kind_ended"
    CLEARANCE_ASKED = "report.asked"
    CLEARANCE_ASK_TAKEN = "report.asked_taken"
    FILE_CHECKED = "report.file_checked"
    FIGURE_QUOTED = "report.figure_quoted"
    RECIPIENT_SAVED = "report.recipient_saved"
    MAILING_LIST_SAVED = "report.mailing_list_saved"
    LOG_DOUBTED = "log.doubted"
    BACKUP_PUT_BACK = "log.put_back"
    JOURNAL_REPLAYED = "log.replayed"
    RESTORE_PROPOSED = "restore.proposed"
    RESTORE_CONFIRMED = "restore.confirmed"
    RESTORE_KEPT = "restore.kept"
    SLIP_MADE = "slip.made"
    BACKED_UP = "backup.made"
    DRILLED = "backup.tried"
    COPY_BEGUN = "copy.begun"
    COPY_MADE = "copy.made"
    COPY_LOST = "copy.lost"
    COPY_CAME_HOME = "copy.came_home"
    COPY_NOTED = "copy.noted"
    RECOVERY_MADE = "recovery.made"
    RECOVERY_KEPT = "recovery.kept"
    RECOVERY_DROPPED = "recovery.dropped"
    RECOVERY_TRIED = "recovery.tried"
    RECOVERY_USED = "recovery.used"
    BACKUP_RESTORED = "log.restored"
    CLOCK_PROPOSED = "clock.proposed"
    CLOCK_REPAIRED = "clock.repaired"
    CLOCK_REFUSED = "clock.refused"
    FINDINGS_COUNTED = "findings.counted"
    QUARTER_STARTED = "quarter.started"
    QUARTER_SIGNED = "quarter.signed"
    UNDONE = "undone"


WORDS: dict[Act, str] = {
    Act.CREATED: N_("Made the case file"),
    Act.COPY_MADE_HERE: N_("Made this copy"),
    Act.PERSON_ADDED: N_("Added a person"),
    Act.PERSON_REMOVED: N_("Took a person out"),
    Act.PERSON_CHANGED: N_("Changed what a person does here"),
    Act.PERSON_WENT_AWAY: N_("Took a way in off before a journey"),
    Act.PERSON_CAME_BACK: N_("Gave a way in back after a journey"),
    Act.OWN_KEY_CHANGED: N_("Changed their own passphrase or key file"),
    Act.TRUSTEE_PROPOSED: N_("Proposed a trustee"),
    Act.TRUSTEE_ADDED: N_("Added a trustee"),
    Act.TRUSTEE_ADDED_ALONE: N_("Added a trustee · one person"),
    Act.TRUSTEE_REMOVED: N_("Removed a trustee"),
    Act.PRISONER_ADDED: N_("Added a prisoner"),
    Act.PRISONER_CHANGED: N_("Changed a prisoner"),
    Act.MERGED: N_("Merged two prisoners"),
    Act.UNMERGED: N_("Took two merged prisoners apart"),
    Act.KEPT_APART: N_("Said that two prisoners are not the same person"),
    Act.APART_TAKEN_BACK: N_("Took back that two prisoners are not the same person"),
    Act.RELATIVES_KEPT_APART: N_("Said that two relatives are not the same person"),
    Act.RELATIVES_APART_TAKEN_BACK: N_("Took back that two relatives are not the same person"),
    Act.GODPARENT_ADDED: N_("Added a godparent"),
    Act.GODPARENT_CHANGED: N_("Changed a godparent"),
    Act.GODPARENTHOOD_CHANGED: N_("Changed a godparenthood"),
    Act.GODPARENT_ACTED: N_("Recorded what a godparent did"),
    Act.FACILITY_CHANGED: N_("Changed a facility"),
    Act.WORDS_CHANGED: N_("Changed a list of words"),
    Act.SOURCE_ADDED: N_("Added a source"),
    Act.TRUST_PROPOSED: N_("Proposed to trust a source"),
    Act.TRUST_CONFIRMED: N_("Trusted a source"),
    Act.TRUST_ENDED: N_("Stopped trusting a source"),
    Act.LIST_BROUGHT_IN: N_("Brought in a list"),
    Act.LIST_TAKEN_BACK: N_("Took a list back"),
    Act.HOLD_PLACED: N_("Placed a stop"),
    Act.HOLD_LIFTED: N_("Lifted a stop"),
    Act.ATTENTION_RECORDED: N_("Recorded hostile attention"),
    Act.SEALED_CHANGED: N_("Changed something closed"),
    Act.OPENED: N_("Opened something closed"),
    Act.SHOWN: N_("Showed a name"),
    Act.ROWS_SHOWN: N_("Showed what lists said of a prisoner"),
    Act.COPIED: N_("Copied a number"),
    Act.EVIDENCE_SHOWN: N_("Opened what was kept of a talk"),
    Act.EVIDENCE_COPIED: N_("Saved an open copy of what was kept of a talk"),
    Act.CLEARANCES_RENEWED: N_("Brought clearances up to date"),
    Act.TEXT_STAMPED: N_("Searched a public text for names"),
    Act.REPORT_MADE: N_("Made a report"),
    Act.REPORT_CHECKED: N_("Checked a report"),
    Act.REPORT_NAMES_SEARCHED: N_("Searched a report for names"),
    Act.REPORT_APPROVED: N_("Approved a report"),
    Act.REPORT_LEAVING: N_("Started to write a report"),
    Act.REPORT_DONE: N_("Wrote a report"),
    Act.REPORT_FAILED: N_("A report was refused"),
    Act.REPORT_CAME_BACK: N_("Sent a report back"),
    Act.REPORT_DROPPED: N_("Dropped a draft of a report"),
    Act.REPORT_CALLED_BACK: N_("Called public figures back"),
    Act.SERIES_APPROVED: N_("Approved a report for three months"),
    Act.SERIES_ENDED: N_("Ended the approval of a series"),
    Act.KIND_PROPOSED: N_("Proposed a kind of report"),
    Act.KIND_AGREED: N_("Agreed to a kind of report"),
    Act.KIND_ENDED: N_("Took back or out of use a kind of report"),
    Act.CLEARANCE_ASKED: N_("Asked for what a report lacks"),
    Act.CLEARANCE_ASK_TAKEN: N_("Made next steps of what was asked for reports"),
    Act.FILE_CHECKED: N_("Checked a file made elsewhere"),
    Act.FIGURE_QUOTED: N_("Changed a figure others gave"),
    Act.RECIPIENT_SAVED: N_("Changed a recipient of reports"),
    Act.MAILING_LIST_SAVED: N_("Changed a mailing list"),
    Act.LOG_DOUBTED: N_("Found that the log does not fit a proof line"),
    Act.BACKUP_PUT_BACK: N_("Put a backup back"),
    Act.JOURNAL_REPLAYED: N_("Wrote again what was said since the backup"),
    Act.RESTORE_PROPOSED: N_("Said that nothing is missing since the backup"),
    Act.RESTORE_CONFIRMED: N_("Confirmed that nothing is missing since the backup"),
    Act.RESTORE_KEPT: N_("Did not confirm that nothing is missing since the backup"),
    Act.SLIP_MADE: N_("Made an approval slip"),
    Act.BACKED_UP: N_("Made a backup"),
    Act.DRILLED: N_("Tried to put a backup back"),
    Act.COPY_BEGUN: N_("Began a copy for somebody elsewhere"),
    Act.COPY_MADE: N_("Made a copy for somebody elsewhere"),
    Act.COPY_LOST: N_("Recorded a copy as lost"),
    Act.COPY_CAME_HOME: N_("Took in what came home in a copy"),
    Act.COPY_NOTED: N_("Wrote a note to take home"),
    Act.RECOVERY_MADE: N_("Made a recovery kit"),
    Act.RECOVERY_KEPT: N_("Handed out a recovery kit"),
    Act.RECOVERY_DROPPED: N_("Threw a new recovery kit away"),
    Act.RECOVERY_TRIED: N_("Tried the recovery kit"),
    Act.RECOVERY_USED: N_("Came in with the recovery kit"),
    Act.BACKUP_RESTORED: N_("Signed that a backup was restored"),
    Act.CLOCK_PROPOSED: N_("Said that the clock was wrong"),
    Act.CLOCK_REPAIRED: N_("Confirmed that the clock was wrong"),
    Act.CLOCK_REFUSED: N_("Did not confirm that the clock was wrong"),
    Act.FINDINGS_COUNTED: N_("Counted findings"),
    Act.QUARTER_STARTED: N_("Started a quarter review"),
    Act.QUARTER_SIGNED: N_("Signed a quarter review"),
    Act.UNDONE: N_("Undid a change"),
}
