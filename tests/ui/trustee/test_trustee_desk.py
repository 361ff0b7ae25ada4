"""Protects: from the first window to an answered slip without any case file, and locked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from app.crypto.passphrase import KdfParameters
from app.domain.rows import WaitingRow
from app.services.consent import AnswerDraft, RecordConversation
from app.services.elsewhere import make_key
from tests.services.office import OFFICER, add_mother, add_prisoner, an_office
from tests.services.slipping import TALK
from tests.services.trusting import TRUSTEE, Abroad, add_trustee, ask, bring_in, office_with_trustee
from tests.ui.conftest import Until
from tests.ui.pages import open_one_page
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.trustee_desk import TrusteeDesk
from ui.views.consent.waiting import WaitingSheet, read_waiting
from ui.views.people.compare import CompareSheet
from ui.views.people.page import PeoplePage
from ui.views.people.trustee_sheet import AddTrusteeSheet
from ui.views.start.asked import Verdict
from ui.views.start.start_window import StartWindow
from ui.views.start.trustee_asked import CloseKey
from ui.views.trustee.question import QuestionSheet


class Elsewhere:
    """A first window with a trustee at it."""

    def __init__(self) -> None:
        self.became: list[Path] = []
        self.tasks = Tasks(ChangeBus())
        self.start = StartWindow(_judge, lambda: TRUSTEE)
        cheap = KdfParameters.for_tests()
        self.desk = TrusteeDesk(self.start, self.tasks, lambda: None, self.became.append, cheap)
        self.start.show()

    def close(self) -> None:
        self.desk.close()
        self.tasks.stop()
        self.start.close()


def _judge(passphrase: str, known: tuple[str, ...], tell: Callable[[Verdict], None]) -> None:
    tell(Verdict(1.0, enough=True, words="strong"))


@pytest.fixture
def elsewhere(application: QApplication) -> Iterator[Elsewhere]:
    window = Elsewhere()
    yield window
    window.close()


def _open(elsewhere: Elsewhere, key: Path, until: Until) -> None:
    elsewhere.start.show_trustee(key)
    page = elsewhere.start.trustee
    page.open.passphrase.setText(TRUSTEE)
    page.open.unlock.click()
    until(lambda: elsewhere.desk.elsewhere is not None)


def test_a_key_is_made_and_its_words_stand_on_screen(
    elsewhere: Elsewhere, tmp_path: Path, until: Until
) -> None:
    page = elsewhere.start.trustee
    elsewhere.start.first.trustee.click()
    page.ways.make.click()
    page.make.name.setText("Greta L.")
    for field in page.make.secret.findChildren(QLineEdit):
        field.setText(TRUSTEE)
    page.make.save_at(tmp_path / "key")
    until(lambda: elsewhere.desk.elsewhere is not None)
    opened = elsewhere.desk.elsewhere
    assert opened is not None
    assert page.home.isVisible()
    assert page.home.words.words == opened.card.words
    assert "velvet" not in " ".join(field.text() for field in page.findChildren(QLineEdit))
    elsewhere.start.trustee_asked.emit(CloseKey())
    assert elsewhere.became == [tmp_path / "key"]
    assert elsewhere.desk.elsewhere is None


def test_a_wrong_passphrase_says_so_and_asks_again(
    elsewhere: Elsewhere, tmp_path: Path, until: Until
) -> None:
    make_key(tmp_path / "key", "Greta L.", TRUSTEE, kdf=KdfParameters.for_tests())
    elsewhere.start.show_trustee(tmp_path / "key")
    page = elsewhere.start.trustee
    page.open.passphrase.setText("something else")
    page.open.unlock.click()
    until(page.answer.isVisible)
    assert "does not open this key" in page.answer.accessibleName()
    assert page.open.passphrase.isEnabled()
    assert not page.home.isVisible()


def test_a_slip_is_dropped_compared_read_and_answered(
    elsewhere: Elsewhere, tmp_path: Path, until: Until
) -> None:
    office = an_office(tmp_path / "casefile", alone=True)
    abroad = office_with_trustee(office, tmp_path)
    with office.as_person(OFFICER) as session:
        mother = add_mother(session, add_prisoner(session))
        session.consent.record(RecordConversation(mother, TALK, (AnswerDraft("name", "given"),)))
        mine = session.slips.my_words()
    slip = ask(office, "answer", tmp_path / "ask")
    assert not elsewhere.start.trustee.takes(slip), "no key is open"
    assert elsewhere.start.trustee.takes(abroad.key)
    _open(elsewhere, abroad.key, until)
    opened = elsewhere.desk.elsewhere
    assert opened is not None
    opened._clock = office.clock  # type: ignore[misc]
    assert elsewhere.start.trustee.takes(slip)
    until(lambda: bool(elsewhere.start.findChildren(QuestionSheet)))
    (sheet,) = elsewhere.start.findChildren(QuestionSheet)
    shown = " ".join(label.text() for label in sheet.findChildren(QLabel))
    assert "Signal" in shown
    assert not sheet.agree.isEnabled()
    assert not sheet.refuse.isEnabled()
    assert opened.look(slip).words == mine
    sheet.box.setChecked(True)
    assert sheet.agree.isEnabled()
    sheet.save_at(tmp_path / "yes", granted=True)
    until(elsewhere.start.trustee.home.done.isVisible)
    assert "Vera O." in elsewhere.start.trustee.home.known.accessibleName()
    assert bring_in(office, tmp_path / "yes").granted
    assert opened.look(slip).known


def test_an_officer_adds_a_trustee_only_after_comparing(tmp_path: Path, until: Until) -> None:
    office = an_office(tmp_path / "casefile", alone=True)
    abroad = Abroad(tmp_path / "abroad", office.clock)
    opened = open_one_page(office.folder, OFFICER, PeoplePage, until)
    try:
        page = opened.page
        page.opened()
        until(lambda: page.model.total == 1)
        page.add_trustee(abroad.card())
        until(lambda: bool(page.findChildren(AddTrusteeSheet)))
        (sheet,) = page.findChildren(AddTrusteeSheet)
        assert sheet.name.text() == "Greta L."
        sheet.accept()
        assert sheet.isVisible(), "nobody compared anything"
        sheet.how.how.set_value("voice")
        sheet.accept()
        until(lambda: bool(page.trustees.remove_of))
        assert opened.said == ["They can be a second person now."]
        assert page.model.total == 1
    finally:
        opened.close()


def test_a_second_person_compares_before_agreeing(tmp_path: Path, until: Until) -> None:
    from app.domain.errors import KnownError
    from tests.services.office import COORDINATOR, an_office

    office = an_office(tmp_path / "casefile")
    abroad = Abroad(tmp_path / "abroad", office.clock)
    with office.as_person(OFFICER) as session, pytest.raises(KnownError):
        add_trustee(session, abroad)
    opened = open_one_page(office.folder, COORDINATOR, PeoplePage, until)
    try:
        workplace = opened.page._workplace
        rows: list[WaitingRow] = []
        workplace.tasks.query(lambda: read_waiting(workplace.session), initiator=None, done=rows.extend)
        until(lambda: bool(rows))
        sheet = WaitingSheet(opened.page, workplace, rows)
        sheet.show()
        ((agree, _refuse),) = sheet.buttons_of.values()
        agree.click()
        (compare,) = sheet.findChildren(CompareSheet)
        compare.accept()
        assert compare.isVisible()
        compare.how.how.set_value("voice")
        compare.accept()
        until(lambda: "Agreed." in opened.said)
    finally:
        opened.close()
    with office.as_person(OFFICER) as session:
        assert [row.name for row in session.trustees.rows()] == ["Greta L."]
