"""Protects the help: a page for every page of the window in every language; nothing leads out of it."""

from __future__ import annotations

import re
from typing import Final

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import resources
from app.i18n import LANGUAGES, set_language
from tests.test_words import _GERMAN, _KEPT_OFF
from ui.help_pages import ORDER, help_pages
from ui.views.help.reader import HelpReader, open_help
from ui.views.pages import PAGES

_LINK: Final = re.compile(r"\]\(([^)]*)\)")
_LANGUAGES: Final = sorted(LANGUAGES)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_page_of_the_window_has_one(language: str) -> None:
    keys = [page.key for page in help_pages(language)]
    assert {kind.key for kind in PAGES} <= set(keys)
    assert len(set(keys)) == len(keys)
    files = {path.stem for path in resources.path(f"help/{language}").glob("*.md")}
    assert files == set(keys), f"{ORDER} and the files say the same"


@pytest.mark.parametrize("language", _LANGUAGES)
def test_pages_are_short_and_lead_only_to_each_other(language: str) -> None:
    pages = help_pages(language)
    keys = {page.key for page in pages}
    for page in pages:
        assert page.title, page.key
        assert len(page.text.split()) <= 160, f"{page.key} is a book"
        for link in _LINK.findall(page.text):
            assert link.removeprefix("help:") in keys, link
        assert "![" not in page.text
        assert "<" not in page.text


@pytest.mark.parametrize("language", _LANGUAGES)
def test_pages_speak_the_users_words(language: str) -> None:
    for page in help_pages(language):
        whole = f"{page.title} {page.text}"
        assert not _KEPT_OFF.search(whole.replace("help:", ""))
        if language == "de":
            assert not [pattern for pattern in _GERMAN if re.search(pattern, whole)], page.key


def test_languages_hold_the_same_points() -> None:
    shapes = [[_shape(page.text) for page in help_pages(language)] for language in _LANGUAGES]
    assert all(shape == shapes[0] for shape in shapes)


def _shape(text: str) -> tuple[int, int]:
    return len(re.findall(r"^(-|\d\.) ", text, re.MULTILINE)), len(_LINK.findall(text))


@pytest.mark.parametrize("language", _LANGUAGES)
def test_the_reader_walks_every_page(application: QApplication, language: str) -> None:
    set_language(language)
    try:
        reader = HelpReader(None, "marks")
        for place in range(reader.list.count()):
            reader.list.setCurrentRow(place)
            assert reader.title.text() == help_pages(language)[place].title
            assert len(reader.reading.toPlainText()) > 100
        reader.close()
    finally:
        set_language("en")


def test_nothing_is_loaded_and_no_link_leads_out(application: QApplication) -> None:
    reader = HelpReader(None, "prisoners")
    image = QTextDocument.ResourceType.ImageResource.value
    assert reader.reading.loadResource(image, QUrl("file:///etc/hostname")) is None
    reader.reading.anchorClicked.emit(QUrl("https://example.org"))
    assert reader.shown == "prisoners"
    reader.reading.anchorClicked.emit(QUrl("help:lists"))
    assert reader.shown == "lists"
    reader.close()


def test_help_opens_over_a_sheet_and_is_not_opened_twice(application: QApplication) -> None:
    home, sheet = QWidget(), QDialog()
    home.resize(900, 600)
    home.show()
    first = open_help(home, "log")
    assert open_help(home, "marks") is first
    assert first.shown == "marks"
    sheet.setParent(home, Qt.WindowType.Dialog)
    sheet.setModal(True)
    sheet.show()
    over = open_help(home, "lists")
    assert over.parentWidget() is sheet, "a window below an open sheet could not be used"
    QTest.keyClick(over, Qt.Key.Key_Escape)
    sheet.close()
