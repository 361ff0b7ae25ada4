"""What a message may be about: occasions as data, read and checked like kinds of reports.

An occasion becomes a kind of report for each audience a recipient can stand for, so that decisions, the
ledger and calling back treat a message like anything else that leaves. Shipped occasions were read by two
people before they shipped: to this prisoner's own godparent they need no second person each time (reports.md,
*Message*).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

import attrs

import resources
from app.domain.errors import Code, KnownError
from app.i18n import N_
from app.languages import IN_REPORTS
from app.reports.kind_people import PeopleReader
from app.reports.kinds import Approval, Audience, GroupRules, KindColumn, ReportKind
from app.vocabulary import vocabulary

MESSAGE: Final = "message"
"""Layout of what is no report but a message."""
FORMAT: Final = "eml"
MAY, MUST = "may", "must"
_SUFFIX: Final[Mapping[Audience, str]] = {
    Audience.GODPARENT: "",
    Audience.ALL_GODPARENTS: "_all_godparents",
    Audience.INSTITUTION: "_institution",
    Audience.PUBLIC: "_public",
}
_HANDLING: Final[Mapping[Audience, str]] = {
    Audience.GODPARENT: N_("This is for you alone, please pass nothing on."),
    Audience.ALL_GODPARENTS: N_("This is for godparents, please do not publish it."),
    Audience.INSTITUTION: N_("This is confidential, please pass nothing on."),
    Audience.PUBLIC: "",
}
VALUE: Final = re.compile(r"\{([a-z_]+)\}")
_NO_GROUPS: Final = GroupRules(10, 5)  # nobody is counted in a message


@attrs.frozen
class Sentence:
    """One sentence; it stands where every value in it may leave, and `only_with` too where that is said."""

    text: str
    only_with: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """Keys of the columns it says."""
        return tuple(VALUE.findall(self.text))

    @property
    def needs(self) -> frozenset[str]:
        """Keys of the columns without which it does not stand."""
        return frozenset((*self.values, *((self.only_with,) if self.only_with else ())))


@attrs.frozen
class Occasion:
    """What a message is about.

    Attributes:
        statuses: whom it is said of; empty for anybody.
        columns: what may leave in it; without the required ones there is no such message.
        words: own words `may` or `must` stand in it.
    """

    key: str
    version: int
    title: str
    about: str
    statuses: frozenset[str]
    columns: tuple[KindColumn, ...]
    sentences: tuple[Sentence, ...]
    words: str
    languages: tuple[str, ...]

    def kind(self, audience: Audience) -> ReportKind:
        """The kind of report a message of it is, for an audience. Raises KeyError for the house."""
        theirs = audience is Audience.GODPARENT
        return ReportKind(
            name=f"{MESSAGE}_{self.key}{_SUFFIX[audience]}",
            version=self.version,
            title=self.title,
            about=self.about,
            heading="",
            foreword="",
            handling=_HANDLING[audience],
            audience=audience,
            formats=(FORMAT,),
            languages=self.languages,
            approval=Approval.OF_THE_KIND if theirs else Approval.SECOND_PERSON,
            layout=MESSAGE,
            groups=_NO_GROUPS,
            columns=self.columns,
            counted=False,
        )


@lru_cache(maxsize=1)
def occasions() -> tuple[Occasion, ...]:
    """The shipped occasions, in the order they are offered."""
    text = resources.path("message_kinds").joinpath("messages.toml").read_text(encoding="utf-8")
    return read_occasions(text)


@lru_cache(maxsize=1)
def _by_kind() -> Mapping[str, tuple[Occasion, ReportKind]]:
    pairs = ((one, one.kind(audience)) for one in occasions() for audience in _SUFFIX)
    return {kind.name: (one, kind) for one, kind in pairs}


def message_kinds() -> tuple[ReportKind, ...]:
    """Every occasion for every audience, as a kind of report."""
    return tuple(kind for _one, kind in _by_kind().values())


def message_kind(name: str) -> ReportKind | None:
    """The kind of this name, None where it is no message."""
    found = _by_kind().get(name)
    return found[1] if found is not None else None


def occasion_of(kind_name: str) -> Occasion:
    """The occasion a kind was made of. Raises KnownError REPORT_KIND_UNKNOWN."""
    found = _by_kind().get(kind_name)
    if found is None:
        raise KnownError(Code.REPORT_KIND_UNKNOWN)
    return found[0]


def texts_of_occasions() -> Iterator[str]:
    """Every English text of the occasions; a test of the catalogues reads it."""
    for one in occasions():
        yield from (one.title, one.about)
        yield from (column.label for column in one.columns)
        yield from (sentence.text for sentence in one.sentences)


def read_occasions(untrusted_text: str) -> tuple[Occasion, ...]:
    """Read and check the occasions.

    Raises:
        KnownError: REPORT_KIND_INVALID with `line` and `field`.
    """
    try:
        table = tomllib.loads(untrusted_text)
    except tomllib.TOMLDecodeError as error:
        raise KnownError(Code.REPORT_KIND_INVALID, line=1, field="toml") from error
    return _Reader(untrusted_text.splitlines()).all(table)


class _Reader(PeopleReader):
    """Turns the table into occasions; every refusal knows its line."""

    def all(self, table: Mapping[str, object]) -> tuple[Occasion, ...]:
        names = {"languages", "columns", "occasions"}
        self.only(table, names, names)
        languages = self.words(table, "languages", IN_REPORTS)
        columns = {column.key: column for column in self.columns(table)}
        raw = table["occasions"]
        if not isinstance(raw, list) or not raw:
            raise self.wrong("occasions")
        found = tuple(self._occasion(index, one, columns, languages) for index, one in enumerate(raw))
        if len({one.key for one in found}) != len(found):
            raise self.wrong("key")
        return found

    def _occasion(
        self, index: int, raw: object, columns: Mapping[str, KindColumn], languages: tuple[str, ...]
    ) -> Occasion:
        self.section = ("occasions", index + 1)
        if not isinstance(raw, Mapping):
            raise self.wrong("occasions")
        names = {a.name for a in attrs.fields(Occasion)} - {"columns", "languages"} | {"needs", "fields"}
        self.only(raw, names, names)
        needs, more = self.list(raw, "needs"), self.list(raw, "fields")
        if "name" not in needs or not set(needs) <= set(columns):
            raise self.wrong("needs")  # whom it is about has to be cleared by name
        if not set(more) <= set(columns) - set(needs):
            raise self.wrong("fields")
        carried = tuple(
            attrs.evolve(column, required=key in needs)
            for key, column in columns.items()
            if key in needs or key in more
        )
        statuses = frozenset(self.list(raw, "statuses"))
        if not statuses <= set(vocabulary("status").by_code):
            raise self.wrong("statuses")
        return Occasion(
            key=self.text(raw, "key"),
            version=self.number(raw, "version"),
            title=self.text(raw, "title"),
            about=self.text(raw, "about"),
            statuses=statuses,
            columns=carried,
            sentences=self._sentences(raw, {column.key for column in carried}),
            words=self.choice(raw, "words", (MAY, MUST)),
            languages=languages,
        )

    def _sentences(self, raw: Mapping[str, object], carried: set[str]) -> tuple[Sentence, ...]:
        found = raw["sentences"]
        if not isinstance(found, list) or not found:
            raise self.wrong("sentences")
        sentences: list[Sentence] = []
        for one in found:
            if not isinstance(one, Mapping):
                raise self.wrong("sentences")
            self.only(one, {"text", "only_with"}, {"text"})
            only_with = self.text(one, "only_with") if "only_with" in one else ""
            sentence = Sentence(self.text(one, "text"), only_with)
            if not sentence.needs <= carried or "{" in VALUE.sub("", sentence.text):
                raise self.wrong("sentences")
            sentences.append(sentence)
        return tuple(sentences)
