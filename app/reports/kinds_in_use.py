"""The kinds of the case file that is open, beside those that ship with Poruch: one process has one case file.

Set when a session begins and after each change of a kind; only versions two people agreed to are put here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from app.reports.kinds import ReportKind

_VERSIONS: Final[dict[str, dict[int, ReportKind]]] = {}
_RETIRED: Final[set[str]] = set()


def use_own_kinds(kinds: Iterable[ReportKind], retired: Collection[str] = ()) -> None:
    """Take the kinds of the case file that was opened, or none at its close.

    Args:
        kinds: every agreed version of each.
        retired: names no report is made of any more.
    """
    _VERSIONS.clear()
    for kind in kinds:
        _VERSIONS.setdefault(kind.name, {})[kind.version] = kind
    _RETIRED.clear()
    _RETIRED.update(retired)


def own_kinds(*, retired: bool = False) -> tuple[ReportKind, ...]:
    """The newest version of each; of those out of use only with `retired`."""
    names = sorted(name for name in _VERSIONS if retired or name not in _RETIRED)
    return tuple(_newest(name) for name in names)


def own_kind(name: str, version: int | None = None, *, retired: bool = False) -> ReportKind | None:
    """One of them: the newest version, or the one that is asked for."""
    if name not in _VERSIONS or (name in _RETIRED and not retired):
        return None
    return _newest(name) if version is None else _VERSIONS[name].get(version)


def _newest(name: str) -> ReportKind:
    versions = _VERSIONS[name]
    return versions[max(versions)]
