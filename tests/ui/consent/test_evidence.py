"""Protects: a file is kept by choosing or dropping it, never by words alone, and is looked at inside."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

from app.services.evidence import from_file
from tests.ui import hands
from tests.ui.consent.conftest import CaseFile, OpenDesk, says
from ui.views.consent.draft import TalkDraft
from ui.views.consent.evidence import EvidenceSheet
from ui.views.consent.show import ShowSheet


def _picture(folder: Path) -> Path:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    file = folder / "letter.png"
    image.save(str(file))
    return file


def test_a_dropped_picture_is_kept_and_opened_again(desk: OpenDesk, made: CaseFile, tmp_path: Path) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    part = page.talk.before.evidence
    assert "kept" not in dict(part.drop._choices)
    hands.drop(page.talk.before, _picture(tmp_path))
    page.settle()
    kept = page.talk.draft.kept
    assert kept is not None
    assert says(page, f"SHA-256 {kept.sha256[:8]}…")
    page.press("y")
    page.settle()
    page.talk.save_by_keys()
    page.settle()
    page.page.show_record(made.mother)
    page.settle()
    view = page.page.list.detail.view
    assert view is not None
    talk = view.conversations[0]
    assert (talk.evidence, talk.evidence_sha256) == ("kept", kept.sha256)
    page.page.list.detail.evidence_asked.emit(talk.id)
    page.settle()
    sheet = page.window.findChild(EvidenceSheet)
    assert sheet is not None
    assert not sheet.picture.is_empty()
    assert says(page, kept.sha256)


@pytest.mark.parametrize("content", [b"PK\x03\x04 macros", b""])
def test_what_cannot_be_kept_is_said_in_a_sentence(
    content: bytes, desk: OpenDesk, made: CaseFile, tmp_path: Path
) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    file = tmp_path / "list.docx"
    file.write_bytes(content)
    page.talk.before.evidence.take(file)
    page.settle()
    assert says(page, "Only pictures, PDF and plain sound files can be kept")
    assert page.talk.draft.kept is None
    assert page.failed == []


def test_a_talk_left_keeps_its_file(tmp_path: Path) -> None:
    draft = TalkDraft("a" * 32, kept=from_file(_picture(tmp_path)))
    assert draft.touched()
    assert TalkDraft.from_plain(draft.to_plain()).kept == draft.kept


def test_after_a_no_what_was_kept_takes_written_words(desk: OpenDesk, made: CaseFile, tmp_path: Path) -> None:
    page = desk()
    page.page.start_conversation(made.sister)
    page.settle()
    hands.drop(page.talk.before, _picture(tmp_path))
    page.settle()
    page.talk.save_by_keys()
    page.settle()
    page.page.show_record(made.sister)
    page.settle()
    view = page.page.list.detail.view
    assert view is not None
    page.page.list.detail.evidence_asked.emit(view.conversations[0].id)
    page.settle()
    asks = page.window.findChild(ShowSheet)
    assert asks is not None
    assert asks.action is not None
    assert says(page, "Do not contact.")
    asks.choices["correction"].click()
    assert not asks.action.isEnabled(), "words first"
    page.press("why")
    assert asks.action.isEnabled()
    asks.action.click()
    page.settle()
    assert page.window.findChild(EvidenceSheet) is not None
    assert page.failed == []


def test_a_picture_pasted_is_kept_and_text_is_not(desk: OpenDesk, made: CaseFile, tmp_path: Path) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    board = QGuiApplication.clipboard()
    board.setText("a word")
    page.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    page.settle()
    assert page.talk.draft.kept is None
    board.setImage(QImage(str(_picture(tmp_path))))
    page.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    page.settle()
    board.clear()
    kept = page.talk.draft.kept
    assert kept is not None
    assert kept.is_picture
