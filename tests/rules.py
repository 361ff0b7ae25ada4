"""The rules of the house as functions over source text; `test_architecture.py` asks them about every module.

import-linter (pyproject.toml) knows the order of the rooms; here stand the rules it cannot say, and they need
no room to exist yet. Each rule gives sentences, an empty list if all is well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
LINE_LIMIT: Final = 300
TEST_LINE_LIMIT: Final = 520  # a test module lists the examples of one rule
_NETWORK: Final = frozenset(
    {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib", "xmlrpc", "xml.sax"}
    | {"socketserver", "asyncio", "requests", "httpx", "aiohttp", "urllib3", "PySide6.QtNetwork"}
)
_QT: Final = frozenset({"PySide6", "shiboken6", "qtpy", "qtawesome", "ui"})
_LAYERS: Final = (
    ("ui.main",),
    ("ui.views",),
    ("ui.widgets", "ui.tasks"),
    ("ui.models",),
    ("app.bootstrap",),
    ("app.services",),
    ("app.storage", "app.casefile", "app.reports", "app.approval", "app.intake", "app.exchange"),
    ("app.crypto", "app.names"),
    ("app.domain",),
)


class Module(NamedTuple):
    """One module of ours.

    Attributes:
        name: dotted, `app.domain.ids`; a package has the name of its folder.
        source: its text.
        is_package: whether it is an `__init__.py`.
    """

    name: str
    source: str
    is_package: bool = False


class Import(NamedTuple):
    """One import statement's target: a module, or a name inside one (`app.domain.ids.new_id`)."""

    target: str
    line: int


def modules(*rooms: str) -> Iterator[Module]:
    """Every module of the named folders of the checkout."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            package = parts[-1] == "__init__"
            yield Module(
                ".".join(parts[:-1] if package else parts), path.read_text(encoding="utf-8"), package
            )


def imports(module: Module) -> list[Import]:
    """What a module imports, at the top or inside a function; relative imports made absolute."""
    found: list[Import] = []
    home = module.name.split(".") if module.is_package else module.name.split(".")[:-1]
    for node in ast.walk(ast.parse(module.source)):
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = home[: len(home) - node.level + 1] if node.level else []
            origin = ".".join([*above, *(node.module.split(".") if node.module else [])])
            found += [Import(f"{origin}.{alias.name}", node.lineno) for alias in node.names]
    return found


def app_knows_no_window(module: Module) -> list[str]:
    """`app` runs under a plain script: no Qt, nothing of `ui`."""
    return _forbid(module, "app", _QT, "app must run without a window")


def only_bootstrap_imports_storage(module: Module) -> list[str]:
    """Everything else reaches the store through `app.domain.ports`."""
    if _inside(module.name, "app.bootstrap") or _inside(module.name, "app.storage"):
        return []
    return _forbid(module, "", {"app.storage"}, "only app.bootstrap may import storage")


def writers_see_only_the_composed_report(module: Module) -> list[str]:
    """A writer that could reach a record could write one."""
    if not _inside(module.name, "app.reports.writers"):
        return []
    allowed = (
        "app.reports.writers",
        "app.reports.composed",
        "app.domain.errors",
        "app.domain.progress",
        "app.i18n",
    )
    return [
        f"{module.name}:{found.line} {found.target}: a writer sees the composed report and nothing else"
        for found in imports(module)
        if found.target.split(".")[0] in ("app", "ui")
        and not any(_inside(found.target, name) for name in allowed)
    ]


def verifier_shares_nothing_with_writers(module: Module) -> list[str]:
    """What checks a file must not share the blind spots of what wrote it: no writer, no writing library."""
    writers = {"app.reports.writers", "typst", "docx", "xlsxwriter", "jinja2"}
    return _forbid(module, "app.reports.verify", writers, "the verifier shares no code with the writers")


def opens_no_connection(module: Module) -> list[str]:
    """Nothing of ours can speak to a network."""
    return _forbid(module, "", _NETWORK, "nothing of ours opens a connection")


def models_and_widgets_know_values(module: Module) -> list[str]:
    """Tables and small parts know values, not services."""
    reasons = "models and widgets know values, not services"
    return [
        line
        for room in ("ui.models", "ui.widgets")
        for line in _forbid(module, room, {"app.services", "app.bootstrap"}, reasons)
    ]


def keeps_the_order_of_rooms(module: Module) -> list[str]:
    """A room imports only from rooms below it; neighbours do not know each other."""
    own = _layer(module.name)
    if own is None:
        return []
    wrong = []
    for found in imports(module):
        other = _layer(found.target)
        if other is not None and other[1] != own[1] and other[0] <= own[0]:
            wrong.append(f"{module.name}:{found.line} {found.target}: {own[1]} must not import {other[1]}")
    return wrong


def checks_without_assert(module: Module) -> list[str]:
    """`assert` disappears with -O, and its message shows values."""
    nodes = ast.walk(ast.parse(module.source))
    return [
        f"{module.name}:{node.lineno} assert is no check" for node in nodes if isinstance(node, ast.Assert)
    ]


def names_what_it_catches(module: Module) -> list[str]:
    """A bare except hides our own mistakes."""
    nodes = ast.walk(ast.parse(module.source))
    return [
        f"{module.name}:{node.lineno} bare except"
        for node in nodes
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]


def prints_only_on_the_command_line(module: Module) -> list[str]:
    """Only the command line has somebody to print to."""
    if _inside(module.name, "app.cli"):
        return []
    return [
        f"{module.name}:{node.lineno} print"
        for node in ast.walk(ast.parse(module.source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def says_what_lives_here(module: Module) -> list[str]:
    """Every module says in its docstring what lives in it."""
    return (
        []
        if not module.source.strip() or ast.get_docstring(ast.parse(module.source))
        else [f"{module.name}: no docstring"]
    )


def is_one_thought(module: Module, allowed: Mapping[str, int]) -> list[str]:
    """A module has at most `LINE_LIMIT` lines (`TEST_LINE_LIMIT` in tests), or what it was allowed for now.

    An allowance only shrinks.

    Args:
        module: the module.
        allowed: lines a module may have for now, by name.
    """
    lines = len(module.source.splitlines())
    usual = TEST_LINE_LIMIT if _inside(module.name, "tests") else LINE_LIMIT
    limit = allowed.get(module.name, usual)
    if lines > limit:
        return [f"{module.name}: {lines} lines, {limit} allowed: find the second thought in it"]
    if module.name in allowed and (lines < limit or lines <= usual):
        return [f"{module.name}: {lines} lines now: lower or remove its allowance of {limit}"]
    return []


def _forbid(module: Module, room: str, targets: frozenset[str] | set[str], reason: str) -> list[str]:
    if room and not _inside(module.name, room):
        return []
    return [
        f"{module.name}:{found.line} {found.target}: {reason}"
        for found in imports(module)
        if any(_inside(found.target, target) for target in targets)
    ]


def _inside(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def _layer(name: str) -> tuple[int, str] | None:
    for height, rooms in enumerate(_LAYERS):
        for room in rooms:
            if _inside(name, room):
                return height, room
    return None
