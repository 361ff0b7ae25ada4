"""The two kinds of failure: what can happen to anyone (`KnownError`) and our own mistakes (`BugError`).

Neither ever carries personal data: a `KnownError` holds a code, opaque ids and harmless numbers or field
names; its words are looked up in `app.words` when they are shown, in the language of the person.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

Detail = str | int


class Code(StrEnum):
    """One code per cause. Every code is worded once in `app.words` (a test walks this list)."""

    # case file
    WRONG_PASSPHRASE = "wrong_passphrase"
    HEADER_DAMAGED = "header_damaged"
    DATA_DAMAGED = "data_damaged"
    EMPTY_FILE = "empty_file"
    NEWER_VERSION = "newer_version"
    NOT_A_CASE_FILE = "not_a_case_file"
    CASE_FILE_EXISTS = "case_file_exists"
    CASE_FILE_MISSING = "case_file_missing"
    CASE_FILE_INCOMPLETE = "case_file_incomplete"
    PARTS_DIFFER = "parts_differ"
    CASE_FILE_UNFINISHED = "case_file_unfinished"
    IN_USE = "in_use"
    CASE_FILE_EXCHANGED = "case_file_exchanged"
    CASE_FILE_MOVED = "case_file_moved"
    PLACE_NETWORK = "place_network"
    PLACE_SYNCED = "place_synced"
    ROSTER_REPLACED = "roster_replaced"
    LOG_BROKEN = "log_broken"
    ROW_NOT_IN_LOG = "row_not_in_log"
    RECORD_DAMAGED = "record_damaged"
    NO_SPACE = "no_space"
    CANNOT_WRITE = "cannot_write"
    CANNOT_READ = "cannot_read"
    UNSAFE_LIBRARY = "unsafe_library"
    HEADER_FULL = "header_full"
    # people and permission
    NOT_ALLOWED = "not_allowed"
    NEEDS_DESK_KEY = "needs_desk_key"
    NAME_CLOSED = "name_closed"
    NEEDS_SECOND_PERSON = "needs_second_person"
    SAME_PERSON_TWICE = "same_person_twice"
    PASSPHRASE_TOO_WEAK = "passphrase_too_weak"
    PASSPHRASE_IN_USE = "passphrase_in_use"
    PERSON_NAME_TAKEN = "person_name_taken"
    REMOVE_ONESELF = "remove_oneself"
    REMOVE_LAST_KEY = "remove_last_key"
    REMOVE_NOBODY_LEFT = "remove_nobody_left"
    ROLES_OWN = "roles_own"
    ROLES_WAIT = "roles_wait"
    ROLES_NOBODY_TO_AGREE = "roles_nobody_to_agree"
    ROLES_BOTH_WAYS = "roles_both_ways"
    REMOVAL_UNFINISHED = "removal_unfinished"
    # records
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    INVALID_FIELD = "invalid_field"
    TOO_LONG = "too_long"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_TERM = "unknown_term"
    BAD_DATE = "bad_date"
    NOTHING_CHANGED = "nothing_changed"
    ALREADY_DONE = "already_done"
    ALREADY_SAVED = "already_saved"
    TERM_TAKEN = "term_taken"
    TERM_LAST = "term_last"
    SEARCH_TAKEN = "search_taken"
    SEARCH_UNCLEAR = "search_unclear"
    SEARCH_OF_RELATIVE = "search_of_relative"
    SEARCHES_FULL = "searches_full"
    NOTHING_TO_UNDO = "nothing_to_undo"
    CHANGED_SINCE = "changed_since"
    MERGED_AWAY = "merged_away"
    MERGE_TWO_DESKS = "merge_two_desks"
    MERGE_WAITS = "merge_waits"
    MERGE_REVIEW_FIRST = "merge_review_first"
    MERGE_RESTORE_FIRST = "merge_restore_first"
    MERGE_WORK_SINCE = "merge_work_since"
    STILL_REFERENCED = "still_referenced"
    CLOCK_BEHIND = "clock_behind"
    CLOCK_ENTRIES = "clock_entries"
    SLIP_UNREADABLE = "slip_unreadable"
    SLIP_NOT_FOR_ME = "slip_not_for_me"
    SLIP_FORGED = "slip_forged"
    SLIP_UNKNOWN = "slip_unknown"
    SLIP_USED = "slip_used"
    SLIP_LATE = "slip_late"
    SLIP_CHANGED = "slip_changed"
    SLIP_PERSON = "slip_person"
    SLIP_PLACE = "slip_place"
    KEY_FILE_UNREADABLE = "key_file_unreadable"
    KEY_FILE_PASSPHRASE = "key_file_passphrase"
    CARD_UNREADABLE = "card_unreadable"
    WORDS_NOT_COMPARED = "words_not_compared"
    TRUSTEE_THERE = "trustee_there"
    TRUSTEE_KEYS_KNOWN = "trustee_keys_known"
    PROOF_UNREADABLE = "proof_unreadable"
    PROOF_FORGED = "proof_forged"
    PROOF_INSIDE = "proof_inside"
    PROOF_PLACE_TAKEN = "proof_place_taken"
    PROOF_DOES_NOT_FIT = "proof_does_not_fit"
    LOG_DOUBTED = "log_doubted"
    PICTURE_UNREADABLE = "picture_unreadable"
    # conversations
    TALK_IN_FUTURE = "talk_in_future"
    YES_WITHOUT_END = "yes_without_end"
    YES_ENDS_FIRST = "yes_ends_first"
    NO_STANDING = "no_standing"
    MANDATE_MISSING = "mandate_missing"
    EVENT_MISSING = "event_missing"
    BYPASS_UNFIT = "bypass_unfit"
    EVIDENCE_TOO_LARGE = "evidence_too_large"
    EVIDENCE_UNREADABLE = "evidence_unreadable"
    # quarter review
    QUARTER_OPEN = "quarter_open"
    QUARTER_DOUBTED = "quarter_doubted"
    # backups
    BACKUP_UNREADABLE = "backup_unreadable"
    BACKUP_DAMAGED = "backup_damaged"
    BACKUP_OTHER = "backup_other"
    BACKUP_ABSENT = "backup_absent"
    BACKUP_PLACE_INSIDE = "backup_place_inside"
    BACKUP_NO_SPACE = "backup_no_space"
    BACKUP_READ_ONLY = "backup_read_only"
    BACKUP_FAILING = "backup_failing"
    BACKUP_RUNNING = "backup_running"
    BACKUP_DIFFERS = "backup_differs"
    NO_BACKUP = "no_backup"
    # recovery kit
    RECOVERY_UNKNOWN_WORD = "recovery_unknown_word"
    RECOVERY_WORD_COUNT = "recovery_word_count"
    RECOVERY_CHECKSUM = "recovery_checksum"
    RECOVERY_FOREIGN_WORDS = "recovery_foreign_words"
    RECOVERY_TOO_FEW = "recovery_too_few"
    RECOVERY_TWICE = "recovery_twice"
    RECOVERY_MIXED_KITS = "recovery_mixed_kits"
    RECOVERY_OTHER_CASE = "recovery_other_case"
    RECOVERY_SET_WRONG = "recovery_set_wrong"
    RECOVERY_KIT_ENDED = "recovery_kit_ended"
    RECOVERY_PERSON_LEFT = "recovery_person_left"
    RECOVERY_PLACE_TAKEN = "recovery_place_taken"
    # lists
    LIST_MISSING = "list_missing"
    LIST_UNREADABLE = "list_unreadable"
    LIST_EMPTY = "list_empty"
    LIST_NO_NAMES = "list_no_names"
    LIST_NO_LIST = "list_no_list"
    LIST_TOO_LARGE = "list_too_large"
    LIST_CUT_OFF = "list_cut_off"
    LIST_MISNAMED = "list_misnamed"
    LIST_ENCRYPTED = "list_encrypted"
    LIST_NOT_JSON = "list_not_json"
    LIST_JSON_SHAPE = "list_json_shape"
    LIST_CHANGES_MOST = "list_changes_most"
    PHOTOS_UNREADABLE = "photos_unreadable"
    PHOTOS_TOO_MANY = "photos_too_many"
    LIST_CHANGED_SINCE_PREVIEW = "list_changed_since_preview"
    # reports
    GODPARENT_NOT_BRIEFED = "godparent_not_briefed"
    FILE_MISSING = "file_missing"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_UNREADABLE = "file_unreadable"
    FILE_ENCRYPTED = "file_encrypted"
    FILE_NO_REPORT = "file_no_report"
    REPORT_CARRIES_NOBODY = "report_carries_nobody"
    REPORT_TOO_FEW = "report_too_few"
    REPORT_QUARTER = "report_quarter"
    REPORT_CHECK_FAILED = "report_check_failed"
    REPORT_NAME_FOUND = "report_name_found"
    REPORT_NOT_APPROVED = "report_not_approved"
    REPORT_APPROVAL_ENDED = "report_approval_ended"
    REPORT_CHANGED = "report_changed"
    REPORT_KIND_UNKNOWN = "report_kind_unknown"
    REPORT_KIND_INVALID = "report_kind_invalid"
    REPORT_CHARACTER_MISSING = "report_character_missing"
    REPORT_WRITING_WARNED = "report_writing_warned"
    REPORT_FORMAT_UNKNOWN = "report_format_unknown"
    REPORT_FILE_EXISTS = "report_file_exists"
    REPORTS_NOT_ALIKE = "reports_not_alike"
    RECIPIENT_KNOWN = "recipient_known"
    RECIPIENT_KEY_WRONG = "recipient_key_wrong"
    RECIPIENT_KEY_SECRET = "recipient_key_secret"
    RECIPIENT_UNCLEAR = "recipient_unclear"
    RECIPIENT_LEFT = "recipient_left"
    RECIPIENT_NARROWER = "recipient_narrower"
    RECIPIENT_DECLINED = "recipient_declined"
    RECIPIENT_CHANGED = "recipient_changed"
    MAILING_LIST_KIND = "mailing_list_kind"
    MAILING_LIST_EMPTY = "mailing_list_empty"
    TEXT_NOT_SCANNED = "text_not_scanned"
    # command line
    BAD_ARGUMENT = "bad_argument"
    NAME_UNKNOWN = "name_unknown"
    CANCELLED = "cancelled"


class KnownError(Exception):
    """Something that can happen to anyone and that has clear words.

    Args:
        code: the cause.
        ids: opaque record ids or field names it is about; never a name, number or text of a person.
        details: harmless values for the wording (row numbers, versions, field names, check names).
    """

    def __init__(self, code: Code, *ids: str, **details: Detail) -> None:
        super().__init__(code.value)
        self.code: Final = code
        self.ids: Final = ids
        self.details: Final = details

    def __repr__(self) -> str:
        return f"KnownError({self.code.value})"


class BugError(Exception):
    """A broken promise of our own code. Its message is written by us and holds no data."""
