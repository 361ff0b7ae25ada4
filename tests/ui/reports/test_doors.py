"""Protects: what one does with reports is found from whichever page is in front, and leads there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from tests.services.office import AUDITOR, REPORTS
from tests.ui.reports.windows import Windows
from ui.views.main_window import MainWindow, PageSpec
from ui.views.reports.check_sheet import CheckFileSheet
from ui.views.reports.doors import CHECK, KINDS, NEW, RECIPIENTS, open_report_doors
from ui.views.reports.kinds_sheet import KindsSheet

pytestmark = pytest.mark.window


def _window(windows: Windows, passphrase: str) -> MainWindow:
    specs = [PageSpec(key, key.title(), "mdi6.cog-outline", QWidget) for key in ("other", "reports")]
    window = MainWindow(specs, case_file="Case file", role="Role")
    open_report_doors(windows.as_person(passphrase).page._workplace, window)
    window.go("other")
    return window


def test_found_from_another_page_and_led_to_reports(windows: Windows) -> None:
    window = _window(windows, REPORTS)
    for words, record in (("check a", CHECK), ("new rep", NEW), ("kinds", KINDS), ("mailing", RECIPIENTS)):
        (found,) = window.found_pages(words)
        window._on_found(found.key)
        assert windows.open_one is not None
        assert windows.open_one.went[-1] == ("reports", record)
    window.deleteLater()


def test_whoever_makes_no_reports_is_not_offered_one(windows: Windows) -> None:
    window = _window(windows, AUDITOR)
    assert window.found_pages("new rep") == []
    assert window.found_pages("check a") == []
    window.deleteLater()


def test_each_door_opens(windows: Windows) -> None:
    page = windows.as_person(REPORTS).page
    page.show_record(NEW)
    assert page._stack.currentWidget() is page.making
    page.show_record(RECIPIENTS)
    assert page._stack.currentWidget() is page.recipients
    page.show_record(CHECK)
    assert page.findChildren(CheckFileSheet)
    page.show_record(KINDS)
    assert isinstance(page.kinds, KindsSheet)
    for sheet in (*page.findChildren(CheckFileSheet), page.kinds):
        sheet.reject()
