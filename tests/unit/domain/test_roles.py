"""Who may do what: the table of security.md, row by row, and that roles never lend what no role has."""

from __future__ import annotations

from itertools import combinations

import pytest

from app.domain.roles import NEVER, Action, Limit, Need, Permission, Role, pair_allowed, permission

C, O, R, A, T = Role.COORDINATOR, Role.OFFICER, Role.REPORTS, Role.AUDITOR, Role.TRUSTEE  # noqa: E741 - the table's columns

# The rows as the design writes them: 1 alone, 2 with a second person, p proposes, - never; * with a limit.
TABLE = {
    "read_open": "1 1 1 1* -",
    "edit_prisoner edit_godparent edit_support": "1 1 1* - -",
    "bring_in_list undo_list": "1 1 - - -",
    "merge_prisoners": "1* 1 - - -",
    "read_relatives show_identity record_conversation record_no record_narrow_yes search_names": "1* 1 - - -",
    "wider_yes cancel_no": "2 2 - - 2",
    "place_stop": "1 1 1* - -",
    "lift_stop bypass": "2* 2* - - 2*",
    "trust_source": "p 2 p - p",
    "change_report_kind": "p 2 p - -",
    "compose_report edit_recipient write_message check_file": "1 1 1 - -",
    "approve_report": "- 1* - - -",
    "read_log read_findings verify": "1* 1 1* 1* -",
    "see_exposure quarter_review audit_consent": "- 1 - - -",
    "edit_words manage_people grant_first_desk_key add_trustee_alone": "- 1 - - -",
    "manage_desks restore make_copy recovery_kit": "- 1 - - -",
    "new_officer grant_desk_key add_trustee": "- 2 - - -",
    "settle_restore": "2* 2* - - -",
    "correct_clock": "p 2 - - -",
    "erase_person": "p 2 - - -",
    "backup": "1 1 1 - -",
    "proof_line": "1 1 1 1 -",
}
NEEDS = {"1": Need.ALONE, "2": Need.TWO, "p": Need.PROPOSE, "-": Need.NEVER}


def test_every_action_stands_in_the_table_once() -> None:
    named = [word for row in TABLE for word in row.split()]
    assert sorted(named) == sorted(action.value for action in Action)


@pytest.mark.parametrize(("words", "cells"), TABLE.items(), ids=TABLE.keys())
def test_the_table_says_what_the_design_says(words: str, cells: str) -> None:
    for word in words.split():
        for role, cell in zip((C, O, R, A, T), cells.split(), strict=True):
            found = permission(role, Action(word))
            assert found.need is NEEDS[cell[0]], (word, role)
            assert (found.limit is not None) == cell.endswith("*"), (word, role)


def test_nobody_without_a_role_may_do_anything() -> None:
    assert all(permission((), action) == NEVER for action in Action)
    assert not any(permission((), action).allowed for action in Action)


def test_two_roles_give_the_better_of_both_and_never_more() -> None:
    for one, two in combinations(Role, 2):
        for action in Action:
            both = permission((one, two), action)
            assert both in (permission(one, action), permission(two, action))
            assert both == permission((two, one), action)
            assert both == permission([one, two, one], action)
    assert permission((C, O), Action.READ_RELATIVES) == Permission(Need.ALONE)


def test_what_opens_relatives_is_never_for_reports_staff_or_auditors() -> None:
    for action in (
        Action.READ_RELATIVES,
        Action.SHOW_IDENTITY,
        Action.SEARCH_NAMES,
        Action.RECORD_CONVERSATION,
    ):
        assert permission((R, A), action) == NEVER


def test_two_people_are_asked_together() -> None:
    assert pair_allowed([C], [C], Action.WIDER_YES)
    assert pair_allowed([C], [O], Action.LIFT_STOP)
    assert not pair_allowed([C], [C], Action.LIFT_STOP)  # one of them is an officer
    assert not pair_allowed([C], [C], Action.BYPASS)
    assert pair_allowed([C], [O], Action.TRUST_SOURCE)  # one proposes, an officer says yes
    assert not pair_allowed([C], [R], Action.TRUST_SOURCE)  # two proposals are no yes
    assert pair_allowed([O], [O], Action.CORRECT_CLOCK)
    assert pair_allowed([C], [O], Action.CORRECT_CLOCK)
    assert not pair_allowed([C], [C], Action.CORRECT_CLOCK)
    assert not pair_allowed([O], [A], Action.WIDER_YES)
    assert pair_allowed([O], [T], Action.BYPASS)  # a trustee elsewhere is a second person
    assert pair_allowed([C], [T], Action.WIDER_YES)
    assert not pair_allowed([C], [T], Action.LIFT_STOP)  # one of them is an officer
    assert not pair_allowed([C], [T], Action.TRUST_SOURCE)
    assert not pair_allowed([O], [], Action.WIDER_YES)


def test_a_pair_is_a_pair_whoever_comes_first() -> None:
    for action in Action:
        for one in Role:
            for two in Role:
                assert pair_allowed([one], [two], action) == pair_allowed([two], [one], action)


def test_limits_that_take_an_officer_are_marked() -> None:
    marked = {action for action in Action if permission(C, action).limit is Limit.ONE_IS_OFFICER}
    assert marked == {Action.LIFT_STOP, Action.BYPASS, Action.SETTLE_RESTORE}
