"""Protects: what is read out is in their language and stays on record; how to reach them stands beside it."""

from __future__ import annotations

import attrs
import pytest

from app.domain.conversation import Conversation
from app.domain.relative import SafeContactPlan
from app.i18n import set_language
from app.services.relatives import EditRelative
from tests.ui.consent.conftest import CaseFile, Desk, OpenDesk
from ui.views.consent.read_out import read_out

pytestmark = pytest.mark.window


def _begin(page: Desk, relative: str) -> None:
    page.page.start_conversation(relative)
    page.settle()


def _talk(page: Desk, relative: str) -> Conversation:
    found: list[Conversation] = []
    session = page.session
    page.tasks.query(
        lambda: session.relatives.get(relative).conversations[0], initiator=None, done=found.append
    )
    page.settle()
    return found[0]


def test_the_text_is_in_her_language_and_the_talk_keeps_which_one(desk: OpenDesk, made: CaseFile) -> None:
    """Her plan says Russian; the window is in English."""
    page = desk()
    _begin(page, made.mother)
    russian = read_out("ru")
    assert russian.language == "ru"
    assert page.talk.before._text_head.title.text() == f"Read out (text {russian.number}, Russian)"
    page.talk.before._on_value("language", "be")
    assert page.talk.draft.values["text_version"] == read_out("be").stored
    page.talk.before._on_value("language", "ru")
    page.talk.start()
    page.press("y")
    page.talk.save_by_keys()
    page.settle()
    assert _talk(page, made.mother).text_version == russian.stored == f"{russian.number} ru"


def test_a_language_nobody_wrote_the_text_in_falls_back_to_that_of_the_window() -> None:
    set_language("de")
    assert read_out("fr").language == "de"
    set_language("en")


def test_who_interpreted_and_through_whom_is_kept_for_the_next_talk(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    _begin(page, made.mother)
    for name, words in (("interpreter", "Olha T."), ("intermediary", "the neighbour")):
        page.talk.before._on_value(name, words)
    page.talk.save_by_keys()
    page.settle()
    kept = _talk(page, made.mother)
    assert (kept.interpreter, kept.intermediary) == ("Olha T.", "the neighbour")
    _begin(page, made.mother)
    assert page.talk.draft.values["interpreter"] == "Olha T."
    assert page.talk.draft.values["intermediary"] == "the neighbour"


def test_the_safe_contact_plan_and_what_never_to_mention_stand_before_the_call(
    desk: OpenDesk, made: CaseFile
) -> None:
    page = desk()
    session = page.session
    found: list[SafeContactPlan] = []

    def edit() -> SafeContactPlan:
        one = session.relatives.get(made.mother).relative
        plan = attrs.evolve(one.plan[0], never_mention="the committee")
        session.relatives.edit(EditRelative(one.id, one.version, {"plan": (plan,)}))
        return plan

    page.tasks.query(edit, initiator=None, done=found.append)
    page.settle()
    _begin(page, made.mother)
    said = " ".join(page.talk.before.notices())
    assert "Anna from the library" in said
    assert "After 20:00" in said
    assert "Never mention: the committee" in said
