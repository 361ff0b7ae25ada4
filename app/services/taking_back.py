"""Taking a list back: what nobody touched since goes away again, everything else is listed and stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.changes import Changes
from app.domain.changing import with_fields
from app.domain.earlier_answer import EarlierAnswer
from app.domain.errors import Code, KnownError
from app.domain.field_values import value_from_plain
from app.domain.fields import empty_of, fields_of, noun_of
from app.domain.godparent import Godparent, Godparenthood
from app.domain.port_values import LogQuery
from app.domain.ports import Reader, Record, UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.relative import Identity, Relative
from app.domain.roles import Action
from app.domain.source import Claim, Facility, ListRow, ListRun, Source
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.facts import trusted_sources
from app.services.held_back import save_narrowly

ATTACHMENT: Final = "attachment"
# What refers to others goes first, so that nothing is left pointing nowhere.
_ORDER: Final[tuple[tuple[str, type[Record]], ...]] = (
    ("sealed", ListRow),
    ("sealed", EarlierAnswer),
    ("godparenthood", Godparenthood),
    ("sealed", Relative),
    ("claim", Claim),
    ("prisoner", Prisoner),
    ("godparent", Godparent),
    ("facility", Facility),
    ("source", Source),
)


@attrs.frozen
class TakenBack:
    """What came of taking a list back; `kept` are ids of prisoners somebody worked on since."""

    saved: Saved
    removed: int
    restored: int
    kept: tuple[str, ...]

    @property
    def changes(self) -> Changes:
        """For screens to reload."""
        return self.saved.changes


def take_back(context: Context, run: str) -> TakenBack:
    """Undo a whole list.

    Raises:
        KnownError: NOT_ALLOWED, NOT_FOUND, ALREADY_DONE, NEEDS_DESK_KEY (its cells are sealed).
    """
    context.require(Action.UNDO_LIST)
    with context.writing() as work:
        found = work.get(ListRun, run)
        if found.undone:
            raise KnownError(Code.ALREADY_DONE)
        if not work.has_desk_key:
            raise KnownError(Code.NEEDS_DESK_KEY)
        trusted = found.source in trusted_sources(work)
        undoing = _Undoing(context, work, _entry_of(work, run), trusted=trusted)
        undoing.run()
        work.save(attrs.evolve(found, undone=True), found.version)
        renew_clearances(context, work, set(undoing.touched))
        saved = context.finish(work.commit(Act.LIST_TAKEN_BACK), run, Act.LIST_TAKEN_BACK)
    context.store.rebuild_search()
    return TakenBack(saved, undoing.removed, undoing.restored, tuple(undoing.kept))


def _entry_of(reader: Reader, run: str) -> int:
    entries = [
        row.sequence for row in reader.log_rows(LogQuery(record=run)) if row.act == Act.LIST_BROUGHT_IN
    ]
    if not entries:
        raise KnownError(Code.NOT_FOUND, run)
    return min(entries)


class _Undoing:
    """One list on its way back."""

    def __init__(self, context: Context, work: UnitOfWork, entry: int, *, trusted: bool) -> None:
        self._context = context
        self._work = work
        self._trusted = trusted
        self._entry = entry
        self._written: dict[str, list[tuple[str, int]]] = {}
        for kind, record, version in work.records_of(entry):
            self._written.setdefault(kind, []).append((record, version))
        self.removed = 0
        self.restored = 0
        self.kept: list[str] = []
        self.touched: list[str] = []

    def run(self) -> None:
        for kind, cls in _ORDER:
            self._undo_kind(kind, cls)
        self._drop_photos()

    def _drop_photos(self) -> None:
        """Photos that came with the list and are nobody's any more."""
        came = [record for record, _version in self._written.get(ATTACHMENT, [])]
        shown = {one.photo for one in self._work.find(Prisoner)} if came else set()
        for blob in came:
            if blob not in shown:
                self._work.blob_drop(blob)

    def _undo_kind(self, kind: str, cls: type[Record]) -> None:
        written = self._written.get(kind, [])
        if cls is ListRow:
            # Cells are identities: they are told apart from what else was sealed one at a time.
            self._remove_cells(record for record, _version in written)
            return
        current = self._work.get_many(cls, [record for record, _version in written])
        for record, version in written:
            found = current.get(record)
            if found is None:
                continue
            if found.version != version or (version == 1 and self._work.referenced(noun_of(cls), record)):
                self._keep(cls, record)
            elif version == 1 and isinstance(found, Relative):
                self._remove_relative(found)
            elif version == 1:
                self._work.remove(cls, record)
                self.removed += cls is Prisoner
            else:
                self._restore(cls, found)

    def _remove_cells(self, records: Iterable[str]) -> None:
        wanted = set(records)
        for row in list(self._work.identities(ListRow)):
            if row.id in wanted:
                self._work.remove(ListRow, row.id)

    def _remove_relative(self, relative: Relative) -> None:
        """Somebody of a family and who they are; whoever was worked on since stays, with the prisoner."""
        if relative.identity is not None:
            if len(self._work.written(relative.identity)) > 1:
                return
            self._work.remove(Identity, relative.identity)
        self._work.remove(Relative, relative.id)

    def _keep(self, cls: type[Record], record: str) -> None:
        if cls is Prisoner:
            self.kept.append(record)
            self.touched.append(record)

    def _restore(self, cls: type[Record], found: Record) -> None:
        """Put the fields this list changed back to what they were before it."""
        declared = fields_of(cls)
        before: dict[str, object] = {}
        for old in self._work.history(found.id):
            if old.sequence == self._entry:
                field = declared[old.field]
                before[old.field] = (
                    empty_of(field) if old.before is None else value_from_plain(field, old.before)
                )
        if before:
            restored = with_fields(found, before)
            if isinstance(found, Prisoner) and isinstance(restored, Prisoner):
                save_narrowly(self._context, self._work, [(found, restored)], trusted=self._trusted)
            else:
                self._work.save(restored, found.version)
            self.restored += cls is Prisoner
            self.touched.append(found.id)
