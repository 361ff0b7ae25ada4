"""Cells about a prisoner's family: who, on which number, by which name, and what speaks against calling.

Everything read here is somebody's identity: it goes into sealed records and nowhere else, no problem and no
error repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from app.intake.cells.found import LONGEST_TEXT, text_of
from app.intake.cells.words import contained_term, phrases, without_term

_PHONE = re.compile(r"(?<![\w@])\+?\d[\d\s().\-/]{5,40}\d(?!\w)")
_DAY = re.compile(
    r"(?<![\d.\-])(?:(?:[0-2]?\d|3[01])\.(?:0?\d|1[0-2])\.(?:\d\d){1,2}|\d{4}-\d\d-\d\d)(?![.\-]?\d)"
)
"""A birthday or the day of a death is no number to call."""
_CUT_OFF = re.compile(r"(?<!\w)\d(?:[.,]\d+)?E\+?\d{1,2}(?!\w)", re.IGNORECASE)
"""A number a spreadsheet has cut off, "3,75296E+11": its last digits are gone, and it is no name."""
_FORMER = re.compile(
    r"(?<!\w)(?:бывш\w*|былая|былы|былой|колишн\w*|экс|ex|former|geschieden\w*|развед[её]н\w*|była|były)(?!\w)",
    re.IGNORECASE,
)
"""A wife of the past is nobody to be asked as a wife."""
_EMAIL = re.compile(r"(?<![^\s@,;<>])[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+")
_HANDLE = re.compile(r"(?<!\w)@[\w.]{3,64}")
_PIECES = re.compile(r"\s*(?:[;\n\r\u2028]+|,(?=\s)|\s/\s)\s*")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*\.?(?:-[^\W\d_]+)*")
_MOST_PEOPLE: Final = 8
_MOST_NAME_WORDS: Final = 4
_SHORTEST_PHONE, _LONGEST_PHONE = 7, 13
_OWN_LINE: Final = 11
_OWN_PREFIX: Final = "80"
"""How a number is dialled at home: 8 and 0 before nine digits, never a country."""
_UNKNOWN: Final = "other"
_OF_TWO_WORDS: Final = frozenset({"cousin", "in_law"})
"""Relations that may have another one in their name."""
OF_ADDRESS: Final = "address"
OF_NAME: Final = "name"


@attrs.frozen
class KinRead:
    """Somebody of a family, as one or several cells of a row tell it. Never printed: its texts are closed.

    Attributes:
        relation: term of the vocabulary `relation`; `other` where the cells do not say.
        name: as written, or empty.
        phones, handles, emails: as written.
        place: where they live, as written.
        channel: term of the vocabulary `channel`, or empty.
        unsafe: the cell says that calling is dangerous.
        note: what was not understood, as written.
        said: what a column of consent says that is about them, as column and text.
    """

    relation: str = _UNKNOWN
    name: str = attrs.field(default="", repr=False)
    phones: tuple[str, ...] = attrs.field(default=(), repr=False)
    handles: tuple[str, ...] = attrs.field(default=(), repr=False)
    emails: tuple[str, ...] = attrs.field(default=(), repr=False)
    place: str = attrs.field(default="", repr=False)
    channel: str = ""
    unsafe: bool = False
    note: str = attrs.field(default="", repr=False)
    said: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)

    @property
    def known(self) -> bool:
        """Whether anything says who this is or how to reach them."""
        return bool(self.name or self.phones or self.handles or self.emails or self.place)

    @property
    def refuses(self) -> bool:
        """Whether what the list has of their consent reads like a no: nobody asks until somebody looked."""
        return any(is_refusal(text) for _column, text in self.said) or _refuses(self.note)


def read_family(untrusted_cell: str, relation: str = "", kind: str = "") -> tuple[KinRead, ...]:
    """Everybody a cell about a family names.

    Args:
        untrusted_cell: the text of the cell.
        relation: what the head of the column says ("mother's phone"), or empty.
        kind: `OF_ADDRESS` or `OF_NAME` for a column that holds nothing else, or empty.
    """
    text = text_of(untrusted_cell)[: 2 * LONGEST_TEXT]
    if not text:
        return ()
    if kind == OF_ADDRESS:
        return (KinRead(relation or _UNKNOWN, place=text[:LONGEST_TEXT]),)
    if kind == OF_NAME and _is_name(text):
        return (KinRead(relation or _UNKNOWN, name=" ".join(text.replace(",", " ").split())),)
    found: list[KinRead] = []
    for piece in _people(text):
        one = _read(piece, relation)
        if found and one.relation in (found[-1].relation, _UNKNOWN):
            found[-1] = joined(found[-1], one)
        else:
            found.append(one)
    return tuple(found[:_MOST_PEOPLE])


def joined(one: KinRead, more: KinRead) -> KinRead:
    """What two cells say of one person."""
    return KinRead(
        relation=one.relation if one.relation != _UNKNOWN else more.relation,
        name=one.name or more.name,
        phones=_once(one.phones, more.phones),
        handles=_once(one.handles, more.handles),
        emails=_once(one.emails, more.emails),
        place=one.place or more.place,
        channel=one.channel or more.channel,
        unsafe=one.unsafe or more.unsafe,
        note="\n".join(_once((one.note,) if one.note else (), (more.note,) if more.note else ())),
        said=(*one.said, *more.said),
    )


def relation_in(text: str) -> str:
    """The relation a text names, or empty."""
    return contained_term("relation", text)


def is_refusal(untrusted_text: str) -> bool:
    """Whether a cell of consent has a word that says no, whatever else stands there."""
    plain = f" {' '.join(_WORD.findall(untrusted_text.casefold()))} "
    return any(f" {word} " in plain for word in phrases("refusals"))


def _refuses(note: str) -> bool:
    """Whether a remark beside a number says no, and speaks of what is asked."""
    plain = f" {note.casefold()}"
    return is_refusal(note) and any(stem in plain for stem in phrases("asked"))


def number_of(phone: str) -> str:
    """A number as it is compared: its digits."""
    return re.sub(r"\D", "", phone)


def _people(text: str) -> Iterator[str]:
    """The pieces of a cell, a new one only where somebody else begins."""
    held = ""
    for piece in _PIECES.split(text):
        if held and relation_in(piece):
            yield held
            held = piece
        else:
            held = f"{held}, {piece}" if held else piece
    if held:
        yield held


def _read(piece: str, relation: str) -> KinRead:
    unsafe = any(phrase in piece.casefold() for phrase in phrases("unsafe"))
    said = relation_in(piece)
    emails = tuple(_EMAIL.findall(piece))
    rest = _EMAIL.sub(" ", piece)
    handles = tuple(_HANDLE.findall(rest))
    rest = _HANDLE.sub(" ", rest)
    written, plain = rest, _DAY.sub(" ", rest)
    numbers = [number for run in _PHONE.findall(plain) for number in _apart(run.strip())]
    phones = tuple(number for number in numbers if _is_phone(number))
    rest = _CUT_OFF.sub(" ", _PHONE.sub(" ", plain))
    doubtful = plain != written or len(phones) < len(numbers) or _CUT_OFF.search(piece) is not None
    former = _FORMER.search(rest) is not None
    left = _left(_FORMER.sub(" ", rest))
    name = "" if unsafe else _name(left)
    # "The wife's sister", "former wife": who this is to the prisoner is for a person to say.
    if former or _names_two(rest):
        said, relation, doubtful = "", "", True
    understood = bool(phones or handles or emails or name or said) and not unsafe and not doubtful
    return KinRead(
        relation=said or relation or _UNKNOWN,
        name=name,
        phones=tuple(_international(phone) for phone in phones),
        handles=handles,
        emails=emails,
        channel=contained_term("channel", rest),
        unsafe=unsafe,
        # What was left over stays as written: nobody knows what it warns of.
        note="" if understood and (name or not left) else piece[:LONGEST_TEXT],
    )


def _names_two(text: str) -> bool:
    """Whether a text names more than one relation: whose sister, whose mother."""
    first = relation_in(text)
    rest = without_term("relation", text) if first else ""
    return bool(rest) and first not in _OF_TWO_WORDS and bool(relation_in(rest))


def _apart(run: str) -> tuple[str, ...]:
    """Two numbers with nothing but a space between them, dialled at home or abroad; else the run."""
    words = run.split()
    for place in range(1, len(words)):
        pair = " ".join(words[:place]), " ".join(words[place:])
        if all(_SHORTEST_PHONE <= len(number_of(one)) <= _LONGEST_PHONE for one in pair) and (
            len(number_of(pair[0])) == len(number_of(pair[1])) > _SHORTEST_PHONE + 1
        ):
            return pair
    return (run,)


def _name(words: Sequence[str]) -> str:
    """A name where all that is left is a few words with capitals."""
    named = 0 < len(words) <= _MOST_NAME_WORDS and all(word[0].isupper() for word in words)
    return " ".join(words) if named else ""


def _is_name(text: str) -> bool:
    """Whether a cell below "name" holds one name and nothing else."""
    words = text.replace(",", " ").split()
    plain = all(letter.isalpha() or letter in "'’ʼ`´.-" for word in words for letter in word)
    return plain and 0 < len(words) <= _MOST_NAME_WORDS and not relation_in(text)


def _left(rest: str) -> list[str]:
    """The words of a piece but for those that say the relation, the channel or "phone"."""
    return [
        word
        for word in _WORD.findall(rest)
        if not (relation_in(word) or contained_term("channel", word) or contained_term("number_sign", word))
    ]


def _is_phone(text: str) -> bool:
    return _SHORTEST_PHONE <= len(number_of(text)) <= _LONGEST_PHONE


def _international(phone: str) -> str:
    """A number a spreadsheet took for a number has lost its plus sign."""
    bare = phone.isdecimal() and len(phone) >= _OWN_LINE and not phone.startswith("0")
    at_home = len(phone) == _OWN_LINE and phone.startswith(_OWN_PREFIX)
    return f"+{phone}" if bare and not at_home else phone


def _once(first: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *more)))
