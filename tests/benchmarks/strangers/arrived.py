"""How arrivals are mentioned: cases, families, initials, papers, passports, tags, addresses."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from tests.benchmarks.strangers.arrivals import Arrival
from tests.benchmarks.strangers.letters import BELARUSIAN_WAYS, RUSSIAN_WAYS, Way, capitals, tidy_russian

# Class: endings behind the stem for a man, a woman, a family. A class that is not there has no cases.
_BE: Final = {
    "adjective": ("ага аму ім", "ай ую", "ія іх ім імі"), "possessive": ("а у ым е", "ай у", "ы ых ым ымі"),
    "hissing": ("а у ам", "", "ы аў ам амі ах"), "noun": ("а у ам е", "", "аў ам амі ах"),
    "soft": ("я ю ем", "", "і яў ям ямі"), "first": ("ы у ам", "ы у ай", "ы ам амі"),
    "ko": ("і у ам", "", "і аў ам амі"), "fleeting": ("а у ом", "", "аў ам амі"),
    "lithuanian": ("а у ам", "", "аў ам амі"),
}  # fmt: skip
_RU: Final = {
    "adjective": ("ого ому им ом", "ой ую", "ие их им ими"), "possessive": ("а у ым е", "ой у",
    "ы ых ым ыми"),
    "hissing": ("а у ем е", "", "и ей ам ами ах"), "noun": ("а у ом е", "", "ов ам ами ах"),
    "soft": ("я ю ем е", "", "и ям ями"), "first": ("ы е у ой", "ы е у ой", "ы ам ами"),
    "fleeting": ("а у ом е", "", "ам ами"), "lithuanian": ("а у ом е", "", "ов ам ами"),
}  # fmt: skip
_UK: Final = {
    "adjective": ("ого ому им", "ої ій у", "і их им ими"), "possessive": ("а у им ові", "ої ій у",
    "и их им ими"),
    "hissing": ("а у ем еві", "", "ів ам ами"), "noun": ("а у ом ові", "", "и ів ам ами"),
    "soft": ("я ю ем еві", "", "ів ям ями"), "first": ("и і у ою", "и і у ою", "и ам ами"),
    "ko": ("а у ом ові", "", "ів ам ами"),
}  # fmt: skip
_CASES: Final = (_BE, _RU, _UK)
_DATIVE: Final = (
    {"adjective": ("аму", "ай"), "possessive": ("у", "ай"), "first": ("у", "ы"), "soft": ("ю", "")},
    {"adjective": ("ому", "ой"), "possessive": ("у", "ой"), "first": ("е", "е"), "soft": ("ю", "")},
)  # fmt: skip
_GIVEN: Final = {"а": ("ы у ай", "ы у ой"), "я": ("і ю яй", "и ю ей"), "й": ("я ю ем", "я ю ем")}
_PATRONYMIC: Final = "АВГМНПРСЮ"
_PASSPORTS: Final = {  # a Russian one until 2010, one of 2010 to 2013, and a Ukrainian one
    "1997": ("г=g ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=shch э=e в=v ы=y и=i", ("y", "y")),
    "2010": ("г=g ж=zh й=i х=kh ц=tc ч=ch ш=sh щ=shch э=e в=v ы=y и=i", ("i", "i")),
    "uk": ("г=h ж=zh й=i х=kh ц=ts ч=ch ш=sh щ=shch в=v и=y і=i ї=i є=ie", ("i", "i")),
}
_ALIKE: Final = {"а": "a", "е": "e", "о": "o", "с": "c", "р": "p", "х": "x", "і": "i", "у": "y"}
_LATIN_ALIKE: Final = {latin: cyrillic for cyrillic, latin in _ALIKE.items()}


def _passport(which: str) -> Way:
    letters, glide = _PASSPORTS[which]
    plain = dict(zip("абдзіклмнопрстуф", "abdziklmnoprstuf", strict=True))
    return Way({**plain, **dict(pair.split("=") for pair in letters.split())}, glide)


def _family(chance: random.Random, who: Arrival, at: int) -> str:
    """The family name in a case of Belarusian, Russian or Ukrainian, in small letters."""
    ends = _CASES[at].get(who.kind, ("", "", ""))[0 if who.person.man else 1].split()
    if not ends:
        return _nominative(who, at)
    stem = who.stems[at]
    if not who.person.man and who.kind == "adjective":
        return stem + chance.choice(ends)
    return stem + _soft_k(stem, chance.choice(ends), at)


def _soft_k(stem: str, end: str, at: int) -> str:
    """After k, g, kh there is no ы."""
    return ("і", "и", "и")[at] + end[1:] if end.startswith("ы") and stem[-1] in "кгх" else end


def _nominative(who: Arrival, at: int) -> str:
    if at == 2:
        assert who.ukrainian
        return who.ukrainian[1]
    return who.person.family[at]


def _household(chance: random.Random, who: Arrival, at: int) -> str:
    ends = _CASES[at].get(who.kind, ("", "", ""))[2].split()
    stem = who.stems[at]
    return stem + _soft_k(stem, chance.choice(ends), at) if ends else who.person.his[at]


def _to(who: Arrival, at: int) -> str:
    """The dative, as one wishes somebody freedom."""
    end = _DATIVE[at].get(who.kind, ("у", ""))[not who.person.man]
    if who.kind not in _CASES[at] or not end:
        return _nominative(who, at)
    return who.stems[at] + end


def _given(chance: random.Random, who: Arrival, at: int) -> str:
    name = who.person.given[at].lower()
    if name[-1] in "ая" or (who.person.man and name.endswith("й")):
        end = chance.choice(_GIVEN[name[-1]][at].split())
        return name[:-1] + _soft_k(name[:-1], end, at)
    if not who.person.man:
        return name
    if name.endswith("ь"):
        return name[:-1] + chance.choice("яю")
    return (name[:-1] + "в" if name.endswith("ў") else name) + chance.choice("ау")


def _latin(chance: random.Random, who: Arrival) -> tuple[str, str]:
    """Given and family name as some office or paper writes them, in small letters."""
    if chance.random() < 0.5:
        way: Callable[[str], str] = chance.choice(list(BELARUSIAN_WAYS.values()))
        return way(who.person.given[0]), way(who.person.family[0])
    way = chance.choice(list(RUSSIAN_WAYS.values()))
    return way(who.person.given[1]), tidy_russian(way(who.person.family[1]))


def _initials(chance: random.Random, who: Arrival, at: int) -> str:
    first, second = who.person.given[at][0], chance.choice(_PATRONYMIC)
    gap = chance.choice((" ", "", "\u00a0"))
    if chance.random() < 0.5:
        before = chance.choice((f"{first}.", f"{first}.{gap}{second}.")) + chance.choice((" ", "\u00a0"))
        return before + capitals(_family(chance, who, at))
    return f"{capitals(_family(chance, who, at))} {first}.{gap}{second}."


def _capital(chance: random.Random, who: Arrival, at: int) -> str:
    if chance.random() < 0.5:
        return f"{_family(chance, who, at)} {_given(chance, who, at)}".upper()
    given, family = _latin(chance, who)
    return f"{family} {given}".upper()


def _double(chance: random.Random, who: Arrival, at: int) -> str:
    other = chance.choice(
        (("Ліхтаровіч", "Лихтарович"), ("Сурвіла", "Сурвилло"), ("Дзьмухоўская", "Дмуховская"))
    )
    mine = capitals(_family(chance, who, at))
    return chance.choice((f"{mine}-{other[at]}", f"{other[at]}-{mine}"))


def _tag(chance: random.Random, who: Arrival) -> str:
    match chance.randrange(6):
        case 0:
            return f"#Свабоду_{capitals(_to(who, 0))}"
        case 1:
            return f"#Свабоду{capitals(_to(who, 0))}"
        case 2:
            return f"#Свободу_{capitals(_to(who, 1))}"
        case 3:
            return f"#Free{_ascii(chance, who)[1].capitalize()}"
        case 4:
            return f"#free{_ascii(chance, who)[1]}"
    return f"#FreiheitFür{capitals(RUSSIAN_WAYS['duden'](who.person.family[1]))}"


def _ascii(chance: random.Random, who: Arrival) -> tuple[str, str]:
    at = chance.randrange(2)
    way = (BELARUSIAN_WAYS, RUSSIAN_WAYS)[at][
        (("icao be", "law 2023"), ("icao ru", "english press"))[at][chance.randrange(2)]
    ]
    return way(who.person.given[at]), way(who.person.family[at])


def _address(chance: random.Random, who: Arrival) -> str:
    given, family = _ascii(chance, who)
    name = chance.choice(
        (
            f"{given}.{family}",
            f"{given[0]}.{family}",
            f"{family}_{given}",
            f"{family}.{given[0]}",
            f"{family}{chance.randrange(1960, 2004)}",
        )
    )
    return f"{name}@example.org"


def _in_passport(chance: random.Random, who: Arrival) -> str:
    which = chance.choice(("1997", "2010", "uk" if who.ukrainian else "2010", "by"))
    if which == "by":
        given, family = (
            BELARUSIAN_WAYS["icao be"](who.person.given[0]),
            BELARUSIAN_WAYS["icao be"](who.person.family[0]),
        )
    elif which == "uk" and who.ukrainian:
        given, family = (_passport("uk")(name.replace("ʼ", "'")) for name in who.ukrainian)
    else:
        given, family = (_passport(which)(name) for name in (who.person.given[1], who.person.family[1]))
    if chance.random() < 0.3:
        return f"P<XXX{family.upper()}<<{given.upper()}<<<<<<"
    return f"{family.upper()} {given.upper()}"


def _lacinka(chance: random.Random, who: Arrival) -> str:
    way = BELARUSIAN_WAYS[chance.choice(("latsinka", "latsinka bare", "icao be"))]
    if chance.random() < 0.5:
        return capitals(way(_family(chance, who, 0)))
    return f"{capitals(way(_given(chance, who, 0)))} {capitals(way(_family(chance, who, 0)))}"


def _polish(chance: random.Random, who: Arrival) -> str:
    name = who.own or capitals(BELARUSIAN_WAYS["polish be"](who.person.family[0]))
    if who.person.man:
        if name.endswith(("ski", "cki")):
            return name + chance.choice(("ego", "emu", "m"))
        if name[-1] in "aeoiėu":
            return name
        return name + chance.choice(("a", "owi", "em"))
    if name.endswith(("ska", "cka")):
        return name[:-1] + chance.choice(("iej", "ą"))
    return name


def _german(chance: random.Random, who: Arrival) -> str:
    way = chance.choice((BELARUSIAN_WAYS["german be"], RUSSIAN_WAYS["duden"]))
    at = 0 if way is BELARUSIAN_WAYS["german be"] else 1
    given, family = capitals(way(who.person.given[at])), capitals(tidy_russian(way(who.person.family[at])))
    end = "’" if family.endswith(("s", "z", "x")) else "s"
    return chance.choice(
        (
            f"{family}{end}",
            f"{given} {family}{end}",
            f"Familie {family}",
            f"{('Herrn', 'Frau')[not who.person.man]} {family}",
        )
    )


def _english(chance: random.Random, who: Arrival) -> str:
    given, family = (capitals(name) for name in _latin(chance, who))
    many = f"the {family}es" if family.endswith(("s", "z", "x", "ch", "sh")) else f"the {family}s"
    return chance.choice(
        (f"{family}'s", f"{given} {family}’s", f"Ms {family}" if not who.person.man else f"Mr {family}", many)
    )


def _mixed(chance: random.Random, who: Arrival, at: int) -> str:
    if chance.random() < 0.6:
        word = _family(chance, who, at)
        return capitals(
            "".join(_ALIKE.get(letter, letter) if chance.random() < 0.5 else letter for letter in word)
        )
    word = _latin(chance, who)[1]
    return capitals(
        "".join(_LATIN_ALIKE.get(letter, letter) if chance.random() < 0.3 else letter for letter in word)
    )


def _broken(chance: random.Random, who: Arrival, at: int) -> str:
    given, family = capitals(_given(chance, who, at)), capitals(_family(chance, who, at))
    places = [
        n for n in range(2, len(family) - 2) if family[n - 1] in "аеёіиоуыэюя" and family[n] not in "ьў"
    ]
    place = chance.choice(places or [len(family) // 2])
    return chance.choice(
        (
            f"{family[:place]}-\n{family[place:]}", f"{given}\n{family}",
            f"{family[:place]}\u00ad{family[place:]}",
            f"{family[:place]}\u200b{family[place:]}",
            f"{given}\u00a0{family[:place]}\u00ad\n{family[place:]}",
        )
    )  # fmt: skip


_TEXT: Final = {
    "be": ("Ліст {name} вярнуўся без марак.", "Пасля суда {name} ніхто не бачыў.",
           "Мы чулі пра {name} у жніўні.",
           "Паводле рашэння, справу {name} перадалі ў вобласць.", "Чакаем навін ад {name}."),
    "ru": ("Передачу для {name} не приняли.", "По делу {name} допросили ещё двоих.",
           "После этапа о {name} ничего не слышно.",
           "Суд отложили, {name} остаётся под стражей.", "Спросите {name}, дошла ли книга."),
    "uk": ("Листа від {name} чекали до осені.", "У справі {name} призначено засідання.",
           "Про {name} писали у вівторок."),
    "pl": ("W sprawie {name} nic nowego.", "List do {name} doszedł po miesiącu.",
           "Adwokat odwiedził w piątek {name}."),
    "de": ("Über {name} war lange nichts zu hören.",
           "Der Antrag, den {name} gestellt hatte, liegt beim Gericht.",
           "Am Freitag durfte {name} telefonieren."),
    "en": ("There was no word from {name} for weeks.", "The appeal, brought by {name}, was dismissed.",
           "On Friday {name} could make a call."),
    "any": ("{name}", "» {name} «", "({name})", "1. {name}; 2. …", "[{name}]"),
}  # fmt: skip


def mention_of(chance: random.Random, who: Arrival) -> tuple[str, str]:
    """A sentence somebody is in, and the kind of mention."""
    at = chance.randrange(2)
    there = ("be", "ru")[at]
    kinds: dict[str, Callable[[], tuple[str, str]]] = {
        "family": lambda: (capitals(_family(chance, who, at)), there),
        "both": lambda: (f"{capitals(_given(chance, who, at))} {capitals(_family(chance, who, at))}", there),
        "household": lambda: (capitals(_household(chance, who, at)), there),
        "initials": lambda: (_initials(chance, who, at), there),
        "capitals": lambda: (_capital(chance, who, at), there),
        "double": lambda: (_double(chance, who, at), there),
        "tag": lambda: (_tag(chance, who), "any"),
        "address": lambda: (_address(chance, who), "any"),
        "passport": lambda: (_in_passport(chance, who), "any"),
        "lacinka": lambda: (_lacinka(chance, who), chance.choice(("en", "any"))),
        "polish": lambda: (_polish(chance, who), "pl"),
        "german": lambda: (_german(chance, who), "de"),
        "english": lambda: (_english(chance, who), "en"),
        "mixed": lambda: (_mixed(chance, who, at), there),
        "broken": lambda: (_broken(chance, who, at), there),
    }
    if who.ukrainian:
        kinds["ukrainian"] = lambda: (capitals(_family(chance, who, 2)), "uk")
    if who.own:
        kinds["own"] = lambda: (who.own, chance.choice(("pl", "de", "en")))
    kind = chance.choice(list(kinds))
    said, language = kinds[kind]()
    return chance.choice(_TEXT[language]).format(name=said), kind
