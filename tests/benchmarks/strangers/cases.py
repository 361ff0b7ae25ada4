"""Mentions: a name as it stands in a sentence, declined in four languages, possessive, with initials."""

from __future__ import annotations

import random
from typing import Final

from tests.benchmarks.strangers.letters import BELARUSIAN_WAYS, RUSSIAN_WAYS, capitals, tidy_russian
from tests.benchmarks.strangers.people import Stranger

# Ending as it stands, what a case puts there instead. The longest that fits is used. "" fits a consonant.
_BE_HIS: Final = {
    "скі": "скага скаму скім", "цкі": "цкага цкаму цкім", "оў": "ова ову овым ове", "еў": "ева еву евым еве",
    "аў": "ава аву авым аве", "ын": "ына ыну ыным ыне", "ін": "іна іну іным іне", "ец": "ца цу цам цы",
    "эц": "ца цу цам цы", "ёнак": "ёнка ёнку ёнкам", "ень": "еня еню енем ені", "а": "ы е у ай",
    "ка": "кі цы ку кай", "о": "о", "э": "э", "я": "і ю яй", "й": "я ю ем", "": "а у ам е",
}  # fmt: skip
_RU_HIS: Final = {
    "ский": "ского скому ским ском", "цкий": "цкого цкому цким", "ов": "ова ову овым ове",
    "ев": "ева еву евым еве", "ын": "ына ыну ыным ыне", "ин": "ина ину иным ине", "ец": "ца цу цем це",
    "ёнок": "ёнка ёнку ёнком", "ень": "еня еню енем ене", "а": "ы е у ой", "о": "о", "е": "е", "я": "и ю ей",
    "й": "я ю ем", "": "а у ом е",
}  # fmt: skip
_BE_HERS: Final = {
    "ская": "скай скую", "цкая": "цкай цкую", "ова": "овай ову", "ева": "евай еву", "ава": "авай аву",
    "іна": "інай іну", "ына": "ынай ыну", "кене": "кене", "ка": "кі цы ку кай", "а": "ы е у ай",
    "я": "і ю яй", "": "",
}  # fmt: skip
_RU_HERS: Final = {
    "ская": "ской скую", "цкая": "цкой цкую", "ова": "овой ову", "ева": "евой еву", "ина": "иной ину",
    "ына": "ыной ыну", "ка": "ки ке ку кой", "а": "ы е у ой", "я": "и ю ей", "": "",
}  # fmt: skip
_PL_HIS: Final = {
    "ski": "skiego skiemu skim", "cki": "ckiego ckiemu ckim", "ow": "owa owowi owem owie",
    "ew": "ewa ewowi ewem", "ou": "owa owowi owem", "au": "awa awowi awem",
    "ec": "ca cowi cem", "ko": "ki ce kę ką",
    "a": "y ę ą", "o": "o", "e": "e", "i": "iego", "y": "ego", "": "a owi em ie",
}  # fmt: skip
_GIVEN: Final = {
    "а": "ы у", "я": "і ю", "й": "я ю", "ь": "я ю", "": "а у",
}  # fmt: skip
_GIVEN_RU: Final = {"а": "ы у", "я": "и ю", "й": "я ю", "ь": "я ю", "": "а у"}


def _declined(chance: random.Random, word: str, table: dict[str, str]) -> str:
    ending = max((end for end in table if word.endswith(end)), key=len)
    cases = table[ending].split() or [ending]
    return word.removesuffix(ending) + chance.choice(cases) if ending or cases != [""] else word


def mention(chance: random.Random, person: Stranger) -> tuple[str, bool]:
    """How somebody stands in a sentence, and whether more than the family name is said."""
    kind = chance.randrange(10)
    at = 0 if kind in (0, 1, 2) else 1
    tables = ((_BE_HIS, _BE_HERS), (_RU_HIS, _RU_HERS))[at]
    family = person.family[at]
    declined = capitals(_declined(chance, family, tables[0 if person.man else 1]))
    given = person.given[at]
    given_declined = (
        _declined(chance, given.lower(), (_GIVEN, _GIVEN_RU)[at]) if person.man else given.lower()
    )
    match kind:
        case 0 | 3:
            return declined, False
        case 1 | 4:
            return f"{capitals(given_declined)} {declined}", True
        case 2:
            return f"{given[0]}. {declined}", True
        case 5:
            return f"{declined} {given[0]}.", True
        case 6:
            way = chance.choice(list(BELARUSIAN_WAYS.values()))
            return f"{capitals(way(person.given[0]))} {capitals(way(person.family[0]))}’s", True
        case 7:
            way = chance.choice(list(RUSSIAN_WAYS.values()))
            return f"{capitals(tidy_russian(way(person.family[1])))}s", False
        case 8:
            polish = BELARUSIAN_WAYS["polish be"](person.family[0])
            said = _declined(chance, polish, _PL_HIS) if person.man else polish
            return f"{capitals(BELARUSIAN_WAYS['polish be'](person.given[0]))} {capitals(said)}", True
    way = chance.choice([*BELARUSIAN_WAYS.values()])
    return capitals(way(person.family[0])), False


_SENTENCES: Final = (
    "Учора {name} перадалі ліст.", "Па словах {name}, справу разглядалі без публікі.",
    "Сустрэча з {name} адбылася ў пятніцу.", "Вчера {name} передали письмо.",
    "О деле {name} писали газеты.", "Адвокат был у {name} в марте.", "The letter to {name} came back.",
    "Nobody has heard of {name} since March.", "Yesterday {name} was moved again.",
    "Der Brief an {name} kam zurück.", "Niemand hat seit März etwas von {name} gehört.",
    "Wczoraj {name} przeniesiono.",
)  # fmt: skip


def sentence(chance: random.Random, said: str) -> str:
    """A sentence with the mention in it."""
    return chance.choice(_SENTENCES).format(name=said)
