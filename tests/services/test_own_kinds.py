"""Protects: a kind of report of this case file takes two people, is refused at its line, keeps versions."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.own_kind import OwnKind, OwnKindStep
from app.domain.two_people import CONFIRMED
from app.reports.kind_file import kind_of, shipped
from app.reports.kinds import ReportKind
from app.reports.kinds_in_use import own_kinds
from app.reports.own_kinds import next_text, read_own_kind, shipped_text
from app.services.approval import ApproveReport
from app.services.kind_versions import Standing
from app.services.own_kinds import WrongKind
from app.services.reports import MakeReport
from app.services.session import Session
from tests.canaries import RELATIVE_NAME
from tests.hostile.insider import add_by_hand, save_by_hand
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    Office,
    add_mother,
    an_office,
    code_of,
)

NAME: Final = "own_newsletter"
SHORT: Final = MakeReport(NAME, "en", ("pdf",))


def _text(**lines: str) -> str:
    """The newsletter as an own kind, with lines that begin so written anew."""
    text = next_text(shipped_text("newsletter"), NAME, 1)
    for begins, line in lines.items():
        old = next(each for each in text.splitlines() if each.startswith(f"{begins} ="))
        text = text.replace(old, line, 1)
    return text


def _german(version: int = 1, title: str = "Kurzbrief") -> str:
    return _text(languages='languages = ["de"]', title=f'title = "{title}"', version=f"version = {version}")


def _agree(office: Office, text: str, by: str = COORDINATOR, second: str = OFFICER) -> str:
    with office.as_person(by) as session:
        kind = session.own_kinds.propose(text).id
    with office.as_person(second) as session:
        session.own_kinds.agree(kind)
    return kind


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("kinds")
    office = an_office(folder / "casefile")
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(folder / "list.csv", HELD), SOURCE))
        session.sources.trust(session.sources.rows()[0].id)
        add_mother(session, session.prisoners.rows()[0].id, full_name=RELATIVE_NAME)
    with office.as_person(OFFICER) as session:
        session.sources.trust(session.sources.rows()[0].id)
    return office


@pytest.fixture
def office(listed: Office, tmp_path: Path) -> Office:
    return listed.copied(tmp_path / "casefile")


def _rows(session: Session) -> list[tuple[int, Standing]]:
    return [(row.version, row.standing) for row in session.own_kinds.rows()]


def _refused(session: Session, text: str) -> Code:
    with pytest.raises(KnownError) as refused:
        session.own_kinds.propose(text)
    return code_of(refused.value)


@pytest.mark.parametrize("kind", [kind for kind in shipped() if kind.columns], ids=lambda kind: kind.name)
def test_every_shipped_kind_about_people_can_be_copied(kind: Any) -> None:
    text = next_text(shipped_text(kind.name), f"own_{kind.name}", 7)
    assert attrs.evolve(read_own_kind(text), name=kind.name, version=kind.version) == kind


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": 'name = "newsletter"'}, "name"),
        ({"name": 'name = "own_Brief"'}, "name"),
        ({"version": "version = 0"}, "version"),
        ({"title": 'title = "Another letter"'}, "languages"),
        ({"title": 'title = "A\u202eB"'}, "title"),
        ({"handling": 'handling = "a\\nb"'}, "handling"),
        ({"phrase": 'phrase = "arrested"'}, "phrase"),
        ({"fields": 'fields = ["identity.full_name"]'}, "fields"),
        ({"fields": 'fields = ["prisoner.nothing"]'}, "fields"),
        ({"hide_under": "hide_under = 3"}, "hide_under"),
        ({"grounds": "grounds = []"}, "grounds"),
        ({"purpose": 'purpose = "case_detail"'}, "purpose"),
        ({"approval": 'approval = "other_officer"'}, "approval"),
        ({"audience": 'audience = "internal"'}, "audience"),
    ],
)
def test_what_is_wrong_is_refused_at_its_line(changed: dict[str, str], field: str) -> None:
    text = _text(**changed)
    with pytest.raises(KnownError) as refused:
        read_own_kind(text)
    assert code_of(refused.value) is Code.REPORT_KIND_INVALID
    line = int(str(refused.value.details["line"]))
    assert refused.value.details["field"] == field
    assert text.splitlines()[line - 1].partition("=")[0].strip() == field


def test_figures_are_told_by_shipped_kinds_only() -> None:
    text = _text() + '\n[[tables]]\nkey = "custody"\nheading = "In custody"\n'
    with pytest.raises(KnownError) as refused:
        read_own_kind(text)
    assert refused.value.details["field"] == "tables"


def test_it_is_used_like_a_shipped_one_once_two_people_agreed(office: Office, tmp_path: Path) -> None:
    with office.as_person(REPORTS) as session:
        kind = session.own_kinds.propose(_german()).id
        assert NAME not in {one.name for one in session.reports.offered()}
        with pytest.raises(KnownError) as unknown:
            session.reports.make(attrs.evolve(SHORT, language="de"))
        assert code_of(unknown.value) is Code.REPORT_KIND_UNKNOWN
        assert _rows(session) == [(1, Standing.WAITS)]
    with office.as_person(OFFICER) as session:
        assert session.own_kinds.rows()[0].may_agree
        session.own_kinds.agree(kind)
        assert NAME in {one.name for one in session.reports.offered()}
    with office.as_person(REPORTS) as session:
        report = session.reports.make(attrs.evolve(SHORT, language="de")).id
    with office.as_person(OFFICER) as session:
        (path,) = session.approval.approve(ApproveReport(report, tmp_path / "out")).paths
    assert path.name == "2026-001-own-newsletter-de.pdf"
    assert own_kinds(retired=True) == (), "another case file of this process has none of it"


@pytest.mark.parametrize(
    ("by", "second", "code"),
    [
        (COORDINATOR, COORDINATOR, Code.SAME_PERSON_TWICE),
        (OFFICER, OFFICER, Code.SAME_PERSON_TWICE),
        (COORDINATOR, REPORTS, Code.NOT_ALLOWED),
        (REPORTS, COORDINATOR, Code.NOT_ALLOWED),
        (REPORTS, AUDITOR, Code.NOT_ALLOWED),
        (OFFICER, REPORTS, Code.NEEDS_DESK_KEY),
    ],
)
def test_one_of_two_people_is_an_officer_and_the_second_can_search(
    office: Office, by: str, second: str, code: Code
) -> None:
    with pytest.raises(KnownError) as refused:
        _agree(office, _text(), by, second)
    assert code_of(refused.value) is code


def test_a_protected_name_is_refused_by_whoever_can_search(office: Office) -> None:
    named = _text(about=f'about = "Ask {RELATIVE_NAME}."', languages='languages = ["en"]')
    with office.as_person(COORDINATOR) as session:
        assert _refused(session, named) is Code.REPORT_KIND_NAMES
    with pytest.raises(KnownError) as refused:
        _agree(office, named, REPORTS)
    assert code_of(refused.value) is Code.REPORT_KIND_NAMES


def test_the_next_version_waits_for_the_second_person_who_sees_what_it_changes(office: Office) -> None:
    _agree(office, _german())
    with office.as_person(COORDINATOR) as session:
        text = session.own_kinds.next_of(NAME)
        assert _refused(session, _german()) is Code.REPORT_KIND_VERSION
        kind = session.own_kinds.propose(text.replace("Kurzbrief", "Langbrief")).id
        assert _refused(session, text) is Code.REPORT_KIND_VERSION, "one waits already"
        draft = session.reports.make(attrs.evolve(SHORT, language="de")).id
    with office.as_person(OFFICER) as session:
        changed = [line for line in session.own_kinds.difference(kind) if not line.startswith("  ")]
        lines = ["- version = 1", "+ version = 2", '- title = "Kurzbrief"', '+ title = "Langbrief"']
        assert sorted(changed) == sorted(lines)
        session.own_kinds.agree(kind)
        assert _rows(session) == [(2, Standing.IN_USE), (1, Standing.BEFORE)]
        assert session.reports.kept(draft).kind.title == "Kurzbrief", "what was made keeps its kind"
        assert kind_of(NAME).title == "Langbrief"
        with pytest.raises(KnownError) as refused:
            session.approval.search_names(draft)
        assert code_of(refused.value) is Code.REPORT_CHANGED


def test_it_is_taken_out_of_use_by_one_and_the_ledger_still_knows_it(office: Office, tmp_path: Path) -> None:
    kind = _agree(office, _german())
    with office.as_person(COORDINATOR) as session:
        report = session.reports.make(attrs.evolve(SHORT, language="de")).id
        waits = session.reports.make(attrs.evolve(SHORT, language="de")).id
    with office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
    with office.as_person(REPORTS) as session:
        session.own_kinds.end(kind)
        assert NAME not in {one.name for one in session.reports.offered()}
        assert session.reports.kept(report).kind.title == "Kurzbrief"
        assert session.comparing.compare(report, waits).kind.name == NAME
        assert not session.series.beside(report).may_begin
        assert _rows(session) == [(1, Standing.ENDED)]
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as refused:
        session.approval.approve(ApproveReport(waits, tmp_path / "late"))
    assert code_of(refused.value) is Code.REPORT_KIND_UNKNOWN
    _agree(office, _german(2))
    with office.as_person(COORDINATOR) as session:
        assert NAME in {one.name for one in session.reports.offered()}, "the next version is in use"


def test_what_waits_is_taken_back_and_may_be_proposed_again(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kind = session.own_kinds.propose(_text()).id
        session.own_kinds.end(kind)
        with pytest.raises(KnownError) as twice:
            session.own_kinds.end(kind)
        assert code_of(twice.value) is Code.ALREADY_DONE
        session.own_kinds.propose(_text())
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as refused:
        session.own_kinds.agree(kind)
    assert code_of(refused.value) is Code.ALREADY_DONE


def test_a_yes_written_by_hand_counts_for_nothing(office: Office) -> None:
    """One person writes both halves beside the program, in another's name or in their own."""
    with office.as_person(COORDINATOR) as session:
        kind = session.own_kinds.propose(_text()).id
        officer = next(row.id for row in session.people.rows() if row.name.startswith("Vera"))
        for by in (officer, session.context.me):
            step = OwnKindStep(
                RecordId(new_id()), own_kind=kind, step=CONFIRMED, by=by, at=session.context.now()
            )
            add_by_hand(session, step)
        session.own_kinds.take_up()
        assert own_kinds() == ()


def test_a_version_that_was_changed_after_the_yes_is_not_used(office: Office) -> None:
    kind = _agree(office, _german())
    with office.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            record = reader.get(OwnKind, kind)
        from app.domain.acts import Act

        wider = attrs.evolve(record, text=record.text.replace("Kurzbrief", "Anderes"))
        save_by_hand(session, wider, Act.KIND_PROPOSED)
    with office.as_person(COORDINATOR) as session:
        assert own_kinds(retired=True) == ()
        assert session.own_kinds.rows()[0].standing is Standing.WAITS


def test_a_file_and_a_copy_begin_a_kind(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "kind.toml"
    path.write_bytes(b"\xef\xbb\xbf" + _text().replace("\n", "\r\n").encode())
    with office.as_person(REPORTS) as session:
        text = session.own_kinds.read_file(path)
        assert text == _text()
        assert isinstance(session.own_kinds.check(text), ReportKind)
        assert session.own_kinds.check(text.replace("[groups]", "[groups")) == WrongKind(
            text.splitlines().index("[groups]") + 1, "toml"
        )
        session.own_kinds.propose(text)
        assert 'name = "own_newsletter_2"' in session.own_kinds.copy_of("newsletter")
        for wrong in (tmp_path, tmp_path / "none.toml"):
            with pytest.raises(KnownError) as refused:
                session.own_kinds.read_file(wrong)
            assert code_of(refused.value) is Code.REPORT_KIND_FILE
        path.write_bytes(b"\xff\xfe" * 10)
        with pytest.raises(KnownError) as refused:
            session.own_kinds.read_file(path)
        assert code_of(refused.value) is Code.REPORT_KIND_FILE


def test_recipients_can_want_it(office: Office) -> None:
    from app.services.recipients import SaveRecipient
    from app.vocabulary import word

    _agree(office, _german())
    with office.as_person(REPORTS) as session:
        values = {"name": "Anna P.", "audience": "all_godparents", "wants": (NAME,)}
        session.recipients.save(SaveRecipient(values))
        assert word("report_kind", NAME) == "Kurzbrief"
