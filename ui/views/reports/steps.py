"""The steps of a report and what the primary button says on each."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from app.i18n import N_, _
from app.services.kept import ABOUT_EVERYBODY

NAMES: Final = (N_("Kind"), N_("People and text"), N_("Review"), N_("Checks"), N_("Approve"))


FACTS: Final = (
    *("prisoner", "relative", "conversation", "countersign"),
    *("hold", "relative_hold", "trust", "claim", "proposal"),
    *("attention", "closed_attention", "review", "review_confirmation", *ABOUT_EVERYBODY),
)
"""Nouns a decision may rest on: when one changes, pages that were shown are shown anew."""
OVER: Final = frozenset({"done", "failed", "dropped", "leaving"})
"""States in which there is nothing left to approve."""

PAGES: Final = "pages"
PEOPLE: Final = "people"
"""What a plan that is taken up shows first; else its kind."""


class Step(IntEnum):
    """The steps, from 0."""

    KIND = 0
    PEOPLE = 1
    REVIEW = 2
    CHECKS = 3
    APPROVE = 4


def shown_at(step: Step) -> str:
    """What is shown again when a plan that stood at this step is taken up."""
    return PEOPLE if step is Step.PEOPLE else "" if step is Step.KIND else PAGES


def step_names() -> list[str]:
    """Their words."""
    return [_(name) for name in NAMES]


def primary_words(step: Step, *, kept: bool, has_pages: bool, leave: str) -> str:
    """What the primary button does.

    Args:
        step: the one in front.
        kept: a kept report is shown, not a plan.
        has_pages: somebody may be named.
        leave: what lets it leave, where the person at the screen may.
    """
    match step:
        case Step.KIND | Step.PEOPLE if kept:
            return _("Look at the pages")
        case Step.KIND:
            return _("People and text")
        case Step.PEOPLE:
            return _("Show the pages")
        case Step.REVIEW if kept:
            return _("Look at the checks")
        case Step.REVIEW:
            return _("Run checks") if has_pages else _("Look again")
        case Step.CHECKS:
            return _("Go on to approval") if kept else _("Change people or text")
        case Step.APPROVE:
            return leave or _("Done")
