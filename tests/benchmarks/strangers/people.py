"""Invented people: given names and surnames in Belarusian and Russian letters, put together by chance."""

from __future__ import annotations

import random
from typing import Final

import attrs

# Belarusian, Russian, and a form a Western document may give. Men, then women.
_MEN: Final = (
    "Канстанцін Константин Constantine", "Леанід Леонид Leonid", "Анатоль Анатолий Anatole",
    "Уладзіслаў Владислав Ladislaus", "Барыс Борис Boris", "Глеб Глеб Gleb", "Ігар Игорь Igor",
    "Валерый Валерий Valery", "Віталь Виталий Vital", "Цімур Тимур Timur", "Рустам Рустам Rustam",
    "Эдуард Эдуард Edward", "Станіслаў Станислав Stanislaus", "Яраслаў Ярослав Jaroslav",
    "Аркадзь Аркадий Arkady", "Давід Давид David", "Мікіта Никита Nikita", "Лявон Леон Leon",
    "Ціхан Тихон Tikhon", "Радзім Радим Radim", "Арцемій Артемий Artemius", "Усевалад Всеволод Vsevolod",
    "Вадзім Вадим Vadim", "Багдан Богдан Bohdan", "Ілья Илья Elijah", "Ян Ян John",
)  # fmt: skip
_WOMEN: Final = (
    "Людміла Людмила Ludmila", "Валянціна Валентина Valentina", "Галіна Галина Halina",
    "Ларыса Лариса Larissa", "Паліна Полина Pauline", "Яўгенія Евгения Eugenia", "Лідзія Лидия Lydia",
    "Жанна Жанна Jeanne", "Эльвіра Эльвира Elvira", "Алеся Олеся Alesia", "Антаніна Антонина Antonina",
    "Рэгіна Регина Regina", "Злата Злата Zlata", "Маргарыта Маргарита Margaret", "Дзіна Дина Dina",
    "Раіса Раиса Raisa", "Юлія Юлия Julia", "Вераніка Вероника Veronica", "Стэфанія Стефания Stephanie",
    "Ніна Нина Nina", "Софія София Sophia", "Зоя Зоя Zoe", "Элеанора Элеонора Eleanor",
)  # fmt: skip
# Belarusian and Russian of a root, then an ending's letters for a man and a woman in both.
_ROOTS: Final = (
    "алян олен", "асін осин", "баркун баркун", "брусн брусн", "буйн буйн", "вінаград виноград", "вярб верб",
    "галуб голуб", "гай гай", "гуз гуз", "дзівак дивак", "дрозд дрозд", "ельн ельн", "жаваран жаворон",
    "журб журб", "зуб зуб", "зязюл зозул", "каляд коляд", "каралёк королёк", "карпін карпин", "касцюк костюк",
    "кашал кошел", "кульб кульб", "куніц куниц", "лазняк лозняк", "лісавец лисовец", "лугав лугов",
    "маліноўк малиновк", "мацвей матвей", "мяльн мельн", "няхай нехай", "павет повет", "падгор подгор",
    "палын полын", "рамашк ромашк", "расамах россомах", "рудак рудак", "салавей соловей", "сядзельн седельн",
    "сівак сивак", "слуцк слуцк", "сцяблін стеблин", "тарас тарас", "трыпут трипут", "тур тур", "хамут хомут",
    "ціш тиш",
    "чабар чабар", "чарнаус черноус", "чмель чмель", "шаўкун шелкун", "шчупак щупак", "юшк юшк",
    "язвін язвин", "ясень ясень", "яцк яцк", "гадзюк гадюк", "дзямян демьян", "ярэм ерем", "загарод загород",
)  # fmt: skip
_ENDINGS: Final = (
    ("овіч", "ович", "овіч", "ович"), ("эвіч", "евич", "эвіч", "евич"), ("скі", "ский", "ская", "ская"),
    ("оўскі", "овский", "оўская", "овская"), ("чык", "чик", "чык", "чик"), ("ец", "ец", "ец", "ец"),
    ("ёнак", "ёнок", "ёнак", "ёнок"), ("ень", "ень", "ень", "ень"), ("ун", "ун", "ун", "ун"),
    ("оў", "ов", "ова", "ова"), ("еў", "ев", "ева", "ева"), ("ына", "ына", "ына", "ына"),
    ("эц", "ец", "эц", "ец"), ("ейка", "ейко", "ейка", "ейко"), ("юк", "юк", "юк", "юк"),
    ("овіч-залескі", "ович-залесский", "овіч-залеская", "ович-залесская"),
    ("аш", "аш", "аш", "аш"),
    ("эня", "еня", "эня", "еня"), ("ушка", "ушко", "ушка", "ушко"), ("інец", "инец", "інец", "инец"),
)  # fmt: skip
_WHOLE: Final = (
    "абдулаеў абдуллаев абдулаева абдуллаева", "мамедаў мамедов мамедава мамедова",
    "алікперзадэ аликперзаде алікперзадэ аликперзаде", "бабаян бабаян бабаян бабаян",
    "гаспаран гаспарян гаспаран гаспарян", "кіпшыдзэ кипшидзе кіпшыдзэ кипшидзе",
    "чхаладзэ чхаладзе чхаладзэ чхаладзе", "джугашвілія джугашвилия джугашвілія джугашвилия",
    "рахманбаеў рахманбаев рахманбаева рахманбаева", "турсунаў турсунов турсунава турсунова",
    "шаймарданаў шаймарданов шаймарданава шаймарданова", "якубоўскіс якубовскис якубоўскіс якубовскис",
    "красаўскас красаускас красаўскене красаускене", "мілейка милейко мілейка милейко",
    "вуйцік вуйцик вуйцік вуйцик", "дамброўскі домбровский дамброўская домбровская",
    "хмялеўскі хмелевский хмялеўская хмелевская", "пшыбыльскі пшибыльский пшыбыльская пшибыльская",
    "кравчэнка кравченко кравчэнка кравченко", "тымашэнка тимошенко тымашэнка тимошенко",
    "гнацюк гнатюк гнацюк гнатюк", "шаўчук шевчук шаўчук шевчук", "рабіновіч рабинович рабіновіч рабинович",
    "фейгельман фейгельман фейгельман фейгельман", "шыфрын шифрин шыфрына шифрина",
    "гурэвіч гуревич гурэвіч гуревич", "эпштэйн эпштейн эпштэйн эпштейн",
    "зарыцкі зарицкий зарыцкая зарицкая",
)  # fmt: skip


@attrs.frozen
class Stranger:
    """Somebody.

    Attributes:
        given: Belarusian, Russian, Western.
        family: Belarusian, Russian, for this person's sex.
        his, hers: the family name of a man and of a woman, both scripts.
    """

    man: bool
    given: tuple[str, str, str]
    his: tuple[str, str]
    hers: tuple[str, str]

    @property
    def family(self) -> tuple[str, str]:
        """The family name in Belarusian and Russian."""
        return self.his if self.man else self.hers


def _joined(root: str, ending: str) -> str:
    """Soft signs and doubled vowels go where an ending begins with a vowel."""
    if ending[0] in "аеёіоуыэюя" and root[-1] in "ьй":
        root = root[:-1]
    if ending[0] in "скчшц" and root[-1] in "сцк":
        root = root[:-1]
    return root + ending


def strangers(chance: random.Random, number: int) -> list[Stranger]:
    """So many, no two with the same family name."""
    found: dict[str, Stranger] = {}
    while len(found) < number:
        man = chance.random() < 0.7
        be, ru, western = chance.choice(_MEN if man else _WOMEN).split()
        if chance.random() < 0.2:
            whole = chance.choice(_WHOLE).split()
            forms = (whole[0], whole[1], whole[2], whole[3])
        else:
            root, ending = chance.choice(_ROOTS).split(), chance.choice(_ENDINGS)
            forms = (
                _joined(root[0], ending[0]),
                _joined(root[1], ending[1]),
                _joined(root[0], ending[2]),
                _joined(root[1], ending[3]),
            )
        found.setdefault(
            forms[0], Stranger(man, (be, ru, western), (forms[0], forms[1]), (forms[2], forms[3]))
        )
    return list(found.values())


def other_given(chance: random.Random, person: Stranger) -> tuple[str, str, str]:
    """A given name of the same sex that is not theirs."""
    names = [tuple(name.split()) for name in (_MEN if person.man else _WOMEN)]
    be, ru, western = chance.choice([name for name in names if name[0] != person.given[0]])
    return be, ru, western


def sibling(chance: random.Random, person: Stranger) -> Stranger:
    """A brother or sister: the same family, another given name, perhaps the other sex."""
    man = chance.random() < 0.5
    names = [tuple(name.split()) for name in (_MEN if man else _WOMEN) if name.split()[0] != person.given[0]]
    be, ru, western = chance.choice(names)
    return Stranger(man, (be, ru, western), person.his, person.hers)
