"""A surname in the cases of Belarusian, Russian and Polish, and with the s of German and English."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from tests.benchmarks.names.people import Invented
from tests.benchmarks.names.systems import BELARUSIAN, RUSSIAN, title

# Ending taken off, endings put on. The first that fits is used.
_HIS: Final = (
    (("скі", "цкі"), 1, ("ага", "аму", "ім", "ія", "іх", "імі"), "be"),
    (("ский", "цкий"), 2, ("ого", "ому", "им", "ом", "ие", "их", "ими"), "ru"),
    (("оў", "еў", "аў"), 1, ("ва", "ву", "вым", "ве", "вы", "вых", "вымі"), "be"),
    (("ов", "ев", "ин"), 0, ("а", "у", "ым", "е", "ы", "ых", "ыми"), "ru"),
    (("ін", "ын"), 0, ("а", "у", "ым", "е", "ы", "ых", "ымі"), "be"),
    (("нак",), 2, ("ка", "ку", "кам", "кі", "каў", "камі"), "be"),
    (("нок",), 2, ("ка", "ку", "ком", "ке", "ки", "ков", "ками"), "ru"),
    (("нец",), 2, ("ца", "цу", "цам", "цы", "цаў", "цамі"), "be"),
    (("ка",), 2, ("кі", "цы", "ку", "кай", "кам", "камі"), "be"),
    (("ко",), 2, ("ко",), "ru"),
    (("уль",), 1, ("я", "ю", "ем", "і", "яў", "ямі"), "be"),
    (("",), 0, ("а", "у", "ам", "ы", "аў", "амі"), "be"),
)
_HERS: Final = (
    (("ская", "цкая"), 2, ("ай", "ую", "ія"), "be"),
    (("ова", "ева", "іна", "ына", "ава", "эва"), 1, ("ай", "у", "ы"), "be"),
    (("ка",), 2, ("кі", "цы", "ку", "кай"), "be"),
    (("",), 0, ("", "ы", "аў"), "be"),
)
_HERS_RU: Final = (
    (("ская", "цкая"), 2, ("ой", "ую", "ие"), "ru"),
    (("ова", "ева", "ина", "ына", "ава"), 1, ("ой", "у", "ы"), "ru"),
    (("",), 0, ("",), "ru"),
)
_HIS_RU: Final = (
    (("ский", "цкий"), 2, ("ого", "ому", "им", "ом", "ие", "их", "ими"), "ru"),
    (("ов", "ев", "ин"), 0, ("а", "у", "ым", "е", "ы", "ых", "ыми"), "ru"),
    (("нок",), 2, ("ка", "ку", "ком", "ке", "ки", "ков", "ками"), "ru"),
    (("нец",), 2, ("ца", "цу", "цем", "це", "цы", "цев", "цами"), "ru"),
    (("ко", "ка"), 0, ("",), "ru"),
    (("ль",), 1, ("я", "ю", "ем", "е", "и", "ей", "ями"), "ru"),
    (("",), 0, ("а", "у", "ем", "е", "и", "ей", "ами"), "ru"),
)
_POLISH: Final = (
    (("ski", "cki"), 0, ("ego", "emu", "m", "ch", "mi")),
    (("ska", "cka"), 1, ("iej", "ą", "ie")),
    (("ou", "eu", "au"), 1, ("wa", "wowi", "wem", "wie", "wów")),
    (("cz",), 0, ("a", "owi", "em", "u", "owie", "ów", "ami")),
    (("ka",), 1, ("i", "ę", "ą")),
    (("",), 0, ("",)),
)


def mentions(chance: random.Random, person: Invented) -> Iterator[str]:
    """Inflected and otherwise spelt mentions of the family name alone."""
    be, ru = person.family
    his = tuple(rule for rule in _HIS if rule[3] == "be")
    for word, rules in ((be, his if person.man else _HERS), (ru, _HIS_RU if person.man else _HERS_RU)):
        forms = list(_forms(word, rules))
        yield from (title(form) for form in chance.sample(forms, min(3, len(forms))))
    polish = BELARUSIAN["polish"](be)
    for ends, cut, endings in _POLISH:
        if polish.endswith(ends):
            stem = polish[: len(polish) - cut] if cut else polish
            yield title(stem + chance.choice(endings))
            break
    yield title(chance.choice(list(RUSSIAN.values()))(ru)) + chance.choice(("'s", "’s"))
    yield title(BELARUSIAN[chance.choice(("passport be", "bgn be"))](be)) + "'s"
    yield title(RUSSIAN["duden"](ru)) + "s"
    yield "".join({"а": "a", "о": "o", "е": "e", "р": "p"}.get(char, char) for char in title(be))
    yield title(be).upper()


def _forms(word: str, rules: tuple[tuple[tuple[str, ...], int, tuple[str, ...], str], ...]) -> Iterator[str]:
    for ends, cut, endings, _language in rules:
        if word.endswith(ends):
            stem = word[: len(word) - cut] if cut else word
            yield from (stem + ending for ending in endings)
            return
