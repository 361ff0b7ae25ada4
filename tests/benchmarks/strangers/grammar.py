"""Family names nobody has ever borne, put together sound by sound, and how they go in every case.

No root is a word of a list: sounds are drawn by chance, and each ending brings its whole paradigm, as
grammars have it, apart from the tables of `app.names`. So every seed is a first sight to anybody:
`.venv/bin/python -m tests.benchmarks.strangers.unseen 7 8 9`.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Final

import attrs

_HARD: Final = "б в г д ж з к л м н п р с т х ц ч ш"
_PAIRS: Final = "бр вл гл гр дв др зв зл кв кл кр мл пл пр св сл см сн ст тр хл хм шк шл шп шт"
_CLOSED: Final = "б в г д з к л м н п р с т ж ч ш рд рк рм рс лк лд мп нд нк нт рт рп лж рж ск ст шт"
_ALWAYS_HARD: Final = "жшрчц"
_SIBILANT: Final = "жшчц"
_VELAR: Final = "гкх"


@attrs.frozen
class Declined:
    """A word in the cases of both languages, the nominative first; and of a family.

    Attributes:
        be, ru: nominative, genitive, dative, accusative, instrumental, locative.
        many_be, many_ru: a family in the same order; empty where the word has none.
    """

    be: tuple[str, ...]
    ru: tuple[str, ...]
    many_be: tuple[str, ...] = ()
    many_ru: tuple[str, ...] = ()


@attrs.frozen
class Unseen:
    """Somebody who was never born.

    Attributes:
        man: a man.
        kind: what their family name ends in.
        given: in the cases of both languages.
        western: the given name in other countries, or a reading of it.
        father: patronymic in both languages, nominative.
        short: what friends call them, in the cases of both languages.
        his, hers: the family name of a man and a woman of the family.
    """

    man: bool
    kind: str
    given: Declined
    western: str
    father: tuple[str, str]
    short: Declined
    his: Declined
    hers: Declined

    @property
    def family(self) -> Declined:
        """The family name as this person bears it."""
        return self.his if self.man else self.hers


# Endings behind a stem; "=" stands for the stem alone. Ы behind a velar is і and и.
_MASCULINE: Final = ("= а у а ам е", "= а у а ом е")  # of a person after a velar the locative is у: _with_end
_SOFT: Final = ("ь я ю я ем і", "ь я ю я ем е")
_JOT: Final = ("й я ю я ем і", "й я ю я ем е")
_HISSING: Final = ("= а у а ам у", "= а у а ем е")
_POSSESSIVE: Final = ("= а у а ым е", "= а у а ым е")
_HER_POSSESSIVE: Final = ("а ай ай у ай ай", "а ой ой у ой ой")
_ADJECTIVE: Final = ("і ага аму ага ім ім", "ий ого ому ого им ом")
_HER_ADJECTIVE: Final = ("ая ай ай ую ай ай", "ая ой ой ую ой ой")
_FIRST: Final = ("а ы е у ай е", "а ы е у ой е")
_KO: Final = ("а і у у ам у", "о о о о о о")
_FIXED: Final = ("= = = = = =", "= = = = = =")
_MANY: Final = ("ы аў ам аў амі ах", "ы ов ам ов ами ах")
_MANY_SOFT: Final = ("і яў ям яў ямі ях", "и ей ям ей ями ях")
_MANY_HISSING: Final = ("ы аў ам аў амі ах", "и ей ам ей ами ах")
_MANY_POSSESSIVE: Final = ("ы ых ым ых ымі ых", "ы ых ым ых ыми ых")
_MANY_ADJECTIVE: Final = ("ія іх ім іх імі іх", "ие их им их ими их")

# Kind: suffixes Belarusian and Russian, his, hers ("" is undeclined), a family.
_KINDS: Final[
    Mapping[str, tuple[tuple[str, ...], tuple[str, str], tuple[str, str] | None, tuple[str, str]]]
] = {
    "ski": (
        ("аўск овск", "інск инск", "ск ск", "еўск евск", "анск анск"),
        _ADJECTIVE,
        _HER_ADJECTIVE,
        _MANY_ADJECTIVE,
    ),
    "ov": (("оў ов", "аў ов", "еў ев", "ін ин", "ёў ёв"), _POSSESSIVE, _HER_POSSESSIVE, _MANY_POSSESSIVE),
    "vich": (
        ("овіч ович", "евіч евич", "кевіч кевич", "аловіч алович", "інкевіч инкевич"),
        _HISSING,
        None,
        _MANY_HISSING,
    ),
    "uk": (
        ("ук ук", "чук чук", "юк юк", "ак ак", "ік ик", "чык чик", "ан ан", "ман ман", "ун ун", "ар арь"),
        _MASCULINE,
        None,
        _MANY,
    ),
    "ko": (("енк енк", "чанк ченк", "к к", "аленк аленк"), _KO, None, ("і аў ам аў амі ах", "о о о о о о")),
    "a": (("аг аг", "ул ул", "ырд ырд", "уз уз", "ін ин", "ашк ашк", "эйк ейк"), _FIRST, _FIRST, _MANY),
    "soft": (("ел ел", "ал ал", "ул ул", "іс ис"), _SOFT, None, _MANY_SOFT),
    "jot": (("а а", "е е", "у у"), _JOT, None, _MANY_SOFT),
    "ich": (("аш аш", "ыш иш", "ач ач", "іч ич"), _HISSING, None, _MANY_HISSING),
    "fixed": (("ых ых", "швілі швили", "адзэ адзе", "іані иани", "а а"), _FIXED, _FIXED, _FIXED),
}
_FLEETING: Final = ("анок онок анк онк", "ец ец ц ц", "ок ок к к")

# Given names in the cases: stem be, stem ru, class; Western; patronymics his and hers; short names.
_GIVEN: Final = {
    True: (
        "Уладзіслаў Владислав m Vladislav Уладзік Владик",
        "Станіслаў Станислав m Stanislas Стась Стас",
        "Мікола Никола m Nicholas Коля Коля",
        "Антон Антон m Anthony Антось Антоша",
        "Зміцер Дмитрий m Dmitri Зьмітро Дима",
        "Алесь Алесь m Ales Алесік Алесик",
        "Захар Захар m Zachary Захарка Захарка",
        "Уладзімір Владимир m Vladimir Валодзя Володя",
        "Андрэй Андрей m Andrew Андрэйка Андрюша",
        "Вадзім Вадим m Vadim Вадзік Вадик",
        "Кастусь Константин m Constantine Косцік Костя",
        "Сяргей Сергей m Sergei Сярожа Серёжа",
        "Янка Иван m John Ясь Ваня",
        "Максім Максим m Maxim Максік Макс",
    ),
    False: (
        "Наталля Наталья f Natalie Наталка Наташа",
        "Алена Елена f Helen Лена Лена",
        "Вольга Ольга f Olga Воля Оля",
        "Кацярына Екатерина f Catherine Каця Катя",
        "Марыя Мария f Mary Марыська Маша",
        "Ганна Анна f Anna Ганка Аня",
        "Тацяна Татьяна f Tatiana Таня Таня",
        "Юлія Юлия f Julia Юля Юля",
        "Паліна Полина f Pauline Паліначка Поля",
        "Вераніка Вероника f Veronica Ніка Ника",
        "Святлана Светлана f Svetlana Света Света",
        "Людміла Людмила f Ludmila Люда Люда",
    ),
}
_FATHERS: Final = (
    "Пятровіч Петрович Пятроўна Петровна",
    "Іванавіч Иванович Іванаўна Ивановна",
    "Аляксандравіч Александрович Аляксандраўна Александровна",
    "Віктаравіч Викторович Віктараўна Викторовна",
    "Мікалаевіч Николаевич Мікалаеўна Николаевна",
    "Юр'евіч Юрьевич Юр'еўна Юрьевна",
)


def _syllable(chance: random.Random) -> tuple[str, str]:
    """A syllable that begins with a consonant, as both languages write it."""
    onset = chance.choice(_PAIRS.split()) if chance.random() < 0.25 else chance.choice(_HARD.split())
    sound = chance.choice("ааоуіеыя")
    be, ru = sound, {"і": "и", "ы": "ы"}.get(sound, sound)
    last = onset[-1]
    if last in _ALWAYS_HARD or last == "г":
        be = {"і": "ы", "е": "э", "я": "а"}.get(be, be) if last in _ALWAYS_HARD else be.replace("ы", "і")
        ru = {"ы": "и", "я": "а"}.get(ru, ru) if last in _SIBILANT else ru
        ru = ru.replace("ы", "и") if last == "г" else ru
    if last in "кх":
        be, ru = be.replace("ы", "і").replace("я", "а"), ru.replace("ы", "и").replace("я", "а")
    if be == "о":
        be = "а"  # unstressed: the ending has the stress
    soft = {"д": "дз", "т": "ц"}
    onset_be = onset
    if last in soft and be in "іея":
        onset_be = onset[:-1] + soft[last]
    return onset_be + be, onset + ru


def _root(chance: random.Random) -> tuple[str, str]:
    parts = [_syllable(chance) for _ in range(chance.choice((1, 1, 2)))]
    be, ru = ("".join(part[at] for part in parts) for at in (0, 1))
    closed = chance.choice(_CLOSED.split())
    if be[-1] in "аэоуыіея" and closed[0] == "в" and len(closed) > 1:
        be += "ў" + closed[1:]
    else:
        be += closed
    return be, ru + closed


def _fit(stem: str, suffix: str, at: int) -> str:
    """A suffix behind a root, as the language spells it."""
    last = stem[-1]
    if at == 0:
        if last in _ALWAYS_HARD:
            suffix = {"і": "ы", "е": "э", "ё": "о", "ю": "у", "я": "а"}.get(suffix[0], suffix[0]) + suffix[1:]
        elif last in _VELAR:
            suffix = {"ы": "і", "э": "е", "ё": "о", "ю": "у"}.get(suffix[0], suffix[0]) + suffix[1:]
        elif last in "дт" and suffix[0] in "іеёюя":
            stem = stem[:-1] + {"д": "дз", "т": "ц"}[last]
    elif last in _SIBILANT + _VELAR:
        suffix = {"ы": "и", "ю": "у", "я": "а"}.get(suffix[0], suffix[0]) + suffix[1:]
    return stem + suffix


def _cased(stem: str, ends: str, at: int) -> tuple[str, ...]:
    return tuple(_with_end(stem, end, at, person=ends == _MASCULINE[0]) for end in ends.split())


def _with_end(stem: str, end: str, at: int, *, person: bool = False) -> str:
    if end == "=":
        return stem
    open_stem = stem[:-1] + "в" if at == 0 and stem.endswith("ў") and end[0] in "аеёіоуыэюя" else stem
    last = open_stem[-1]
    if at == 0 and end == "е":
        if person and last in _VELAR:
            return open_stem + "у"  # аб Панасюку
        changed = {"к": "ц", "г": "з", "х": "с", "д": "дз", "т": "ц"}.get(last)
        if changed:
            return open_stem[:-1] + changed + ("э" if last in "кгх" and changed in "ц" else "е")
        if last in _ALWAYS_HARD:
            return open_stem + "ы"
    if end[0] == "ы" and last in _VELAR:
        end = ("і" if at == 0 else "и") + end[1:]
    if end[0] == "ы" and last in _SIBILANT and at == 1:
        end = "и" + end[1:]
    if end[0] == "о" and at == 1 and last in _SIBILANT and end in ("ом", "ой", "ов"):
        end = {"ом": "ем", "ой": "ей", "ов": "ей"}[end]
    return open_stem + end


def _declined(be: str, ru: str, ends: tuple[str, str] | None, many: tuple[str, str]) -> Declined:
    one = ends or _FIXED
    return Declined(
        _cased(be, one[0], 0), _cased(ru, one[1], 1), _cased_many(be, many, 0), _cased_many(ru, many, 1)
    )


def _cased_many(stem: str, many: tuple[str, str], at: int) -> tuple[str, ...]:
    return _cased(stem, many[at], at)


def family_name(chance: random.Random) -> tuple[str, Declined, Declined]:
    """A family name: what it ends in, his and hers."""
    root = _root(chance)
    if chance.random() < 0.08:
        be, ru, be_stem, ru_stem = chance.choice(_FLEETING).split()
        shown = (_fit(root[0], be, 0), _fit(root[1], ru, 1))
        stem = (root[0] + be_stem, root[1] + ru_stem)
        ends = [_cased(stem[at], _MASCULINE[at], at) for at in (0, 1)]
        his = Declined(
            (shown[0], *ends[0][1:]),
            (shown[1], *ends[1][1:]),
            *(_cased_many(stem[at], _MANY, at) for at in (0, 1)),
        )
        return "fleeting", his, Declined((shown[0],) * 6, (shown[1],) * 6)
    kind = chance.choice(list(_KINDS))
    suffixes, his_ends, her_ends, many = _KINDS[kind]
    be_end, ru_end = chance.choice(suffixes).split()
    be, ru = _fit(root[0], be_end, 0), _fit(root[1], ru_end, 1)
    his = _declined(be, ru, his_ends, many)
    if her_ends is not None:
        return kind, his, _declined(be, ru, her_ends, many)
    return kind, his, Declined((his.be[0],) * 6, (his.ru[0],) * 6, his.many_be, his.many_ru)


_GIVEN_ENDS: Final = {
    "": ("= а у а ам е", "= а у а ом е"),
    "й": ("й я ю я ем ю", "й я ю я ем е"),
    "ь": ("ь я ю я ем ю", "ь я ю я ем е"),
    "а": ("а ы е у ай е", "а ы е у ой е"),
    "я": ("я і і ю яй і", "я и е ю ей е"),
    "я2": ("я і і ю яй і", "я и и ю ей и"),
    "о": ("о а у а ом е", "о а у а ом е"),
}


def _given_cases(name: str, at: int) -> tuple[str, ...]:
    last = name[-1]
    stem = name[:-1] if last in "йьаяо" else name
    key = ("я2" if name.endswith(("ия", "ія")) else last) if last in "йьаяо" else ""
    return _cased(stem.lower(), _GIVEN_ENDS[key][at], at)


def unseen(chance: random.Random, number: int) -> list[Unseen]:
    """So many people, each with a family name of their own."""
    found: dict[str, Unseen] = {}
    while len(found) < number:
        man = chance.random() < 0.6
        be, ru, _kind, western, short_be, short_ru = chance.choice(_GIVEN[man]).split()
        kind, his, hers = family_name(chance)
        if min(len(his.be[0]), len(his.ru[0])) < 5:
            continue
        fathers = chance.choice(_FATHERS).split()
        given = Declined(_given_cases(be, 0), _given_cases(ru, 1))
        short = Declined(_given_cases(short_be, 0), _given_cases(short_ru, 1))
        father = (fathers[0], fathers[1]) if man else (fathers[2], fathers[3])
        found.setdefault(his.ru[0], Unseen(man, kind, given, western, father, short, his, hers))
    return list(found.values())
