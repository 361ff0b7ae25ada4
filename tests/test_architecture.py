"""The rooms keep their order and the house its rules (architecture.md); a planted violation is seen."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

import pytest

from tests import rules
from tests.rules import Module

# Lines a module may have although it is longer than it should be. This list only shrinks: a module that got
# shorter fails until its number is lowered, one that fits until it is taken out. Format: name -> lines today.
ALLOWED_LINES: Final[dict[str, int]] = {}

_OURS: Final = list(rules.modules("app", "ui", "resources"))
_ALL: Final = [*_OURS, *rules.modules("tests", "devtools", "build")]

_RULES: Final[tuple[Callable[[Module], list[str]], ...]] = (
    rules.app_knows_no_window,
    rules.only_bootstrap_imports_storage,
    rules.writers_see_only_the_composed_report,
    rules.verifier_shares_nothing_with_writers,
    rules.opens_no_connection,
    rules.models_and_widgets_know_values,
    rules.keeps_the_order_of_rooms,
    rules.checks_without_assert,
    rules.names_what_it_catches,
    rules.prints_only_on_the_command_line,
    rules.says_what_lives_here,
)


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: str(rule.__name__))
def test_every_module_keeps(rule: Callable[[Module], list[str]]) -> None:
    assert [line for module in _OURS for line in rule(module)] == []


def test_one_module_writes_on_the_clipboard() -> None:
    """Everything else asks it, and so says whether a history of the clipboard may keep it."""
    writes = {
        module.name
        for module in _OURS
        if module.name != "ui.clipboard" and "clipboard().set" in "".join(module.source.split())
    }
    assert not writes


def test_every_module_is_one_thought() -> None:
    assert [line for module in _ALL for line in rules.is_one_thought(module, ALLOWED_LINES)] == []


def test_no_allowance_is_left_for_a_module_that_is_gone() -> None:
    assert set(ALLOWED_LINES) <= {module.name for module in _ALL}


def test_no_two_modules_need_each_other_to_begin() -> None:
    """A ring of imports works in one order only, and breaks for whoever comes from elsewhere."""
    needs = {module.name: _needed(module) for module in _OURS}
    begun: set[str] = set()
    while ready := {name for name, wanted in needs.items() if name not in begun and wanted <= begun}:
        begun |= ready
    assert sorted(set(needs) - begun) == []


def _needed(module: Module) -> set[str]:
    """The modules of ours a module imports while it is loaded itself."""
    ours, found = {one.name for one in _OURS}, set[str]()
    for node in ast.parse(module.source).body:
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            inner = {f"{node.module}.{one.name}" for one in node.names} & ours
            found |= inner or ({node.module} & ours)
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names} & ours
    return found - {module.name}


_DOC = '"""Doc."""\n'
_VIOLATIONS = [
    (rules.app_knows_no_window, "app.services.prisoners", "from PySide6.QtCore import QObject"),
    (rules.app_knows_no_window, "app.cli", "def main():\n    import ui.main"),
    (rules.app_knows_no_window, "app.domain.ids", "import qtawesome as q"),
    (rules.only_bootstrap_imports_storage, "app.services.log", "from app.storage import queries"),
    (rules.only_bootstrap_imports_storage, "app.casefile.grants", "from app import storage"),
    (rules.only_bootstrap_imports_storage, "app.services.log", "from ..storage.queries import rows"),
    (rules.only_bootstrap_imports_storage, "ui.views.log", "import app.storage.connection"),
    (
        rules.writers_see_only_the_composed_report,
        "app.reports.writers.pdf",
        "from app.domain.prisoner import Prisoner",
    ),
    (
        rules.writers_see_only_the_composed_report,
        "app.reports.writers.csv",
        "from app.reports import compose",
    ),
    (rules.writers_see_only_the_composed_report, "app.reports.writers.csv", "from .. import compose"),
    (
        rules.verifier_shares_nothing_with_writers,
        "app.reports.verify.pdf",
        "from app.reports.writers import pdf",
    ),
    (rules.verifier_shares_nothing_with_writers, "app.reports.verify.docx", "import docx"),
    (rules.opens_no_connection, "app.limited_child", "import socket"),
    (rules.opens_no_connection, "app.limited_child", "from urllib import request"),
    (rules.opens_no_connection, "app.exchange.carrier", "import http.client"),
    (rules.opens_no_connection, "ui.main", "from PySide6 import QtNetwork"),
    (rules.opens_no_connection, "ui.main", "def later():\n    import ssl"),
    (
        rules.models_and_widgets_know_values,
        "ui.models.columns",
        "from app.services.prisoners import Prisoners",
    ),
    (rules.models_and_widgets_know_values, "ui.widgets.badge", "from app import bootstrap"),
    (rules.keeps_the_order_of_rooms, "app.domain.ids", "from app.crypto import hashing"),
    (rules.keeps_the_order_of_rooms, "app.casefile.header", "from app.storage import connection"),
    (rules.keeps_the_order_of_rooms, "app.names.fold", "import app.crypto.hashing"),
    (rules.keeps_the_order_of_rooms, "ui.widgets.badge", "from ui.views.log import page"),
    (rules.checks_without_assert, "app.domain.dates", "assert 1"),
    (rules.names_what_it_catches, "ui.tasks", "try:\n    pass\nexcept:\n    pass"),
    (rules.prints_only_on_the_command_line, "app.services.log", "print('rows')"),
]


@pytest.mark.parametrize(("rule", "name", "source"), _VIOLATIONS)
def test_a_planted_violation_is_seen(rule: Callable[[Module], list[str]], name: str, source: str) -> None:
    assert rule(Module(name, _DOC + source))


@pytest.mark.parametrize(
    ("rule", "name", "source"),
    [
        (rules.only_bootstrap_imports_storage, "app.bootstrap", "from app.storage import connection"),
        (
            rules.writers_see_only_the_composed_report,
            "app.reports.writers.pdf",
            "from app.reports.composed import Cell",
        ),
        (rules.opens_no_connection, "app.intake.links", "from urllib.parse import urlsplit"),
        (
            rules.keeps_the_order_of_rooms,
            "app.services.log",
            "from app.domain import rows\nimport app.crypto.keys",
        ),
        (rules.keeps_the_order_of_rooms, "ui.views.log.page", "from ui.views.log import columns"),
        (rules.prints_only_on_the_command_line, "app.cli.main", "print('done')"),
    ],
)
def test_what_is_allowed_is_not_suspected(
    rule: Callable[[Module], list[str]], name: str, source: str
) -> None:
    assert rule(Module(name, _DOC + source)) == []


def test_a_module_without_a_docstring_is_seen() -> None:
    assert rules.says_what_lives_here(Module("app.x", "VALUE = 1\n"))


def test_a_module_that_grew_is_seen() -> None:
    grown = Module("app.x", "pass\n" * (rules.LINE_LIMIT + 1))
    assert rules.is_one_thought(grown, {})
    assert rules.is_one_thought(grown, {"app.x": rules.LINE_LIMIT + 1}) == []


def test_an_allowance_must_shrink_with_its_module() -> None:
    assert rules.is_one_thought(Module("app.x", "pass\n" * 310), {"app.x": 400})
    assert rules.is_one_thought(Module("app.x", "pass\n" * 10), {"app.x": 400})
