"""Records that are written once and folded: in the order in which the log wrote them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from app.domain.field_values import from_plain
from app.domain.ports import Record
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
