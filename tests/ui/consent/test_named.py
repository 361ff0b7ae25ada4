"""Protects: for whom, not for whom, for which event: what a line names reaches the service and a lock."""

from __future__ import annotations

from datetime import date

from app.domain.canonical import canonical_bytes, from_canonical
from app.domain.conversation import Answer
from app.domain.rows import Light
from app.services.godparents import CreateGodparent, StartGodparenthood
from tests.ui.consent.conftest import CaseFile, OpenDesk, says
from ui.views.consent.draft import TalkDraft
from ui.views.consent.line_draft import LineDraft
from ui.views.consent.said import for_whom
from ui.widgets.answers import Said


def _draft() -> TalkDraft:
    draft = TalkDraft("relative", "14:02")
    draft.lines["support"] = LineDraft(
        Said.YES,
        {"call": Said.YES},
        "named_godparent",
        godparents=("first",),
        withheld=("second",),
        event="Birthday call",
        event_on=date(2026, 12, 12),
    )
    return draft


def test_a_yes_for_one_and_a_no_for_another_are_two_answers() -> None:
    answers = _draft().command({}).answers
    letters = [one for one in answers if one.purpose_or_line == "letters"]
    assert [(one.kind, one.recipients) for one in letters] == [
        ("given", ("first",)),
        ("refused", ("second",)),
    ]
    call = next(one for one in answers if one.purpose_or_line == "call" and one.kind == "given")
    assert (call.event, call.event_on) == ("Birthday call", date(2026, 12, 12))


def test_a_lock_keeps_whom_it_named() -> None:
    plain = from_canonical(canonical_bytes(_draft().to_plain()))
    assert isinstance(plain, dict)
    assert TalkDraft.from_plain(plain) == _draft()


def test_the_line_shows_only_what_it_needs(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("ly")
    popup = page.talk.talk.lines.open_line("support")  # a popup goes when another window comes
    assert popup.named.godparents.isHidden()
    assert popup.named.occasion.isHidden()
    popup._on_said("call", Said.YES)
    assert not popup.named.occasion.isHidden()
    popup._on_audience("named_godparent")
    assert not popup.named.godparents.isHidden()
    popup.close()
    page.settle()
    assert says(page, "one event only")


def test_what_may_be_done_is_said_before_the_call_and_after_a_break(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    page.talk.before._on_value("direction", "we_came")
    page.press("y")
    page.settle()
    assert not says(page, "Nothing allowed us to begin this talk")
    assert page.talk._lights["contact"] is Light.YES
    page.talk.left.emit()
    page.page.start_conversation(made.mother)
    page.settle()
    assert says(page, ", again ")
    page.talk.left.emit()
    page.page.start_conversation(made.sister)
    page.settle()
    page.talk.before._on_value("direction", "we_came")
    page.press("l")
    page.settle()
    assert says(page, "Nothing allowed us to begin this talk")


def test_a_condition_does_not_count_until_it_is_a_no(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("yyyy")
    popup = page.talk.talk.lines.open_line("in_public")
    part = popup.condition
    part.words.setText("not the newspaper")
    part.words.textEdited.emit("not the newspaper")
    assert part.settle.isHidden()
    assert page.talk.talk.lines.row("in_public").detail.text() == "only if …: does not count"
    answers = {one.purpose_or_line: one for one in page.talk.draft.command({}).answers}
    assert answers["name"].conditions == "not the newspaper"
    assert answers["letters"].conditions == ""
    popup.named.not_named.setText("The newspaper")
    popup.named.not_named.textEdited.emit("The newspaper")
    assert not part.settle.isHidden()
    part.settle.click()
    assert "Only if: not the newspaper" in page.talk.talk.note.toPlainText()
    command = page.talk.draft.command({})
    assert all(not one.conditions for one in command.answers)
    assert any(one.kind == "refused" and one.recipients == ("The newspaper",) for one in command.answers)


def test_the_list_says_for_whom_and_for_whom_not() -> None:
    given = Answer("1", kind="given", purpose="name", audience="named_godparent", recipients=("g",))
    assert for_whom(given, {"g": "Eva B."}) == "for Eva B."
    refused = Answer("2", kind="refused", purpose="name", audience="named_institution", recipients=("Press",))
    assert for_whom(refused, {}) == "not for Press"
    assert for_whom(Answer("3", kind="refused", purpose="name", audience="public"), {}) == "not in public"
    assert for_whom(Answer("4", kind="refused", purpose="name", audience="internal"), {}) == ""
    only = Answer("5", kind="given", purpose="contact", audience="internal", conditions="by Signal")
    assert for_whom(only, {}) == "only if by Signal: does not count"


def test_godparents_are_searched_with_their_own_first(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    session = page.session
    own: list[str] = []

    def add() -> None:
        prisoner = session.relatives.get(made.mother).relative.prisoner or ""
        for name in ("Anton", "Berta", "Zora"):
            own.append(session.godparents.create(CreateGodparent({"family_name": name})).id)
        session.godparents.propose(StartGodparenthood(prisoner, own[-1]))

    page.tasks.query(add, initiator=page.page, done=lambda nothing: None)
    page.settle()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("yyyy")
    popup = page.talk.talk.lines.open_line("in_public")
    chips = popup.named.withheld
    assert [words for _value, words in chips._choices] == ["Zora", "Anton", "Berta"]
    chips._toggle(own[-1], on=True)
    assert page.talk.draft.lines["in_public"].withheld == (own[-1],)
    assert any(one.recipients == (own[-1],) for one in page.talk.draft.command({}).answers)
