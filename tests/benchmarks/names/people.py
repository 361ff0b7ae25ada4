"""Invented people: surnames put together from the roots and endings of several peoples, in two alphabets.

Roots and endings are put together by chance, so most of these names belong to nobody; the rules of
`app.names` were not made from them. A few meet names of the demo list, which has roots in common.
"""

from __future__ import annotations

import random
from typing import Final

import attrs

# Belarusian, Russian spelling of a root; then endings the same way, for a man and for a woman.
_ROOTS: Final = (
    "барсук барсук", "вавёр вевер", "гракал грокол", "жураўл журавл", "каласаў колосов", "лапух лопух",
    "мядзвед медвед", "снягір снегир", "чачот чечет", "шчыгал щегол", "яблын яблон", "цецярук тетерук",
    "рабіна рябин", "бярэз берез", "дубін дубин", "верас верес", "ліпнік липник", "жытн житн", "пшан пшен",
    "мурав муров", "камен камен", "крэмн кремн", "рачн речн", "азер озер", "балат болот", "ставр ставр",
    "гарад город", "сялян селян", "бондар бондар", "шавец швец", "кравец кравец", "млын млын", "цясл тесл",
    "лясн лесн", "пчал пчел", "смал смол", "дзягц дегт", "вугл угл", "жалез желез", "срэбр серебр",
    "зарэцк зарецк", "падлуж подлуж", "загор загор", "прыбыт прибыт", "астраў остров", "дзямід демид",
    "лявон леон", "мікул микул", "панас панас", "сцяпан степан", "хвядор федор", "юрк юрк", "якуб якуб",
    "ярм ярм", "гардзе горде", "кандрат кондрат", "ламак ломак", "шэршн шершн", "жыгал жигал", "хадор хадор",
    "цімох тимох", "дзежк дежк", "чыж чиж", "рэпн репн", "рыжык рыжик", "сакалоў соколов", "шульг шульг",
    "крук крук", "грыб гриб", "вадап водоп", "дзяркач деркач", "сцебл стебл", "пташн пташн", "уладык владык",
)  # fmt: skip
_ENDINGS: Final = (
    ("овіч", "ович", "овіч", "ович"), ("евіч", "евич", "евіч", "евич"), ("скі", "ский", "ская", "ская"),
    ("оўскі", "овский", "оўская", "овская"), ("еўскі", "евский", "еўская", "евская"),
    ("інскі", "инский", "інская", "инская"), ("енка", "енко", "енка", "енко"), ("ук", "ук", "ук", "ук"),
    ("чук", "чук", "чук", "чук"), ("онак", "онок", "онак", "онок"), ("оў", "ов", "ова", "ова"),
    ("еў", "ев", "ева", "ева"), ("ін", "ин", "іна", "ина"), ("эйка", "ейко", "эйка", "ейко"),
    ("ішка", "ишко", "ішка", "ишко"), ("анец", "анец", "анец", "анец"), ("уль", "уль", "уль", "уль"),
    ("ажэвіч", "ажевич", "ажэвіч", "ажевич"), ("іцкі", "ицкий", "іцкая", "ицкая"),
)  # fmt: skip
_WHOLE: Final = (
    # Jewish, Lithuanian, Tatar, Azerbaijani
    ("гольдблат", "гольдблат"), ("розенцвейг", "розенцвейг"), ("зільберштэйн", "зильберштейн"),
    ("вайнберг", "вайнберг"), ("файнштэйн", "файнштейн"), ("лейбавіч", "лейбович"), ("хайкін", "хайкин"),
    ("шэйнман", "шейнман"), ("блюмкін", "блюмкин"), ("мінкевіч", "минкевич"), ("цукерман", "цукерман"),
    ("пятраўскас", "петраускас"), ("валанчус", "валанчюс"), ("жамайціс", "жемайтис"),
    ("мацкявічус", "мацкявичюс"), ("адамайціс", "адамайтис"), ("буткус", "буткус"),
    ("мустафін", "мустафин"), ("ахмеджанаў", "ахмеджанов"), ("хасяневіч", "хасеневич"),
    ("шабановіч", "шабанович"), ("байрашэўскі", "байрашевский"), ("талькоўскі", "тальковский"),
    ("сафарэвіч", "сафаревич"), ("гусейнаў", "гусейнов"), ("рагімаў", "рагимов"), ("джафараў", "джафаров"),
)  # fmt: skip
MEN: Final = (
    "Аляксей Алексей Alexey", "Міхаіл Михаил Michael", "Яўген Евгений Eugene", "Дзмітрый Дмитрий Dmitry",
    "Ілля Илья Ilya", "Пётр Пётр Peter", "Юрый Юрий Yuri", "Васіль Василий Basil", "Фёдар Фёдор Theodore",
    "Рыгор Григорий Gregory", "Цімафей Тимофей Timothy", "Сцяпан Степан Stephen", "Якаў Яков Jacob",
    "Вячаслаў Вячеслав Viacheslav", "Арцём Артём Artem", "Раман Роман Roman", "Кірыл Кирилл Cyril",
    "Ягор Егор Egor", "Генадзь Геннадий Gennady", "Іосіф Иосиф Joseph", "Захар Захар Zachary",
    "Данат Донат Donatus", "Гаўрыла Гавриил Gabriel", "Ануфрый Онуфрий Onuphrius",
    "Мечыслаў Мечислав Mieczyslaw",
)  # fmt: skip
WOMEN: Final = (
    "Алена Елена Helena", "Ганна Анна Anna", "Вольга Ольга Olga", "Кацярына Екатерина Catherine",
    "Святлана Светлана Svetlana", "Ірына Ирина Irene", "Таццяна Татьяна Tatiana", "Марыя Мария Mary",
    "Вікторыя Виктория Victoria", "Аксана Оксана Oksana", "Дар'я Дарья Daria", "Ксенія Ксения Xenia",
    "Яўгенія Евгения Eugenia", "Любоў Любовь Lyubov", "Зінаіда Зинаида Zinaida", "Ядвіга Ядвига Hedwig",
    "Алеся Олеся Alesia", "Моніка Моника Monica", "Снежана Снежана Snezhana",
    "Аляксандра Александра Alexandra",
)  # fmt: skip
_FATHERS: Final = (
    "Алексеевіч Алексеевич Алексееўна Алексеевна", "Пятровіч Петрович Пятроўна Петровна",
    "Мікалаевіч Николаевич Мікалаеўна Николаевна", "Уладзіміравіч Владимирович Уладзіміраўна Владимировна",
    "Сцяпанавіч Степанович Сцяпанаўна Степановна", "Рыгоравіч Григорьевич Рыгораўна Григорьевна",
)  # fmt: skip


@attrs.frozen
class Invented:
    """A person in two alphabets.

    Attributes:
        family: surname, Belarusian and Russian.
        given: Belarusian, Russian, and a western form.
        father: patronymic, Belarusian and Russian.
        man: whether endings are a man's.
    """

    family: tuple[str, str]
    given: tuple[str, str, str]
    father: tuple[str, str]
    man: bool


def surnames(chance: random.Random, count: int) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Different surnames: a man's form and a woman's, each in two alphabets."""
    made: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {}
    while len(made) < count:
        if chance.random() < 0.15:
            be, ru = chance.choice(_WHOLE)
            made[be] = ((be, ru), _hers(be, ru))
            continue
        be, ru = chance.choice(_ROOTS).split()
        his_be, his_ru, her_be, her_ru = chance.choice(_ENDINGS)
        if be[-1] in "аеоуыіёюя" or ru[-1] in "аеоуыиёюя":
            be, ru = be[:-1] if be[-1] in "аеоуыіёюя" else be, ru[:-1] if ru[-1] in "аеоуыиёюя" else ru
        be = be[:-1] + "в" if be.endswith("ў") and his_be[0] in "аеоуыіё" else be
        if be[-1] in "кгх" and his_be[0] in "ео" and his_be.startswith("е"):
            continue
        if be[-1] in "рчжшцд" and "і" in his_be[:1]:
            his_be, her_be = "ы" + his_be[1:], "ы" + her_be[1:]
        if his_be.startswith("с") and (be[-1] in "кгхцчжшс" or be[-1] == be[-2]):
            continue
        if be[-1] in "рчжшц" and his_be.startswith("е"):
            his_be, her_be = "э" + his_be[1:], "э" + her_be[1:]
        made[be + his_be] = ((be + his_be, ru + his_ru), (be + her_be, ru + her_ru))
    return list(made.values())


def people(chance: random.Random, count: int) -> list[Invented]:
    """People with different surnames."""
    found = []
    for his, hers in surnames(chance, count):
        man = chance.random() < 0.6
        given = chance.choice(MEN if man else WOMEN).split()
        father = chance.choice(_FATHERS).split()
        found.append(
            Invented(
                his if man else hers,
                (given[0], given[1], given[2]),
                (father[0], father[1]) if man else (father[2], father[3]),
                man,
            )
        )
    return found


def _hers(be: str, ru: str) -> tuple[str, str]:
    if be.endswith("аў"):
        return be[:-1] + "ва", ru + "а"
    if be.endswith("скі"):
        return be[:-1] + "ая", ru[:-2] + "ая"
    if be.endswith("ін"):
        return be + "а", ru + "а"
    return be, ru
