"""Kinds of report: what is wrong is refused with its line, and nothing that is not open can be listed."""

from __future__ import annotations

import pytest

import resources
from app.domain.consent_purposes import LegalGrounds
from app.domain.errors import Code, KnownError
from app.domain.fields import FieldClass
from app.reports import kind_people
from app.reports.kind_file import read_kind, shipped, shipped_kind, texts_of_shipped
from app.reports.kinds import Ground, Transform

_PUBLIC = resources.path("report_kinds/public_list.toml").read_text(encoding="utf-8")


def test_shipped_kinds_list_open_fields_only() -> None:
    for kind in shipped():
        for column in kind.columns:
            own = (FieldClass.INTERNAL if column.shows_picture else FieldClass.OPEN, False)
            assert all((field.klass, field.sealed) == own for field in column.fields)


def test_public_summary_leaves_only_where_agreed() -> None:
    kind = shipped_kind("parliament_briefing")
    summary = next(column for column in kind.columns if column.key == "summary")
    assert summary.grounds == {Ground.AGREED}


def test_what_must_be_decided_names_each_field_once() -> None:
    decided = shipped_kind("public_list").decided()
    assert len({wanted.field for wanted in decided}) == len(decided)
    assert {"family_name", "given_name", "facility", "status", "charges"} <= {d.field for d in decided}


@pytest.mark.parametrize(
    ("old", "new", "field", "line_has"),
    [
        ('label = "Name"', 'label = "Name"\ncolour = "red"', "colour", "colour"),
        ('"prisoner.given_name"]', '"prisoner.shoe_size"]', "fields", "fields"),
        ('"prisoner.given_name"]', '"prisoner.working_notes"]', "fields", "fields"),
        ('"prisoner.given_name"]', '"prisoner.vulnerability"]', "fields", "fields"),
        ('"prisoner.given_name"]', '"prisoner.next_step_on"]', "fields", "fields"),
        ('"prisoner.given_name"]', '"prisoner.photo"]', "fields", "fields"),
        ('["prisoner.other_names"]', '["public_texts.public_summary"]', "grounds", "grounds"),
        ("hide_under = 10", "hide_under = 5", "hide_under", "hide_under"),
        ("round_to = 5", "round_to = 1", "round_to", "round_to"),
        ("round_to = 5\n", "", "round_to", "[groups]"),
        (
            'grounds = ["published", "agreed"]\nrequired = true',
            "grounds = []\nrequired = true",
            "grounds",
            "grounds",
        ),
        ('audience = "public"', 'audience = "everybody"', "audience", "audience"),
        ('transform = "year"', 'transform = "decade"', "transform", "transform"),
        ("required = true", "required = false", "columns", ""),
        (
            'languages = ["en", "de", "de-CH", "be", "ru", "pl"]',
            'languages = ["en", "xx"]',
            "languages",
            "languages",
        ),
        ("version = 1", 'version = "one"', "version", "version"),
        ('fields = ["prisoner.detained_on"]', 'fields = ["prisoner.status"]', "transform", "transform"),
    ],
)
def test_a_wrong_kind_is_refused_with_its_line(old: str, new: str, field: str, line_has: str) -> None:
    text = _PUBLIC.replace(old, new, 1)
    assert text != _PUBLIC
    with pytest.raises(KnownError) as caught:
        read_kind(text)
    assert caught.value.code is Code.REPORT_KIND_INVALID
    assert caught.value.details["field"] == field
    line = caught.value.details["line"]
    assert isinstance(line, int)
    assert line_has in text.splitlines()[line - 1]


_BIRTHDAYS = resources.path("report_kinds/birthday_list.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "old", "new", "line_has"),
    [
        (
            "an unknown field",
            '"prisoner.envelope_name"',
            '"prisoner.shoe_size"',
            'fields = ["prisoner.shoe_size"]',
        ),
        ("an unknown noun", '"prisoner.envelope_name"', '"budget.total"', 'fields = ["budget.total"]'),
        (
            "an identity field",
            '"prisoner.envelope_name"',
            '"relative.full_name"',
            'fields = ["relative.full_name"]',
        ),
        (
            "a sealed field",
            '"prisoner.envelope_name"',
            '"prisoner.next_step"',
            'fields = ["prisoner.next_step"]',
        ),
        ("no group rule", "[groups]\nhide_under = 10\nround_to = 5\n", "", "# Birthday list"),
        ("half a group rule", "hide_under = 10\n", "", "[groups]"),
        ("a group rule for few", "hide_under = 10\n", "hide_under = 5\n", "hide_under = 5"),
        ("no ground", 'grounds = ["agreed"]\nwidth = 7', "grounds = []\nwidth = 7", "grounds = []"),
        ("grounds not named", 'grounds = ["agreed"]\nwidth = 7', "width = 7", "[[columns]]"),
        (
            "published where nothing is published",
            'grounds = ["agreed"]\nwidth = 7',
            'grounds = ["published"]\nwidth = 7',
            'grounds = ["published"]',
        ),
        ("an audience nobody knows", '"all_godparents"', '"all_journalists"', "all_journalists"),
        ("figures for godparents", "counted = false", "counted = 0", "counted = 0"),
        (
            "a select that is not cleared",
            'birthday = "prisoner.born"',
            'birthday = "prisoner.died_on"',
            "died_on",
        ),
        ("a select of no day", 'birthday = "prisoner.born"', 'birthday = "prisoner.sex"', "[select]"),
        (
            "a select that says no yes",
            '"prisoner.accepts_letters"',
            '"prisoner.status"',
            'says_yes = "prisoner.status"',
        ),
        (
            "a select without a ground",
            'purpose = "letters"\ngrounds = ["agreed"]\n\n',
            'purpose = "letters"\n\n',
            "[select]",
        ),
    ],
)
def test_what_a_kind_may_not_ask_is_refused_with_its_line(
    what: str, old: str, new: str, line_has: str
) -> None:
    text = _BIRTHDAYS.replace(old, new, 1)
    assert text != _BIRTHDAYS, what
    with pytest.raises(KnownError) as caught:
        read_kind(text)
    assert caught.value.code is Code.REPORT_KIND_INVALID
    line = caught.value.details["line"]
    assert isinstance(line, int)
    assert line_has in text.splitlines()[line - 1]


def test_an_audience_without_a_ground_in_law_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may ask for what the register of legal grounds does not know."""
    bare = LegalGrounds({("name", "open"): "consent"})
    monkeypatch.setattr(kind_people, "default_legal_grounds", lambda: bare)
    with pytest.raises(KnownError) as caught:
        read_kind(_BIRTHDAYS)
    line = caught.value.details["line"]
    assert isinstance(line, int)
    assert _BIRTHDAYS.splitlines()[line - 1] == 'purpose = "letters"'


def test_broken_toml_is_refused_with_its_line() -> None:
    with pytest.raises(KnownError) as caught:
        read_kind('name = "a"\nversion = = 2\n')
    assert caught.value.details["line"] == 2


def test_unknown_kind() -> None:
    with pytest.raises(KnownError) as caught:
        shipped_kind("godparents_secrets")
    assert caught.value.code is Code.REPORT_KIND_UNKNOWN


def test_texts_for_translators_cover_labels() -> None:
    assert {"Name", "Articles", "arrested {}", "Public list of names"} <= set(texts_of_shipped())
    assert Transform("keep") is Transform.KEEP


_FIGURES = resources.path("report_kinds/public_figures.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "old", "new", "field"),
    [
        ("small groups of the sick", "sensitive_under = 20", "sensitive_under = 10", "sensitive_under"),
        ("no rule for the sick", "sensitive_under = 20\n", "", "sensitive_under"),
        ("exact counts", "round_to = 5", "round_to = 1", "round_to"),
        ("a table that is not guarded", "guarded = true", "guarded = false", "guarded"),
        ("a coarser table without a name", 'coarser = ["Under 45, or older"]\n', "", "coarser"),
        (
            "a coarser table there is not",
            'heading = "Women and men"',
            'heading = "W"\ncoarser = ["A"]',
            "coarser",
        ),
        ("seven tables", 'key = "minors"', 'key = "health"', "tables"),
        ("for the house", '"public"', '"internal"', "key"),
        ("nobody approves", '"second_person"', '"other_officer"', "approval"),
    ],
)
def test_public_figures_are_never_told_by_weaker_rules(what: str, old: str, new: str, field: str) -> None:
    text = _FIGURES.replace(old, new, 1)
    assert text != _FIGURES, what
    with pytest.raises(KnownError) as caught:
        read_kind(text)
    assert caught.value.details["field"] == field, what
