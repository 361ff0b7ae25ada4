"""How an office, a bank, a border post or a journalist writes a Cyrillic name in Latin letters.

Each way is a plain table of somebody's habit, letter by letter, with what comes before е ё ю я at the start
of a word or after a vowel, and after a consonant. Sources: ICAO Doc 9303, ALA-LC 1997, GOST 7.79-2000 B, the
Belarusian decision of 2023, Duden, French and Italian newspapers, Polish, Lithuanian and Czech habits, chats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import attrs

_VOWELS: Final = "аеёіиоуыэюя"
_PLAIN: Final = dict(zip("абдзіклмнопрстуфиы", "abdziklmnoprstufiy", strict=True))


@attrs.frozen
class Way:
    """One habit.

    Attributes:
        letters: what each Cyrillic letter becomes.
        glide: before e o u a of е ё ю я at the start or after a vowel, and after a consonant.
        soft: for the soft sign.
    """

    letters: Mapping[str, str]
    glide: tuple[str, str]
    soft: str = ""
    bare_e: bool = True

    def __call__(self, word: str) -> str:
        out: list[str] = []
        for place, letter in enumerate(word.casefold()):
            before = word[place - 1] if place else ""
            if letter in "еёюя":
                open_ = not before or before in _VOWELS + "ьъ'ў-"
                glide = self.glide[0] if open_ else self.glide[1]
                if letter == "е" and self.bare_e and not open_:
                    glide = ""
                out.append(glide + "eoua"["еёюя".index(letter)])
            elif letter == "ь":
                out.append(self.soft)
            elif letter in "'ъ":
                continue
            else:
                out.append(self.letters.get(letter, letter))
        return "".join(out)


def _way(letters: str, glide: tuple[str, str], *, soft: str = "", bare_e: bool = True) -> Way:
    pairs = dict(pair.split("=") for pair in letters.split())
    return Way({**_PLAIN, **pairs}, glide, soft, bare_e)


_EN: Final = "г=h ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=shch э=e ў=u в=v ґ=g"
BELARUSIAN_WAYS: Final[Mapping[str, Callable[[str], str]]] = {
    "icao be": _way("г=h ж=zh й=i х=kh ц=ts ч=ch ш=sh э=e ў=u в=v", ("i", "i"), bare_e=False),
    "law 2023": _way("г=h ж=zh й=y х=kh ц=ts ч=ch ш=sh э=e ў=u в=v", ("y", "y"), bare_e=False),
    "latsinka": _way("г=h ж=ž й=j х=ch ц=c ч=č ш=š э=e ў=ŭ в=v", ("j", "i"), bare_e=False),
    "latsinka bare": _way("г=h ж=z й=j х=ch ц=c ч=c ш=s э=e ў=u в=v", ("j", "i"), bare_e=False),
    "polish be": _way("г=h ж=ż й=j х=ch ц=c ч=cz ш=sz э=e ў=u в=w", ("j", "i"), bare_e=False),
    "german be": _way("г=h ж=sch з=s й=j х=ch ц=z ч=tsch ш=sch э=e ў=u в=w", ("j", "j")),
    "czech be": _way("г=h ж=ž й=j х=ch ц=c ч=č ш=š э=e ў=u в=v", ("j", "j")),
    "chat be": _way("г=h ж=zh й=y х=h ц=c ч=ch ш=sh э=e ў=w в=v", ("y", "i")),
}
RUSSIAN_WAYS: Final[Mapping[str, Callable[[str], str]]] = {
    "icao ru": _way("г=g ж=zh й=i х=kh ц=ts ч=ch ш=sh щ=shch э=e в=v", ("i", "i"), bare_e=True),
    "english press": _way("г=g ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=shch э=e в=v", ("y", "y")),
    "ala-lc bare": _way("г=g ж=zh й=i х=kh ц=ts ч=ch ш=sh щ=shch э=e в=v", ("i", "i"), soft="'"),
    "gost b": _way("г=g ж=zh й=j х=x ц=cz ч=ch ш=sh щ=shh э=e в=v ы=y", ("y", "y"), soft="'"),
    "duden": _way("г=g ж=sch й=i х=ch ц=z ч=tsch ш=sch щ=schtsch э=e в=w з=s", ("j", "j")),
    "french": _way("г=g ж=j й=ï х=kh ц=ts ч=tch ш=ch щ=chtch э=e в=v у=ou", ("i", "i")),
    "italian": _way("г=g ж=z й=j х=ch ц=c ч=c ш=s щ=sc э=e в=v", ("j", "j")),
    "polish ru": _way("г=g ж=ż й=j х=ch ц=c ч=cz ш=sz щ=szcz э=e в=w", ("j", "i")),
    "chat ru": _way("г=g ж=zh й=i х=h ц=c ч=ch ш=sh щ=sch э=e в=v", ("y", "y")),
    "english short": _way("г=g ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=shch э=e в=v", ("y", "i")),
}


def capitals(name: str) -> str:
    """First letters large, also after a hyphen."""
    return "-".join(part[:1].upper() + part[1:] for part in name.split("-"))


def tidy_russian(latin: str) -> str:
    """-iy and -yi at the end of a surname are often one letter."""
    for long, short in (("skiy", "sky"), ("skii", "skii"), ("skij", "skij"), ("tskiy", "tsky")):
        if latin.endswith(long):
            return latin.removesuffix(long) + short
    return latin
