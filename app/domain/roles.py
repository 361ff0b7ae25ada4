"""Who may do what: one table of roles and actions, read by every service before it does anything.

Keys come first: without a desk's key no permission opens a relative. What a limit means for one record
(whose desk, whose act) is decided by the service that holds the record; nothing here reads data.

Source: security.md, *Who may do what*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import attrs


class Role(StrEnum):
    """What somebody does in the case file; one person may hold several."""

    COORDINATOR = "coordinator"
    OFFICER = "officer"
    REPORTS = "reports"
    AUDITOR = "auditor"
    TRUSTEE = "trustee"  # elsewhere, with a signing key and no case file: second person by slip, nothing else


OPENERS: Final = frozenset(Role) - {Role.TRUSTEE}
"""Roles of people who can open the case file."""


class Action(StrEnum):
    """Everything the table answers for."""

    READ_OPEN = "read_open"
    EDIT_PRISONER = "edit_prisoner"
    EDIT_GODPARENT = "edit_godparent"
    EDIT_SUPPORT = "edit_support"
    MERGE_PRISONERS = "merge_prisoners"
    BRING_IN_LIST = "bring_in_list"
    UNDO_LIST = "undo_list"
    READ_RELATIVES = "read_relatives"
    SHOW_IDENTITY = "show_identity"
    RECORD_CONVERSATION = "record_conversation"
    RECORD_NO = "record_no"
    RECORD_NARROW_YES = "record_narrow_yes"  # up to a named godparent or institution
    WIDER_YES = "wider_yes"
    CANCEL_NO = "cancel_no"
    PLACE_STOP = "place_stop"
    LIFT_STOP = "lift_stop"
    BYPASS = "bypass"
    TRUST_SOURCE = "trust_source"
    CHANGE_REPORT_KIND = "change_report_kind"
    COMPOSE_REPORT = "compose_report"
    EDIT_RECIPIENT = "edit_recipient"
    WRITE_MESSAGE = "write_message"
    CHECK_FILE = "check_file"
    SEARCH_NAMES = "search_names"
    APPROVE_REPORT = "approve_report"
    READ_LOG = "read_log"
    READ_FINDINGS = "read_findings"
    VERIFY = "verify"
    SEE_EXPOSURE = "see_exposure"
    QUARTER_REVIEW = "quarter_review"
    AUDIT_CONSENT = "audit_consent"
    EDIT_WORDS = "edit_words"
    MANAGE_PEOPLE = "manage_people"
    NEW_OFFICER = "new_officer"
    ADD_TRUSTEE = "add_trustee"
    ADD_TRUSTEE_ALONE = "add_trustee_alone"  # the first, where nobody else holds a desk's key
    GRANT_DESK_KEY = "grant_desk_key"
    GRANT_FIRST_DESK_KEY = "grant_first_desk_key"  # the first holder beside the founder
    MANAGE_DESKS = "manage_desks"
    RESTORE = "restore"
    SETTLE_RESTORE = "settle_restore"  # nothing is missing about one prisoner since the backup
    MAKE_COPY = "make_copy"
    CORRECT_CLOCK = "correct_clock"
    ERASE_PERSON = "erase_person"
    BACKUP = "backup"
    PROOF_LINE = "proof_line"
    RECOVERY_KIT = "recovery_kit"


class Need(StrEnum):
    """How many people an action takes."""

    ALONE = "alone"
    TWO = "two"
    PROPOSE = "propose"  # may ask for it; someone who may do it with a second person says yes
    NEVER = "never"


class Limit(StrEnum):
    """What narrows a permission; the service that knows the record applies it."""

    OWN_DESK = "own_desk"
    PUBLIC_TEXTS = "public_texts"
    OPEN_THINGS = "open_things"
    OWN_ACTS = "own_acts"
    WITHOUT_IDENTITIES = "without_identities"
    FIGURES_AND_LOG = "figures_and_log"
    ONE_IS_OFFICER = "one_is_officer"
    NOT_THE_MAKER = "not_the_maker"


@attrs.frozen
class Permission:
    """The answer of the table for some roles and one action."""

    need: Need
    limit: Limit | None = None

    @property
    def allowed(self) -> bool:
        """Whether the action may be done at all, alone or with a second person."""
        return self.need in (Need.ALONE, Need.TWO)


IN_A_COPY: Final = frozenset(
    {
        *(Action.READ_OPEN, Action.EDIT_PRISONER, Action.PLACE_STOP, Action.COMPOSE_REPORT),
        *(Action.CHECK_FILE, Action.READ_LOG, Action.READ_FINDINGS, Action.VERIFY),
    }
)
"""What is left of anybody's permissions in a derived copy: the rest is done at home."""

NEVER: Final = Permission(Need.NEVER)
_ALONE: Final = Permission(Need.ALONE)
_TWO: Final = Permission(Need.TWO)
_PROPOSE: Final = Permission(Need.PROPOSE)
_TWO_ONE_OFFICER: Final = Permission(Need.TWO, Limit.ONE_IS_OFFICER)


def _alone(limit: Limit) -> Permission:
    return Permission(Need.ALONE, limit)


_C, _O, _R, _A, _T = Role.COORDINATOR, Role.OFFICER, Role.REPORTS, Role.AUDITOR, Role.TRUSTEE
_EDITS: Final = {_C: _ALONE, _O: _ALONE}
_CLOSED: Final = {_C: _alone(Limit.OWN_DESK), _O: _ALONE}
_EVERY_WRITER: Final = {_C: _ALONE, _O: _ALONE, _R: _ALONE}
_RECORDS: Final = {
    _C: _alone(Limit.OWN_ACTS),
    _O: _ALONE,
    _R: _alone(Limit.OWN_ACTS),
    _A: _alone(Limit.WITHOUT_IDENTITIES),
}
_OFFICER_ALONE: Final = {_O: _ALONE}
_OFFICER_AND_SECOND: Final = {_O: _TWO}
_TWO_KEY_HOLDERS: Final = {_C: _TWO, _O: _TWO, _T: _TWO}
_ONE_IS_OFFICER: Final = {_C: _TWO_ONE_OFFICER, _O: _TWO_ONE_OFFICER, _T: _TWO_ONE_OFFICER}
_PROPOSED: Final = {_C: _PROPOSE, _O: _TWO, _R: _PROPOSE}

# One line per row of the table; a role that is not named may never.
_TABLE: Final[Mapping[Action, Mapping[Role, Permission]]] = {
    Action.READ_OPEN: {**_EVERY_WRITER, _A: _alone(Limit.FIGURES_AND_LOG)},
    Action.EDIT_PRISONER: {**_EDITS, _R: _alone(Limit.PUBLIC_TEXTS)},
    Action.EDIT_GODPARENT: {**_EDITS, _R: _alone(Limit.PUBLIC_TEXTS)},
    Action.EDIT_SUPPORT: {**_EDITS, _R: _alone(Limit.PUBLIC_TEXTS)},
    Action.MERGE_PRISONERS: _CLOSED,
    Action.BRING_IN_LIST: _EDITS,
    Action.UNDO_LIST: _EDITS,
    Action.READ_RELATIVES: _CLOSED,
    Action.SHOW_IDENTITY: _CLOSED,
    Action.RECORD_CONVERSATION: _CLOSED,
    Action.RECORD_NO: _CLOSED,
    Action.RECORD_NARROW_YES: _CLOSED,
    Action.WIDER_YES: _TWO_KEY_HOLDERS,
    Action.CANCEL_NO: _TWO_KEY_HOLDERS,
    Action.PLACE_STOP: {**_EDITS, _R: _alone(Limit.OPEN_THINGS)},
    Action.LIFT_STOP: _ONE_IS_OFFICER,
    Action.BYPASS: _ONE_IS_OFFICER,
    Action.TRUST_SOURCE: {**_PROPOSED, _T: _PROPOSE},
    Action.CHANGE_REPORT_KIND: _PROPOSED,
    Action.COMPOSE_REPORT: _EVERY_WRITER,
    Action.EDIT_RECIPIENT: _EVERY_WRITER,
    Action.WRITE_MESSAGE: _EVERY_WRITER,
    Action.CHECK_FILE: _EVERY_WRITER,
    Action.SEARCH_NAMES: _CLOSED,
    Action.APPROVE_REPORT: {_O: _alone(Limit.NOT_THE_MAKER)},
    Action.READ_LOG: _RECORDS,
    Action.READ_FINDINGS: _RECORDS,
    Action.VERIFY: _RECORDS,
    Action.SEE_EXPOSURE: _OFFICER_ALONE,
    Action.QUARTER_REVIEW: _OFFICER_ALONE,
    Action.AUDIT_CONSENT: _OFFICER_ALONE,
    Action.EDIT_WORDS: _OFFICER_ALONE,
    Action.MANAGE_PEOPLE: _OFFICER_ALONE,
    Action.NEW_OFFICER: _OFFICER_AND_SECOND,
    Action.ADD_TRUSTEE: _OFFICER_AND_SECOND,
    Action.ADD_TRUSTEE_ALONE: _OFFICER_ALONE,
    Action.GRANT_DESK_KEY: _OFFICER_AND_SECOND,
    Action.GRANT_FIRST_DESK_KEY: _OFFICER_ALONE,
    Action.MANAGE_DESKS: _OFFICER_ALONE,
    Action.RESTORE: _OFFICER_ALONE,
    Action.SETTLE_RESTORE: {_C: _TWO_ONE_OFFICER, _O: _TWO_ONE_OFFICER},
    Action.MAKE_COPY: _OFFICER_ALONE,
    Action.CORRECT_CLOCK: {_C: _PROPOSE, _O: _TWO},
    Action.ERASE_PERSON: {_C: _PROPOSE, _O: _TWO},
    Action.BACKUP: _EVERY_WRITER,
    Action.PROOF_LINE: {**_EVERY_WRITER, _A: _ALONE},
    Action.RECOVERY_KIT: _OFFICER_ALONE,
}
_ORDER: Final = (Need.NEVER, Need.PROPOSE, Need.TWO, Need.ALONE)


def permission(roles: Role | Iterable[Role], action: Action) -> Permission:
    """What these roles may do: the best of them, an unlimited one before a limited one."""
    held = (roles,) if isinstance(roles, Role) else roles
    best = NEVER
    row = _TABLE[action]
    # Sorted, so that two roles with different limits always give the same answer.
    for role in sorted(held):
        found = row.get(role, NEVER)
        better = _ORDER.index(found.need) > _ORDER.index(best.need)
        if better or (found.need is best.need and found.limit is None):
            best = found
    return best


def widens(before: Iterable[Role], after: Iterable[Role]) -> bool:
    """Whether somebody may do anything as the second of these that they may not do as the first.

    Known by its effect, action by action: a coordinator who becomes reports staff may nothing new, one who
    becomes auditor reads the whole log.
    """
    was, now = frozenset(before), frozenset(after)
    return any(not _within(permission(now, action), permission(was, action)) for action in Action)


def _within(gets: Permission, had: Permission) -> bool:
    if gets.need is not had.need:
        return _ORDER.index(gets.need) < _ORDER.index(had.need)
    return gets.need is Need.NEVER or had.limit in (None, gets.limit)


def pair_allowed(first: Iterable[Role], second: Iterable[Role], action: Action) -> bool:
    """Whether two people with these roles may together do what one may not do alone.

    One of them must be allowed to do it with a second person; the other may do that too, or may propose
    it. That they are two different people is for the caller to check.
    """
    first, second = frozenset(first), frozenset(second)
    needs = {permission(first, action).need, permission(second, action).need}
    if Need.NEVER in needs or not needs & {Need.TWO, Need.ALONE}:
        return False
    limits = {permission(first, action).limit, permission(second, action).limit}
    return Limit.ONE_IS_OFFICER not in limits or Role.OFFICER in first | second
