"""Protects: the age of the newest backup is in sight, and one is made from Settings and at closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.services.backup_places import BESIDE, SECOND
from app.services.backup_sight import BackupState
from app.services.session import Session
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, Office, an_office
from tests.ui.conftest import Until
from tests.ui.settings.desk import Desk, settings_of
from ui import actions
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.views.backups.card import BackupCard
from ui.views.backups.closing_sheet import ClosingSheet
from ui.views.backups.words import foot_words
from ui.views.settings.page import SettingsPage
from ui.views.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.labels import RunText

NOW = datetime(2026, 11, 28, 14, 20, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return an_office(tmp_path / "casefile")


@pytest.fixture
def desk(office: Office, application: QApplication, until: Until) -> Iterator[Callable[[str], Desk]]:
    with ExitStack() as desks:
        yield lambda passphrase: desks.enter_context(settings_of(office.folder, passphrase, until))


def card_of(desk: Desk) -> BackupCard:
    assert desk.page.backup is not None
    return desk.page.backup


def told(card: BackupCard) -> str:
    return "\n".join(one.accessibleName() for one in card.findChildren(RunText) if not one.isHidden())


def test_one_press_makes_a_checked_backup_and_it_is_listed(desk: Callable[[str], Desk], until: Until) -> None:
    one = desk(COORDINATOR)
    card = card_of(one)
    assert "There is no backup yet." in told(card)
    card.now.click()
    assert not card.now.isEnabled()
    until(lambda: card.now.isEnabled() and "Newest backup: today" in told(card))
    assert one.said == ["Backed up on this computer and checked."]
    place = card.parts[BESIDE].place
    assert place is not None
    assert len(place.generations) == 1
    card.parts[BESIDE].check.click()
    until(lambda: "checked now" in told(card))
    assert one.said[-1] == "Every backup here is good."


def test_a_second_place_is_taken_and_a_damaged_backup_is_seen(
    desk: Callable[[str], Desk], until: Until, tmp_path: Path
) -> None:
    stick = tmp_path / "away" / "stick"
    stick.mkdir(parents=True)
    one = desk(OFFICER)
    card = card_of(one)
    assert "There is no second place yet." in told(card)
    card.take_second(stick)
    until(lambda: "no second place" not in told(card))
    card.now.click()
    until(lambda: "Backed up in both places and checked." in one.said)
    (file,) = stick.glob("*.poruch-backup")
    spoiled = bytearray(file.read_bytes())
    spoiled[len(spoiled) // 2] ^= 4
    file.write_bytes(bytes(spoiled))
    until(lambda: not one.tasks.busy)
    card.parts[SECOND].check.click()
    until(lambda: "Damaged" in told(card))
    card.load()  # a list made without reading all of it does not call it good again
    until(lambda: not one.tasks.busy)
    assert "Damaged" in told(card)
    assert one.said[-1] == "Not every backup is good."


def test_an_unfit_place_is_said_on_the_card(
    desk: Callable[[str], Desk], until: Until, office: Office
) -> None:
    one = desk(OFFICER)
    card = card_of(one)
    card.take_second(office.folder)
    until(card._wrong.isVisible)
    assert "own folder" in card._wrong.text()


def test_an_auditor_has_no_backups(desk: Callable[[str], Desk]) -> None:
    assert desk(AUDITOR).page.backup is None


def state(last: datetime | None, **other: object) -> BackupState:
    known: dict[str, object] = {
        "elsewhere": True,
        "second": True,
        "old": last is None or NOW - last > timedelta(days=7),
        "failed": "",
        "behind": False,
        "now": NOW,
        **other,
    }
    return BackupState(last, **known)  # type: ignore[arg-type]


def test_the_foot_says_age_and_what_is_wrong() -> None:
    day = NOW.date()
    assert foot_words(state(None), day) == ("No backup yet", True)
    assert foot_words(state(NOW - timedelta(days=9)), day) == ("Backup 9 days ago!", True)
    assert foot_words(state(NOW - timedelta(days=2)), day) == ("Backup 2 days ago", False)
    for nothing_elsewhere in ({"second": False}, {"elsewhere": False}):
        words = foot_words(state(NOW - timedelta(days=2), **nothing_elsewhere), day)
        assert words == ("Backup 2 days ago · on this computer only", False)
    failed = state(NOW - timedelta(days=2), failed="backup_absent")
    assert foot_words(failed, day) == ("Backup 2 days ago · second place not there", True)
    # A clock set back never makes an age less than nothing.
    assert "-" not in foot_words(state(NOW + timedelta(days=3)), day)[0]


class Window:
    """A shell over a real case file."""

    def __init__(self, office: Office, until: Until) -> None:
        self.bus = ChangeBus()
        self.tasks = Tasks(self.bus)
        self.until = until
        found: list[Session] = []
        self.tasks.query(
            lambda: bootstrap.open_case_file(office.folder).unlock(OFFICER), initiator=None, done=found.append
        )
        until(lambda: bool(found))
        self.session = found[0]
        self.shell = Shell(
            self.session,
            self.tasks,
            self.bus,
            lock=lambda: None,
            leave=lambda: None,
            other=lambda _folder: None,
        )
        self.shell.show()
        self.settle()

    def settle(self) -> None:
        self.until(lambda: not self.tasks.busy)

    def end(self) -> None:
        self.shell.put_away(locking=False)
        self.tasks.stop(self.shell.close_session)

    def save_something(self) -> None:
        self.tasks.command(lambda nothing: _created(self.session), None, initiator=None)
        self.settle()


def _created(session: Session) -> object:
    from app.services.prisoners import CreatePrisoner

    return session.prisoners.create(CreatePrisoner({"family_name": "Example", "country": "BY"}))


@pytest.fixture
def window(office: Office, application: QApplication, until: Until) -> Iterator[Window]:
    one = Window(office, until)
    yield one
    one.end()


def test_the_key_makes_one_and_the_foot_says_so(window: Window, until: Until) -> None:
    foot = window.shell.window.foot.backup
    until(lambda: foot.text() == "No backup yet")
    (action,) = (one for one in window.shell.window.actions() if one.objectName() == actions.BACKUP.key)
    action.trigger()
    until(lambda: foot.text().startswith("Backup today"))
    foot.click()
    assert window.shell.window.current_key == "settings"


def test_closing_makes_one_where_something_is_new(window: Window, until: Until, tmp_path: Path) -> None:
    main = window.shell.window
    window.save_something()
    main.close()
    assert main.isVisible()
    until(lambda: not main.isVisible())
    assert len(list((tmp_path / "poruch-backups").glob("*.poruch-backup"))) == 1


def test_closing_without_one_and_staying(window: Window, until: Until) -> None:
    main = window.shell.window
    window.save_something()
    main.close()
    (sheet,) = main.findChildren(ClosingSheet)
    sheet.reject()
    window.settle()
    assert main.isVisible()
    main.close()
    sheet = next(one for one in main.findChildren(ClosingSheet) if one.isVisible())
    assert sheet.action is not None
    sheet.action.click()
    until(lambda: not main.isVisible())


def test_closing_with_nothing_new_closes_at_once(window: Window) -> None:
    window.shell.window.close()
    assert not window.shell.window.isVisible()


def test_a_day_later_one_is_made_without_being_asked(window: Window, until: Until) -> None:
    window.shell._backups._on_quiet()
    until(lambda: window.shell.window.foot.backup.text().startswith("Backup today"))


def test_the_overview_says_it_is_missing_and_leads_there(window: Window, until: Until) -> None:
    main = window.shell.window
    main.go("overview")
    page = main.page("overview")
    assert page is not None
    until(lambda: any(one.text() == "Look at the backups…" for one in page.findChildren(Button)))
    (look,) = (one for one in page.findChildren(Button) if one.text() == "Look at the backups…")
    look.click()
    settings = main.page("settings")
    assert isinstance(settings, SettingsPage)
    window.settle()
    assert settings.backup is not None
    settings.backup.back_up()
    until(lambda: main.foot.backup.text().startswith("Backup today"))
    main.go("overview")
    until(lambda: not any(one.text() == "Look at the backups…" for one in page.findChildren(Button)))


def test_closing_while_one_is_being_made_makes_another_and_closes(
    window: Window, until: Until, tmp_path: Path
) -> None:
    main = window.shell.window
    window.save_something()
    window.shell._backups.make_now()
    main.close()
    until(lambda: not main.isVisible())
    assert list((tmp_path / "poruch-backups").glob("*.poruch-backup"))
    assert not list((tmp_path / "poruch-backups").glob("*.new"))


def test_locking_wins_over_a_backup(window: Window, until: Until, tmp_path: Path) -> None:
    window.save_something()
    window.shell._backups.make_now()
    window.shell.put_away(locking=True)
    assert window.tasks.stop(window.shell.close_session, 5_000)
    left = list((tmp_path / "poruch-backups").glob("*")) if (tmp_path / "poruch-backups").exists() else []
    assert not [path.name for path in left if path.name.endswith(".new")]
