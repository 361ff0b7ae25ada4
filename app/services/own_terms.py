"""The words of this case file: added, changed and hidden by a security officer, used by everybody of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import new_id
from app.domain.own_term import EXTENDABLE, LONGEST, OwnTerm
from app.domain.ports import Reader
from app.domain.roles import Action
from app.reports.kinds_in_use import own_kinds
from app.services import editing
from app.services.context import Context, Saved
from app.vocabulary import SPEAKS, Term, shipped, use_own, vocabulary, word

_WORDS: Final = {"english": "en", "belarusian": "be", "german": "de"}


@attrs.frozen
class TermRow:
    """One word as Settings show it.

    Attributes:
        code: what records hold.
        said: the wording in the window's language.
        english, belarusian, german: the wording by language, empty where there is none.
        own: made here, not shipped with Poruch.
        changed: ships with Poruch and is worded differently here.
        hidden: not offered in forms.
        id, version: of the stored word, empty and 0 where it is as it ships.
    """

    code: str
    said: str
    english: str
    belarusian: str
    german: str
    own: bool
    changed: bool
    hidden: bool
    id: str = ""
    version: int = 0


@attrs.frozen
class SaveTerm:
    """Word a term anew, or make one where `code` is empty.

    Attributes:
        of: the vocabulary.
        code: of a term there is.
        version: the version seen, 0 for a term that is as it ships.
    """

    of: str
    english: str = ""
    belarusian: str = ""
    german: str = ""
    code: str = ""
    version: int = 0


@attrs.frozen
class HideTerm:
    """Offer a term no more, or again."""

    of: str
    code: str
    version: int
    hidden: bool = True


class OwnTerms:
    """Use cases of the words of a case file."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def take_up(self) -> None:
        """Have this process use the words of this case file, but for one whose row does not fit the log."""
        with self._ctx.reading() as reader:
            found = [one for one in reader.find(OwnTerm) if one.of in EXTENDABLE and _fits(reader, one.id)]
        by_vocabulary: dict[str, list[Term]] = {}
        for one in found:
            by_vocabulary.setdefault(one.of, []).append(Term(one.stored_as, one.words, {}, one.hidden))
        kinds = [Term(one.name, dict.fromkeys(SPEAKS, one.title), {}) for one in own_kinds(retired=True)]
        if kinds:
            by_vocabulary["report_kind"] = kinds
        use_own(by_vocabulary)

    def rows(self, of: str) -> tuple[TermRow, ...]:
        """Every word of a vocabulary, shipped ones first. Raises KnownError NOT_ALLOWED, UNKNOWN_TERM."""
        self._ctx.require_open_reading()
        _check_extendable(of)
        with self._ctx.reading() as reader:
            stored = {one.stored_as: one for one in reader.find(OwnTerm, of=of)}
        return tuple(_row(of, term, stored.get(term.code)) for term in vocabulary(of).terms)

    def save(self, command: SaveTerm) -> Saved:
        """Make a word or word one anew.

        Raises:
            KnownError: NOT_ALLOWED, UNKNOWN_TERM, CONFLICT, NOTHING_CHANGED; INVALID_FIELD without any words
                or with too many; TERM_TAKEN where another term reads the same.
        """
        self._ctx.require(Action.EDIT_WORDS)
        _check_extendable(command.of)
        values = {name: " ".join(str(getattr(command, name)).split()) for name in _WORDS}
        _check_words(command.of, command.code, values)
        if command.code and command.code in shipped(command.of):
            known = shipped(command.of).term(command.code).words
            as_shipped = {name: known.get(language) for name, language in _WORDS.items()}
            values = {name: "" if said == as_shipped[name] else said for name, said in values.items()}
        return self._store(command.of, command.code, command.version, values)

    def hide(self, command: HideTerm) -> Saved:
        """Offer a word no more, or again; the last one of a list stays.

        Raises:
            KnownError: NOT_ALLOWED, UNKNOWN_TERM, CONFLICT, NOTHING_CHANGED, TERM_LAST.
        """
        self._ctx.require(Action.EDIT_WORDS)
        _check_extendable(command.of)
        offered = {term.code for term in vocabulary(command.of).terms if not term.hidden}
        if command.hidden and offered <= {command.code}:
            raise KnownError(Code.TERM_LAST)
        return self._store(command.of, command.code, command.version, {"hidden": command.hidden})

    def _store(self, of: str, code: str, version: int, values: Mapping[str, object]) -> Saved:
        if code:
            vocabulary(of).term(code)
        with self._ctx.writing() as work:
            stored = next((one for one in work.find(OwnTerm, of=of) if one.stored_as == code), None)
            if stored is None:
                made = editing.new_record(OwnTerm, new_id(), {"of": of, "code": code, **values})
                work.add(made)
            else:
                work.check_rows(OwnTerm, [stored.id])
                made = editing.edited(work, OwnTerm, stored.id, version, values)
                work.save(made, made.version)
            committed = work.commit(Act.WORDS_CHANGED)
        self.take_up()
        return self._ctx.finish(committed, made.id, Act.WORDS_CHANGED, prisoners=())


def _fits(reader: Reader, record: str) -> bool:
    try:
        reader.check_rows(OwnTerm, [record])
    except KnownError:
        return False
    return True


def _check_extendable(of: str) -> None:
    if of not in EXTENDABLE:
        raise KnownError(Code.UNKNOWN_TERM, field=of)


def _check_words(of: str, code: str, values: Mapping[str, str]) -> None:
    if not any(values.values()):
        raise KnownError(Code.INVALID_FIELD, "english", field="english")
    for name, words in values.items():
        if len(words) > LONGEST:
            raise KnownError(Code.INVALID_FIELD, name, field=name)
    others = (term.words.values() for term in vocabulary(of).terms if term.code != code)
    taken = {said.casefold() for words in others for said in words}
    if any(words.casefold() in taken for words in values.values() if words):
        raise KnownError(Code.TERM_TAKEN)


def _row(of: str, term: Term, stored: OwnTerm | None) -> TermRow:
    own = term.code not in shipped(of)
    return TermRow(
        code=term.code,
        said=word(of, term.code),
        english=term.words.get("en", ""),
        belarusian=term.words.get("be", ""),
        german=term.words.get("de", ""),
        own=own,
        changed=not own and stored is not None and bool(stored.words),
        hidden=term.hidden,
        id=stored.id if stored is not None else "",
        version=stored.version if stored is not None else 0,
    )
