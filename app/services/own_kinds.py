"""Kinds of report of this case file: proposed by one, agreed by a second person, used like a shipped one."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.own_kind import KindVersion, OwnKind, OwnKindStep, agreed
from app.domain.ports import Reader, UnitOfWork
from app.domain.roles import Action, pair_allowed
from app.domain.two_people import CONFIRMED, ENDED
from app.reports.kind_file import shipped
from app.reports.kinds import ReportKind
from app.reports.kinds_in_use import use_own_kinds
from app.reports.own_kinds import BEGINS, next_text, read_own_kind, shipped_text
from app.services.context import Context, Saved
from app.services.kind_versions import KindRow, Standing, versions_in
from app.services.own_terms import OwnTerms
from app.services.protected_names import searches_all
from app.services.protected_texts import TextSearch
from app.services.stamps import protected, spellings_of
from app.services.written_once import roles_when_writing, written_once_by

_LARGEST: Final = 100_000  # bytes of a file


@attrs.frozen
class WrongKind:
    """Why a text is no kind: the refusal of the loader, at its line."""

    line: int
    field: str


class OwnKinds:
    """Use cases of a case file's own kinds.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def take_up(self) -> None:
        """Have this process use the kinds of this case file that two people agreed to."""
        with self._ctx.reading() as reader:
            if not reader.count(OwnKind):
                use_own_kinds(())
                return
            found = agreed(versions_in(reader))
        kinds: list[ReportKind] = []
        retired = set()
        for name, versions in found.items():
            kinds += [kind for one in versions if (kind := _read(one.kind)) is not None]
            if versions[-1].ended is not None:
                retired.add(name)
        use_own_kinds(kinds, retired)

    def rows(self) -> tuple[KindRow, ...]:
        """Every version of every kind, the newest of each first."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            versions = versions_in(reader)
            newest = {id(of_name[-1]) for of_name in agreed(versions).values()}
            rows = [self._row(reader, one, newest=id(one) in newest) for one in versions]
        rows.sort(key=lambda row: (row.name, -row.version))
        return tuple(rows)

    def waiting_for_me(self) -> int:
        """How many versions I may agree to."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            if not reader.count(OwnKind):
                return 0
        return sum(row.may_agree for row in self.rows())

    def shipped(self) -> tuple[ReportKind, ...]:
        """Kinds that ship with Poruch, to be copied."""
        self._ctx.require_open_reading()
        return shipped()

    def check(self, text: str) -> WrongKind | ReportKind:
        """The kind a text is, or what the loader says of it; nothing is kept."""
        self._ctx.require_open_reading()
        try:
            return read_own_kind(text)
        except KnownError as error:
            if error.code is not Code.REPORT_KIND_INVALID:
                raise
            return WrongKind(int(str(error.details["line"])), str(error.details["field"]))

    def copy_of(self, name_of: str) -> str:
        """The text of a shipped kind as the first version of one's own. Raises REPORT_KIND_UNKNOWN."""
        self._ctx.require_open_reading()
        names = {row.name for row in self.rows()}
        name, number = f"{BEGINS}{name_of}", 1
        while name in names:
            number += 1
            name = f"{BEGINS}{name_of}_{number}"
        return next_text(shipped_text(name_of), name, 1)

    def next_of(self, name: str) -> str:
        """The newest agreed text of an own kind as its next version. Raises REPORT_KIND_UNKNOWN."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            of_name = agreed(versions_in(reader)).get(name, [])
        if not of_name:
            raise KnownError(Code.REPORT_KIND_UNKNOWN)
        return next_text(of_name[-1].kind.text, name, len(of_name) + 1)

    def read_file(self, path: Path) -> str:
        """The text of a `.toml` file. Raises KnownError REPORT_KIND_FILE."""
        self._ctx.require_open_reading()
        try:
            with path.open("rb") as stream:
                content = stream.read(_LARGEST + 1)
            if len(content) > _LARGEST:
                raise KnownError(Code.REPORT_KIND_FILE)
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            raise KnownError(Code.REPORT_KIND_FILE) from error

    def difference(self, record: str) -> tuple[str, ...]:
        """The lines of a version, each after `  `, `+ ` or `- `: what it changes of the version before."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            kind = reader.get(OwnKind, record)
            of_name = agreed(versions_in(reader)).get(kind.name, [])
        before = next((one.kind.text for one in of_name if one.kind.kind_version == _before(kind)), "")
        lines = ndiff(before.splitlines(), kind.text.splitlines())
        return tuple(line for line in lines if not line.startswith("?"))

    def propose(self, text: str) -> Saved:
        """Propose a kind, or the next version of one.

        Raises:
            KnownError: NOT_ALLOWED; REPORT_KIND_INVALID with its line; REPORT_KIND_VERSION with the `next`
                one; REPORT_KIND_NAMES where somebody protected stands in it.
        """
        ctx = self._ctx
        ctx.require(Action.CHANGE_REPORT_KIND)
        kind = read_own_kind(text)
        with ctx.writing() as work:
            versions = versions_in(work)
            following = len(agreed(versions).get(kind.name, [])) + 1
            waits = any(one.waits and one.kind.name == kind.name for one in versions)
            if kind.version != following or waits:
                raise KnownError(Code.REPORT_KIND_VERSION, next=following)
            _refuse_names(work, text)
            made = OwnKind(
                RecordId(new_id()),
                name=kind.name,
                kind_version=kind.version,
                title=kind.title,
                text=text,
                proposed_by=ctx.me,
                proposed_at=ctx.now(),
            )
            work.add(made)
            return ctx.finish(work.commit(Act.KIND_PROPOSED), made.id, Act.KIND_PROPOSED, prisoners=())

    def agree(self, record: str) -> Saved:
        """Agree to a version as the second person; every protected name is searched for in it.

        Raises:
            KnownError: NOT_ALLOWED, SAME_PERSON_TWICE, ALREADY_DONE, NEEDS_DESK_KEY without the keys of all
                desks; REPORT_KIND_INVALID, REPORT_KIND_VERSION, REPORT_KIND_NAMES; ROW_NOT_IN_LOG.
        """
        ctx = self._ctx
        ctx.require(Action.CHANGE_REPORT_KIND)
        with ctx.writing() as work:
            versions = versions_in(work)
            one = _waiting(versions, record)
            work.check_rows(OwnKind, [record])
            if ctx.me == one.kind.proposed_by or not written_once_by(work, record, one.kind.proposed_by):
                raise KnownError(Code.SAME_PERSON_TWICE)
            proposer = roles_when_writing(work, record, one.kind.proposed_by)
            if not pair_allowed(proposer, ctx.roles, Action.CHANGE_REPORT_KIND):
                raise KnownError(Code.NOT_ALLOWED)
            if not searches_all(ctx, work):
                raise KnownError(Code.NEEDS_DESK_KEY)
            kind = read_own_kind(one.kind.text)
            following = len(agreed(versions).get(kind.name, [])) + 1
            if (kind.name, kind.version) != (
                one.kind.name,
                one.kind.kind_version,
            ) or kind.version != following:
                raise KnownError(Code.REPORT_KIND_VERSION, next=following)
            _refuse_names(work, one.kind.text)
            _take(ctx, work, record, CONFIRMED)
            saved = ctx.finish(work.commit(Act.KIND_AGREED), record, Act.KIND_AGREED, prisoners=())
        self._taken_up()
        return saved

    def end(self, record: str) -> Saved:
        """Refuse or take back a version that waits, or take a kind out of use: one person is enough.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, ALREADY_DONE.
        """
        ctx = self._ctx
        ctx.require(Action.CHANGE_REPORT_KIND)
        with ctx.writing() as work:
            work.get(OwnKind, record)
            versions = versions_in(work)
            newest = {of_name[-1].kind.id for of_name in agreed(versions).values()}
            one = next(each for each in versions if each.kind.id == record)
            if one.ended is not None or not (one.waits or record in newest):
                raise KnownError(Code.ALREADY_DONE)
            _take(ctx, work, record, ENDED)
            saved = ctx.finish(work.commit(Act.KIND_ENDED), record, Act.KIND_ENDED, prisoners=())
        self._taken_up()
        return saved

    def _taken_up(self) -> None:
        self.take_up()
        OwnTerms(self._ctx).take_up()  # recipients say which kinds they want

    def _row(self, reader: Reader, one: KindVersion, *, newest: bool) -> KindRow:
        name, kind = self._ctx.name_of, one.kind
        standing = Standing.WAITS if one.waits else Standing.ENDED
        if one.confirmed is not None and one.ended is None:
            standing = Standing.IN_USE if newest else Standing.BEFORE
        ctx = self._ctx
        proposer = roles_when_writing(reader, kind.id, kind.proposed_by)
        mine = ctx.me != kind.proposed_by and pair_allowed(proposer, ctx.roles, Action.CHANGE_REPORT_KIND)
        return KindRow(
            kind.id,
            kind.name,
            kind.kind_version or 0,
            kind.title,
            kind.text,
            standing,
            name(kind.proposed_by),
            kind.proposed_at,
            name(one.confirmed.by) if one.confirmed else "",
            name(one.ended.by) if one.ended else "",
            may_agree=one.waits and mine and searches_all(ctx, reader),
        )


def _read(kind: OwnKind) -> ReportKind | None:
    """A kind as it was agreed; none where a newer Poruch refuses what an older one took."""
    try:
        found = read_own_kind(kind.text)
    except KnownError:
        return None
    return found if (found.name, found.version) == (kind.name, kind.kind_version) else None


def _waiting(versions: list[KindVersion], record: str) -> KindVersion:
    one = next((each for each in versions if each.kind.id == record), None)
    if one is None:
        raise KnownError(Code.NOT_FOUND, record)
    if not one.waits:
        raise KnownError(Code.ALREADY_DONE)
    return one


def _before(kind: OwnKind) -> int:
    return (kind.kind_version or 1) - 1


def _refuse_names(work: UnitOfWork, text: str) -> None:
    """By whoever can: a proposal of those without the key is searched when somebody agrees to it."""
    if work.has_desk_key and TextSearch(spellings_of(protected(work))).finds(text):
        raise KnownError(Code.REPORT_KIND_NAMES)


def _take(ctx: Context, work: UnitOfWork, record: str, step: str) -> None:
    at = ctx.moment(work)
    work.add(OwnKindStep(RecordId(new_id()), own_kind=record, step=step, by=ctx.me, at=at))
