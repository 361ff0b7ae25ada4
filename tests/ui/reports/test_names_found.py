"""Protects: an approver judges one name at one place once, and nothing is judged that was not pressed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.services.name_search import Namesake, NamesSearched
from ui.views.reports.names import NamesFound
from ui.widgets.buttons import FilterChip

pytestmark = pytest.mark.window


def _hit(person: str, file_format: str, where: str, name: str = "musterova") -> Namesake:
    return Namesake(f"{person}/{file_format}/{where}", name, file_format, where)


def test_one_name_at_one_place_is_one_question(application: QApplication) -> None:
    found = NamesFound()
    hits = [
        _hit(who, kind, where) for who in "abc" for kind, where in (("pdf", "page 1"), ("docx", "line 4"))
    ]
    found.show_found(NamesSearched((), tuple(hits), 9))
    chips = found.findChildren(FilterChip)
    assert len(chips) == 2, "three who are called so, two places"
    chips[0].setChecked(True)
    assert not found.is_clean
    assert found.judged_keys == {hit.key for hit in hits if hit.file_format == "pdf"}
    chips[1].setChecked(True)
    assert found.is_clean
    assert found.judged_keys == {hit.key for hit in hits}


def test_another_name_at_the_same_place_is_another_question(application: QApplication) -> None:
    found = NamesFound()
    hits = (_hit("a", "pdf", "page 1"), _hit("a", "pdf", "page 2"), _hit("b", "pdf", "page 1", "beispielova"))
    found.show_found(NamesSearched((), hits, 9))
    assert len(found.findChildren(FilterChip)) == 3
