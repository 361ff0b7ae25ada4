"""Kinds of report as TOML: read, checked against the field catalogue, refused with the line at fault.

A kind that is wrong is never half used: unknown keys, fields that do not exist or may not leave, an audience
without group rules wide enough, free text as *published* are all refused here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import attrs

import resources
from app.domain.errors import Code, KnownError
from app.languages import IN_REPORTS
from app.reports.audit_tables import TABLES, TableShape
from app.reports.elsewhere.kinds import elsewhere_kind
from app.reports.growth_tables import GROWTH_TABLES
from app.reports.kind_people import PeopleReader
from app.reports.kinds import (
    FORMATS,
    Approval,
    Audience,
    GroupRules,
    KindTable,
    ReportKind,
)
from app.reports.kinds_in_use import own_kind
from app.reports.occasions import message_kind, texts_of_occasions
from app.reports.sizes.hierarchies import size_tables

_FOR_PEOPLE: Final = frozenset({"counted", "select", "most"})
"""What only a kind about people may say, and need not."""
# the narrowest rule an audience may have (reports.md, *Group sizes*)
_LEAST: Final[Mapping[Audience, tuple[int, int]]] = {
    Audience.PUBLIC: (10, 5),
    Audience.ALL_GODPARENTS: (10, 5),  # hundreds of people in many countries
    Audience.INSTITUTION: (5, 1),
    Audience.GODPARENT: (5, 1),
    Audience.INTERNAL: (5, 5),  # an officer shows it to auditors and funders
}
_LEAST_SENSITIVE: Final = 20  # health, minors, family
SIZE_SHAPES: Final = {key: TableShape((), lambda row, _translate, _term: row) for key in size_tables()}
"""The public figures: `app.reports.public` knows their columns and rows."""
# which tables an audience can be given: what counts families stays inside
_TABLES: Final[Mapping[Audience, Mapping[str, TableShape]]] = {
    Audience.PUBLIC: {**GROWTH_TABLES, **SIZE_SHAPES},
    Audience.INTERNAL: TABLES,
}
_LAYOUTS: Final = ("table", "cards")
_FIGURES: Final = "figures"


@lru_cache(maxsize=1)
def shipped() -> tuple[ReportKind, ...]:
    """The kinds that ship with Poruch, in the order of their file names."""
    files = sorted(resources.path("report_kinds").glob("*.toml"))
    return tuple(read_kind(file.read_text(encoding="utf-8")) for file in files)


def shipped_kind(name: str) -> ReportKind:
    """The kind of a report made today: a shipped one, a message, a file made elsewhere, or one's own in use.

    Raises:
        KnownError: REPORT_KIND_UNKNOWN.
    """
    for kind in shipped():
        if kind.name == name:
            return kind
    other = message_kind(name) or elsewhere_kind(name) or own_kind(name)
    if other is not None:
        return other
    raise KnownError(Code.REPORT_KIND_UNKNOWN)


def kind_of(name: str, version: int | None = None) -> ReportKind:
    """The kind a report was made of, also where it is out of use; without a version the newest.

    Raises:
        KnownError: REPORT_KIND_UNKNOWN.
    """
    return own_kind(name, version, retired=True) or shipped_kind(name)


def texts_of_shipped() -> tuple[str, ...]:
    """Every English text of the shipped kinds: translators and a test of the catalogues read it."""
    texts = (text for kind in shipped() for text in kind.texts())
    return tuple(dict.fromkeys((*texts, *texts_of_occasions())))


def read_kind(untrusted_text: str) -> ReportKind:
    """Read and check one kind.

    Raises:
        KnownError: REPORT_KIND_INVALID with `line` (1 is the first) and `field` (the key at fault).
    """
    return KindReader(untrusted_text.splitlines()).kind(parsed(untrusted_text))


def parsed(untrusted_text: str) -> Mapping[str, object]:
    """A text as TOML. Raises KnownError REPORT_KIND_INVALID."""
    try:
        return tomllib.loads(untrusted_text)
    except tomllib.TOMLDecodeError as error:
        raise KnownError(Code.REPORT_KIND_INVALID, line=_toml_line(str(error)), field="toml") from error


def _toml_line(message: str) -> int:
    before, found, after = message.partition("at line ")
    digits = after.split(",")[0].strip(" )")
    return int(digits) if found and before and digits.isdigit() else 1


class KindReader(PeopleReader):
    """Turns the table into a kind; every refusal knows its line."""

    def kind(self, table: Mapping[str, object]) -> ReportKind:
        about = "tables" if "tables" in table else "columns"  # figures about the work, or people
        counts = about == "tables"
        names = {a.name for a in attrs.fields(ReportKind)} - {"tables", "columns"} | {about}
        self.only(table, names - (_FOR_PEOPLE if counts else frozenset()), names - _FOR_PEOPLE)
        audience = self.one(Audience, table, "audience")
        if audience not in _TABLES if counts else audience is Audience.INTERNAL:
            raise self.wrong("audience")
        formats = self.words(table, "formats", FORMATS)
        columns = () if counts else self.columns(table)
        tables = self._tables(table, audience) if counts else ()
        layout = self.choice(table, "layout", (_FIGURES,) if counts else _LAYOUTS)
        if layout != "cards" and any(column.shows_picture for column in columns):
            raise self.wrong("layout")
        return ReportKind(
            name=self.text(table, "name"),
            version=self.number(table, "version"),
            title=self.text(table, "title"),
            about=self.text(table, "about"),
            heading=self.text(table, "heading"),
            foreword=self.text(table, "foreword", empty=True),
            handling=self.text(table, "handling", empty=True),
            audience=audience,
            formats=formats,
            languages=self.words(table, "languages", IN_REPORTS),
            approval=self._approval(table, inside=audience is Audience.INTERNAL),
            layout=layout,
            groups=self._groups(table, audience, sized=any(one.key in SIZE_SHAPES for one in tables)),
            columns=columns,
            tables=tables,
            counted=self.flag(table, "counted", missing=True),
            select=self.select(table, columns),
            most=self._most(table),
        )

    def _most(self, table: Mapping[str, object]) -> int:
        most = self.number(table, "most") if "most" in table else 0
        if most < 0 or ("most" in table and most == 0):
            raise self.wrong("most")
        return most

    def _approval(self, table: Mapping[str, object], *, inside: bool) -> Approval:
        approval = self.one(Approval, table, "approval")
        if approval is Approval.OF_THE_KIND or (approval is Approval.OTHER_OFFICER and not inside):
            raise self.wrong("approval")  # what leaves the house always takes a second person
        return approval

    def _tables(self, table: Mapping[str, object], audience: Audience) -> tuple[KindTable, ...]:
        raw = table["tables"]
        if not isinstance(raw, list) or not raw:
            raise self.wrong("tables")
        tables = tuple(self._table(index, item, _TABLES[audience]) for index, item in enumerate(raw))
        self.section = ("", 0)
        keys = {one.key for one in tables}
        if len(keys) != len(tables) or (keys & set(SIZE_SHAPES) and keys != set(SIZE_SHAPES)):
            raise self.wrong("tables")  # the eight public tables are one fixed set
        return tables

    def _table(self, index: int, raw: object, shapes: Mapping[str, TableShape]) -> KindTable:
        self.section = ("tables", index + 1)
        if not isinstance(raw, Mapping):
            raise self.wrong("tables")
        names = {a.name for a in attrs.fields(KindTable)}
        self.only(raw, names, {"key", "heading"})
        key = self.choice(raw, "key", tuple(shapes))
        guarded, sums = self.flag(raw, "guarded"), self.text(raw, "sums") if "sums" in raw else ""
        if shapes[key].of_families and not guarded:
            raise self.wrong("guarded")
        if sums != shapes[key].sums:
            raise self.wrong("sums")
        notes = self.list(raw, "notes") if "notes" in raw else ()
        coarser = self.list(raw, "coarser") if "coarser" in raw else ()
        if len(coarser) != (size_tables()[key].left_out - 1 if key in SIZE_SHAPES else 0):
            raise self.wrong("coarser")  # each step has to be offered by name
        return KindTable(key, self.text(raw, "heading"), notes, guarded, sums, coarser)

    def _groups(self, table: Mapping[str, object], audience: Audience, *, sized: bool) -> GroupRules:
        self.section = ("groups", 1)
        raw = table["groups"]
        if not isinstance(raw, Mapping):
            raise self.wrong("groups")
        names = {"hide_under", "round_to"}
        self.only(raw, names | {"sensitive_under"}, names | ({"sensitive_under"} if sized else set()))
        sensitive = self.number(raw, "sensitive_under") if "sensitive_under" in raw else 0
        groups = GroupRules(self.number(raw, "hide_under"), self.number(raw, "round_to"), sensitive)
        if (sensitive < _LEAST_SENSITIVE) if sized else "sensitive_under" in raw:
            raise self.wrong("sensitive_under")
        least_hidden, least_round = _LEAST[audience]
        if groups.hide_under < least_hidden:
            raise self.wrong("hide_under")
        if groups.round_to < 1 or groups.round_to % least_round:
            raise self.wrong("round_to")
        self.section = ("", 0)
        return groups
