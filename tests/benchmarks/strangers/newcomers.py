"""Names and forms put down after `app.names` was last mended, and measured before anybody looked at a miss.

Other roots, given names and sentences than `people` and `cases`; besides the cases also whole families
("сям'я Кудравіцкіх"), two initials, capitals, double surnames, Polish plurals, German genitives.
"""

from __future__ import annotations

import random
from typing import Final

from tests.benchmarks.strangers.letters import BELARUSIAN_WAYS, RUSSIAN_WAYS, capitals, tidy_russian
from tests.benchmarks.strangers.people import Stranger

_MEN: Final = (
    "Алег Олег Oleg", "Міхаіл Михаил Michael", "Пятро Пётр Peter", "Рыгор Григорий Gregory",
    "Мікалай Николай Nicholas", "Фёдар Фёдор Theodore", "Васіль Василий Basil", "Юрый Юрий George",
    "Кірыл Кирилл Cyril", "Раман Роман Roman", "Сямён Семён Simon", "Яўген Евгений Eugene",
    "Павел Павел Paul", "Захар Захар Zachary", "Ігнат Игнат Ignatius", "Мацвей Матвей Matthew",
    "Генадзь Геннадий Gennady", "Руслан Руслан Ruslan", "Уладзімір Владимир Vladimir", "Андрэй Андрей Andrew",
)  # fmt: skip
_WOMEN: Final = (
    "Таццяна Татьяна Tatiana", "Кацярына Екатерина Catherine", "Вольга Ольга Olga",
    "Святлана Светлана Svetlana", "Наталля Наталья Natalia", "Марыя Мария Mary", "Ірына Ирина Irene",
    "Ксенія Ксения Xenia", "Дар'я Дарья Daria", "Аксана Оксана Oksana", "Вера Вера Vera", "Ева Ева Eve",
    "Ганна Анна Anna", "Вікторыя Виктория Victoria", "Анжаліка Анжелика Angelica",
)  # fmt: skip
# Belarusian and Russian of a root that wants a suffix.
_ROOTS: Final = (
    "адам адам", "бялянк белянк", "бурак бурак", "быкоўн быковн", "вайцях войтех", "васілёнк василёнк",
    "верамей веремей", "гарбач горбач", "грыц гриц", "драніц драниц", "дубаў дубов", "ждан ждан",
    "жылінск жилинск", "казлюк козлюк", "каваль коваль", "каптур каптур", "краўц кравц", "кудраў кудров",
    "ламак ломак", "лукаш лукаш", "марцін мартин", "мікалайч николайч", "навас новос", "нічыпар нечипор",
    "пракап прокоп", "пятраш петраш", "рагач рогач", "раткевіч раткевич", "рыбал рыбал", "савіц савиц",
    "сакал сокол", "сідар сидор", "скараход скороход", "стральц стрельц", "сухадол суходол", "тарашк тарашк",
    "трафім трофим", "хадан ходан", "хамял хомел", "цярэш тереш", "чарняк черняк", "шаблюк шаблюк",
    "шастак шестак", "шыманч шиманч", "шчарбак щербак", "юрэв юрев", "яраш ерош", "ярмол ермол",
)  # fmt: skip
# Suffix of a man, of a woman, Belarusian then Russian; and the class of its cases.
_SUFFIXES: Final = (
    ("эвіч", "евич", "эвіч", "евич", "noun"), ("овіч", "ович", "овіч", "ович", "noun"),
    ("цкі", "цкий", "цкая", "цкая", "adjective"), ("оўскі", "овский", "оўская", "овская", "adjective"),
    ("аў", "ов", "ава", "ова", "possessive"), ("ін", "ин", "іна", "ина", "possessive"),
    ("ук", "ук", "ук", "ук", "noun"), ("енка", "енко", "енка", "енко", "fixed"),
    ("ік", "ик", "ік", "ик", "noun"), ("онак", "онок", "онак", "онок", "fleeting"),
)  # fmt: skip
_WHOLE: Final = (
    ("ісмаілаў", "исмаилов", "ісмаілава", "исмаилова", "possessive"),
    ("керымзадэ", "керимзаде", "керымзадэ", "керимзаде", "fixed"),
    ("аванесян", "аванесян", "аванесян", "аванесян", "noun"),
    ("махарадзэ", "махарадзе", "махарадзэ", "махарадзе", "fixed"),
    ("лапашвілі", "лапашвили", "лапашвілі", "лапашвили", "fixed"),
    ("абдрахманаў", "абдрахманов", "абдрахманава", "абдрахманова", "possessive"),
    ("ляшчынскі", "лещинский", "ляшчынская", "лещинская", "adjective"),
    ("ваўчок", "волчок", "ваўчок", "волчок", "fleeting"),
    ("перавалаў", "перевалов", "перавалава", "перевалова", "possessive"),
    ("скляр", "скляр", "скляр", "скляр", "noun"), ("бялоў", "белов", "бялова", "белова", "possessive"),
    ("пятрэнка", "петренко", "пятрэнка", "петренко", "fixed"),
    ("жураўлёў", "журавлёв", "жураўлёва", "журавлёва", "possessive"),
    ("крыжаноўскі", "крыжановский", "крыжаноўская", "крыжановская", "adjective"),
)  # fmt: skip
# Put down when the rules had been mended once more after the first of these were looked at; nobody looked at
# a miss of these.
_LATE_ROOTS: Final = (
    "алексяюк алексеюк", "астап остап", "ахрам ахрем", "багамол богомол", "бандар бондар", "барсук барсук",
    "вераб вереб", "гайдук гайдук", "галавач головач", "ганчар гончар", "давыд давыд", "ефім ефим",
    "жук жук", "звярук зверук", "ігнац игнат", "ісак исаак", "кабяк кобяк", "карась карась", "качан качан",
    "кіры кири", "клім клим", "кулак кулак", "лагун лагун", "лапат лопат", "ліпн липн", "маскал москал",
    "надт надт", "панамар пономар", "пархом пархом", "піліп филипп", "рэшат решет", "сачыў сочив",
    "скрып скрип", "стафан стефан", "сушч сущ", "тамаш томаш", "тупік тупик", "харыт харит", "цвірк цвирк",
    "цітар титар", "чайк чайк", "шпак шпак", "шыш шиш", "якім яким", "ярашэв ерошев", "яфрэм ефрем",
)  # fmt: skip
_LATE_MEN: Final = (
    "Антон Антон Anthony", "Арсеній Арсений Arseny", "Аляксей Алексей Alexis", "Віктар Виктор Victor",
    "Даніла Данила Daniel", "Дзмітрый Дмитрий Demetrius", "Мікалай Николай Nicolas", "Максім Максим Maxim",
    "Сцяпан Степан Stephen", "Тарас Тарас Taras", "Францішак Франтишек Francis", "Язэп Иосиф Joseph",
)  # fmt: skip
_LATE_WOMEN: Final = (
    "Алена Елена Helen", "Аляксандра Александра Alexandra", "Дамініка Доминика Dominica",
    "Крысціна Кристина Christina", "Надзея Надежда Nadia", "Тамара Тамара Tamara", "Эма Эмма Emma",
)  # fmt: skip
_LATE_WHOLE: Final = (
    ("рагімаў", "рагимов", "рагімава", "рагимова", "possessive"),
    ("саркісян", "саркисян", "саркісян", "саркисян", "noun"),
    ("бакрадзэ", "бакрадзе", "бакрадзэ", "бакрадзе", "fixed"),
    ("мікадзэ", "микадзе", "мікадзэ", "микадзе", "fixed"),
    ("юзафовіч", "юзефович", "юзафовіч", "юзефович", "noun"),
    ("кандрацюк", "кондратюк", "кандрацюк", "кондратюк", "noun"),
    ("валасюк", "волосюк", "валасюк", "волосюк", "noun"),
    ("хадзькоў", "ходьков", "хадзькова", "ходькова", "possessive"),
    ("чарнецкі", "чернецкий", "чарнецкая", "чернецкая", "adjective"),
    ("сянкевіч", "сенкевич", "сянкевіч", "сенкевич", "noun"),
)  # fmt: skip
# What a case puts after the stem: one, then a whole family. Belarusian, Russian.
_HIS: Final = {
    "noun": (("а у ам е", "аў ам амі ах"), ("а у ем е", "ей ам ами ах")),
    "adjective": (("ага аму ім", "іх ім імі"), ("ого ому им ом", "их им ими")),
    "possessive": (("а у ым е", "ых ым ымі"), ("а у ым е", "ых ым ыми")),
    "fleeting": (("а у ам", "аў ам амі"), ("а у ом", "ов ам ами")),
}  # fmt: skip
_HERS: Final = {
    "adjective": ("ай ую", "ой ую"),
    "possessive": ("ай у", "ой у"),
}  # fmt: skip


def newcomers(chance: random.Random, number: int, *, late: bool = False) -> list[tuple[Stranger, str]]:
    """So many, no two with the same family name, each with the class of its cases."""
    men, women = (_LATE_MEN, _LATE_WOMEN) if late else (_MEN, _WOMEN)
    roots, wholes = (_LATE_ROOTS, _LATE_WHOLE) if late else (_ROOTS, _WHOLE)
    found: dict[str, tuple[Stranger, str]] = {}
    while len(found) < number:
        man = chance.random() < 0.6
        be, ru, western = chance.choice(men if man else women).split()
        if chance.random() < 0.25:
            forms = chance.choice(wholes)
        else:
            root, end = chance.choice(roots).split(), chance.choice(_SUFFIXES)
            if end[0].startswith("ц"):
                root = [one.rstrip("чцкт") for one in root]  # nobody is called Рогачцкий
            forms = (root[0] + end[0], root[1] + end[1], root[0] + end[2], root[1] + end[3], end[4])
        somebody = Stranger(man, (be, ru, western), (forms[0], forms[1]), (forms[2], forms[3]))
        found.setdefault(forms[0], (somebody, forms[4]))
    return list(found.values())


def _stem(word: str, cases: str, at: int) -> str:
    if cases == "adjective":
        return word.removesuffix(("і", "ий")[at])
    if cases == "fleeting":
        return word[:-2] + word[-1]
    if cases == "possessive" and at == 0 and word.endswith("ў"):
        return word[:-1] + "в"
    return word


def _in_a_case(chance: random.Random, person: Stranger, cases: str, at: int, *, all_of_them: bool) -> str:
    if cases == "fixed":
        return person.family[at]
    if all_of_them or person.man:
        ends = _HIS[cases][at][1 if all_of_them else 0].split()
        return _stem(person.his[at], cases, at) + chance.choice(ends)
    if cases not in _HERS:
        return person.hers[at]  # a woman's name that ends in a consonant has no cases
    word = person.hers[at]
    return word.removesuffix("ая" if cases == "adjective" else "а") + chance.choice(_HERS[cases][at].split())


_PLURAL_PL: Final = (("ski", "skich"), ("cki", "ckich"), ("icz", "iczów"), ("uk", "uków"), ("", "ów"))


def said_of(chance: random.Random, person: Stranger, cases: str) -> str:
    """How somebody stands in a sentence."""
    at = chance.randrange(2)
    family = capitals(_in_a_case(chance, person, cases, at, all_of_them=False))
    latin_be = chance.choice(list(BELARUSIAN_WAYS.values()))
    latin_ru = chance.choice(list(RUSSIAN_WAYS.values()))
    match chance.randrange(9):
        case 0:
            return family
        case 1:
            return capitals(_in_a_case(chance, person, cases, at, all_of_them=True))
        case 2:
            return f"{person.given[at][0]}. {chance.choice('АВМНПС')}. {family}"
        case 3:
            return f"{family.upper()} {capitals(person.given[at].lower())}"
        case 4:
            return f"{chance.choice(('Кавальчук', 'Савіч', 'Мельник'))}-{family}"
        case 5:
            return f"{capitals(latin_be(person.given[0]))} {capitals(latin_be(person.family[0]))}'s"
        case 6:
            return f"{('Herrn', 'Frau')[not person.man]} {capitals(tidy_russian(latin_ru(person.family[1])))}"
        case 7:
            polish = BELARUSIAN_WAYS["polish be"](person.his[0])
            end, many = next(pair for pair in _PLURAL_PL if polish.endswith(pair[0]))
            return capitals(polish.removesuffix(end) + many)
    return f"{capitals(tidy_russian(latin_ru(person.family[1])))}, {latin_ru(person.given[1])[0].upper()}."


_SENTENCES: Final = (
    "Родныя {name} чакалі да вечара.", "Пра {name} напісалі толькі адзін раз.", "У судзе бачылі {name}.",
    "Дело {name} передали в другой суд.", "Об этом сообщил адвокат {name}.", "Соседи помнят {name}.",
    "A parcel for {name} was refused.", "They have not seen {name} for a year.",
    "Das Paket für {name} wurde abgelehnt.", "Ein Anwalt von {name} war da.", "Paczka dla {name} wróciła.",
)  # fmt: skip


def sentence(chance: random.Random, said: str) -> str:
    """A sentence with the mention in it."""
    return chance.choice(_SENTENCES).format(name=said)
