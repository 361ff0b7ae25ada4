"""Records that are written once and folded: in the order in which the log wrote them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from app.domain.field_values import from_plain
from app.domain.port_values import Written
from app.domain.ports import Record
from app.domain.source import Trust
from app.domain.two_people import Half
from app.storage.core import Core
from app.storage.layout import layout_of
from app.storage.records import number, read_body, text

_T = TypeVar("_T", bound=Record)
_NOT_YET: Final = 1 << 62  # what this very transaction wrote comes last


def in_order(core: Core, records: Iterable[_T]) -> list[_T]:
    """See `ports.Reader.in_order`."""

    def place(record: _T) -> tuple[int, str]:
        places = core.log.places(record.id)
        return (places[0].sequence if places else _NOT_YET), record.id

    return sorted(records, key=place)


def steps(core: Core, cls: type[_T]) -> list[_T]:
    """All records of a noun, in the order of the log."""
    layout = layout_of(cls)
    table = f'main."{layout.noun}"' if layout.has_table else f'temp."{layout.temp}"'
    found = core.connection.rows(f"SELECT id, version, body FROM {table}")  # noqa: S608 - our own nouns
    return in_order(
        core,
        (from_plain(cls, read_body(text(row[2])), id=text(row[0]), version=number(row[1])) for row in found),
    )


def not_theirs(core: Core, halves: Iterable[Half]) -> frozenset[str]:
    """See `ports.Reader.not_theirs`."""
    # What this very transaction writes has no entry yet; of anything else that has none, nobody signed it.
    entered = [one for one in halves if one.id not in core.pending]
    elsewhere = [one for one in entered if _slip_of(one)]
    here = (one for one in entered if not _slip_of(one))
    wrong = {one.id for one in here if core.log.written(one.id) != [Written(1, _named_in(one) or "")]}
    return frozenset(wrong | set(core.judge(elsewhere)) if elsewhere else wrong)


def _named_in(half: Half) -> str | None:
    return half.proposed_by if isinstance(half, Trust) else half.by


def _slip_of(half: Half) -> str:
    """What a half that came through a slip keeps of it; only second halves do."""
    return str(getattr(half, "slip", ""))
