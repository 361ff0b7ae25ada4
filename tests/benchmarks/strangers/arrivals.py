"""Whole family names as people bear them, each with its own right cases; put down before any miss was seen.

No root here was joined to an ending by chance. Kinds: Belarusian, Russian, Ukrainian, Polish, Lithuanian,
Tatar and Azerbaijani, Jewish, Armenian, Georgian. Written by somebody who had read neither `app.names`
nor its tables, nor any list of what the other sets had missed; how they stand in a sentence is in `arrived`.
"""

from __future__ import annotations

import random
from typing import Final

import attrs

from tests.benchmarks.strangers.people import Stranger

# Belarusian, Russian, Western, Ukrainian.
_MEN: Final = (
    "Аляксандр Александр Alexander Олександр", "Сяргей Сергей Serge Сергій",
    "Мечыслаў Мечислав Mieczyslaw Мечислав",
    "Казімір Казимир Casimir Казимир", "Вацлаў Вацлав Vaclav Вацлав", "Генрых Генрих Henry Генріх",
    "Рычард Ричард Richard Річард", "Рэнат Ренат Renat Ренат", "Ільдар Ильдар Ildar Ільдар",
    "Марат Марат Marat Марат", "Тыгран Тигран Tigran Тигран", "Ашот Ашот Ashot Ашот",
    "Лазар Лазарь Lazar Лазар", "Навум Наум Naum Наум", "Якаў Яков Jacob Яків",
    "Макар Макар Macarius Макар",
    "Цімафей Тимофей Timothy Тимофій", "Філіп Филипп Philip Пилип", "Ягор Егор Egor Єгор",
    "Іван Иван Ivan Іван", "Арцём Артём Artem Артем", "Марк Марк Mark Марк",
    "Вячаслаў Вячеслав Viacheslav Вʼячеслав",
    "Святаслаў Святослав Sviatoslav Святослав", "Мірон Мирон Miron Мирон", "Назар Назар Nazar Назар",
    "Альберт Альберт Albert Альберт", "Віктарын Викторин Victorin Вікторин",
    "Пракоп Прокоп Procopius Прокіп",
)  # fmt: skip
_WOMEN: Final = (
    "Аліна Алина Alina Аліна", "Анастасія Анастасия Anastasia Анастасія", "Дыяна Диана Diana Діана",
    "Карына Карина Karina Карина", "Кіра Кира Kira Кіра", "Лілія Лилия Lily Лілія",
    "Марына Марина Marina Марина",
    "Аліса Алиса Alice Аліса", "Тэрэза Тереза Teresa Тереза", "Ядвіга Ядвига Hedwig Ядвіга",
    "Яніна Янина Janina Яніна", "Гражына Гражина Grazyna Гражина", "Данута Данута Danuta Данута",
    "Ванда Ванда Wanda Ванда", "Валерыя Валерия Valeria Валерія", "Ульяна Ульяна Juliana Уляна",
    "Эмілія Эмилия Emily Емілія", "Дзінара Динара Dinara Дінара", "Гульнара Гульнара Gulnara Гульнара",
    "Манана Манана Manana Манана", "Рахіль Рахиль Rachel Рахіль", "Сара Сара Sarah Сара",
    "Роза Роза Rose Роза",
    "Фаіна Фаина Faina Фаїна", "Інга Инга Inga Інга", "Альдона Альдона Aldona Альдона",
)  # fmt: skip
# Belarusian, Russian, and Ukrainian where it is known; without what the class puts behind it for a man.
_NAMES: Final = {
    "adjective": (
        "вішнеўск вишневск вишневськ", "астроўск островск островськ", "заблоцк заблоцк заблоцьк",
        "навіцк новицк новицьк", "мількоўск мильковск", "пянткоўск пентковск", "жалігоўск желиговск",
        "шыманоўск шимановск шимановськ", "рудзінск рудинск рудинськ", "ясінск ясинск ясинськ",
        "малішэўск малишевск малишевськ", "сялецк селецк селецьк", "грынявіцк гриневицк гриневицьк",
        "камароўск комаровск комаровськ", "лявандоўск левандовск левандовськ", "быхаўск быховск биховськ",
        "ракіцк ракицк ракицьк", "багдзянск богданск", "круглянск круглянск", "жабінск жабинск",
    ),
    "possessive": (
        "ахмедаў ахмедов ахмедов", "гайнутдзінаў гайнутдинов", "шарыпаў шарипов",
        "гусейнаў гусейнов гусейнов",
        "валіеў валиев валієв", "хасанаў хасанов хасанов", "сабіраў сабиров", "каратаеў каратаев каратаєв",
        "міхалёў михалёв", "пугачоў пугачёв пугачов", "лаўрэнаў лавренов", "казанцаў казанцев",
        "храмцоў храмцов", "герасімаў герасимов герасимов", "нікіцін никитин нікітін", "ільін ильин",
        "капыцін копытин", "шышкін шишкин шишкін", "галіцын голицын", "дзямідаў демидов",
        "алейнікаў олейников",
        "хахлоў хохлов", "бейлін бейлин", "сухінін сухинин", "кубраўцаў кубравцев",
        "аляшкевічаў олешкевичев",
    ),
    "hissing": (
        "міцкевіч мицкевич міцкевич", "багушэвіч богушевич богушевич", "ярмаловіч ермолович єрмолович",
        "станкевіч станкевич станкевич", "марцінкевіч мартинкевич мартинкевич",
        "касцевіч костевич костевич",
        "пашкевіч пашкевич пашкевич", "юхневіч юхневич юхневич", "мацкевіч мацкевич мацкевич",
        "гарбацэвіч горбацевич горбацевич", "някрашэвіч некрашевич", "грышкевіч гришкевич гришкевич",
        "цітовіч титович титович", "кунцэвіч кунцевич кунцевич", "барташ барташ барташ",
        "талаш талаш талаш",
        "лейбовіч лейбович лейбович", "янушкевіч янушкевич янушкевич", "бабіч бабич бабич",
    ),
    "noun": (
        "панасюк панасюк панасюк", "дзмітрук дмитрук дмитрук", "раманчук романчук романчук",
        "саўчук савчук савчук", "мялешчук мелещук мелещук", "стэльмах стельмах стельмах",
        "вашчук ващук ващук",
        "багданчык богданчик богданчик", "якубчык якубчик якубчик", "кухарчык кухарчик кухарчик",
        "петрасян петросян петросян", "аганесян оганесян оганесян", "мкртчан мкртчян мкртчян",
        "саакян саакян саакян", "гольдберг гольдберг гольдберг", "кацнельсон кацнельсон кацнельсон",
        "файнберг файнберг файнберг", "рубінштэйн рубинштейн рубінштейн",
        "мандэльштам мандельштам мандельштам",
        "цукерман цукерман цукерман", "вайнштэйн вайнштейн вайнштейн", "розенблат розенблат розенблат",
        "новак новак новак", "мілер миллер міллер", "гарагляд горегляд", "тамашук томашук томашук",
    ),
    "soft": (
        "бабей бабей", "галай галай галай", "шалай шалай", "рудзь рудь рудь", "мігаль мигаль мигаль",
        "жыгаль жигаль жигаль", "курыль куриль куриль", "рагаль рогаль рогаль",
    ),
    "first": (
        "скарын скорин скорин", "галуз галуз галуз", "яцын яцын", "сквір сквир", "міхут михут",
        "кулеб кулеб кулеб",
        "хацянов хотенов", "бэнз бенз",
    ),
    "ko": (
        "савенк савенк савенк", "іваненк иваненк іваненк", "панамарэнк пономаренк пономаренк",
        "лысенк лысенк лисенк", "макарэнк макаренк макаренк", "юрчанк юрченк юрченк",
        "рудзенк руденк руденк",
        "лойк лойк лойк", "рамейк ромейк", "сямашк семашк семашк", "кандраценк кондратенк кондратенк",
        "герасіменк герасименк герасименк", "маслейк маслейк",
    ),
    "fixed": (
        "гелашвілі гелашвили гелашвілі", "кабахідзэ кобахидзе кобахідзе", "цэрэтэлі церетели церетелі",
        "мчэдлішвілі мчедлишвили мчедлішвілі", "джапарыдзэ джапаридзе джапарідзе",
        "чыкавані чиковани чиковані",
        "шапіра шапиро шапіро", "алізадэ ализаде алізаде", "сядых седых", "жванія жвания жванія",
    ),
}  # fmt: skip
# The nominative of both, then the stem of the cases of both.
_FLEETING: Final = (
    "стральчонак стрельчонок стральчонк стрельчонк", "каваленак ковалёнок каваленк ковалёнк",
    "гарбачонак горбачёнок гарбачонк горбачёнк", "асіпенак осипёнок асіпенк осипёнк",
    "гурынец гуринец гурынц гуринц", "дубовец дубовец дубоўц дубовц", "яловец еловец ялоўц еловц",
    "кузьмянок кузьменок кузьмянк кузьменк", "баранавец барановец баранаўц барановц",
)  # fmt: skip
# His in both, hers in both.
_LITHUANIAN: Final = (
    "станкявічус станкявичюс станкявічэне станкявичене", "казлаўскас казлаускас казлаўскене казлаускене",
    "пятраўскас пятраускас пятраўскене пятраускене", "бразаўскас бразаускас бразаўскене бразаускене",
    "урбонас урбонас урбанене урбонене", "балчунас бальчюнас балчунене бальчюнене",
)  # fmt: skip
# What a Polish, Lithuanian or German paper calls somebody who has that name: the Belarusian one, his, hers.
_OWN: Final = (
    "вішнеўскі Wiśniewski Wiśniewska", "лявандоўскі Lewandowski Lewandowska",
    "пянткоўскі Piątkowski Piątkowska",
    "навіцкі Nowicki Nowicka", "жалігоўскі Żeligowski Żeligowska", "міцкевіч Mickiewicz Mickiewicz",
    "багушэвіч Bohuszewicz Bohuszewicz", "станкевіч Stankiewicz Stankiewicz",
    "марцінкевіч Marcinkiewicz Marcinkiewicz", "гольдберг Goldberg Goldberg",
    "рубінштэйн Rubinstein Rubinstein", "вайнштэйн Weinstein Weinstein", "цукерман Zuckerman Zuckerman",
    "новак Nowak Nowak", "якубчык Jakubczyk Jakubczyk", "шыманоўскі Szymanowski Szymanowska",
    "заблоцкі Zabłocki Zabłocka", "ясінскі Jasiński Jasińska", "астроўскі Ostrowski Ostrowska",
    "станкявічус Stankevičius Stankevičienė", "казлаўскас Kazlauskas Kazlauskienė",
    "пятраўскас Petrauskas Petrauskienė", "бразаўскас Brazauskas Brazauskienė", "урбонас Urbonas Urbonienė",
    "мандэльштам Mandelstam Mandelstam", "розенблат Rosenblatt Rosenblatt", "файнберг Feinberg Feinberg",
)  # fmt: skip
# What a man's and a woman's name end in.
_BEHIND: Final = {
    "adjective": ("і", "ий", "ая", "ая", "ий", "а"),
    "first": ("а", "а", "а", "а", "а", "а"),
    "ko": ("а", "о", "а", "о", "о", "о"),
}  # fmt: skip


@attrs.frozen
class Arrival:
    """Somebody, and how their name goes.

    Attributes:
        person: names in Belarusian and Russian.
        kind: the class of cases.
        stems: what stands before a case ending, Belarusian and Russian (and Ukrainian, or nothing).
        ukrainian: given and family name, or nothing.
        own: as a Western paper writes this family name, or nothing.
    """

    person: Stranger
    kind: str
    stems: tuple[str, str, str]
    ukrainian: tuple[str, str] | None
    own: str


def _a_family(chance: random.Random) -> tuple[str, tuple[str, ...], tuple[str, str, str], tuple[str, str]]:
    """Class, forms (his be ru, hers be ru), stems, Ukrainian of his and hers."""
    draw = chance.random()
    if draw < 0.06:
        his_be, his_ru, stem_be, stem_ru = chance.choice(_FLEETING).split()
        return "fleeting", (his_be, his_ru, his_be, his_ru), (stem_be, stem_ru, ""), ("", "")
    if draw < 0.1:
        forms = tuple(chance.choice(_LITHUANIAN).split())
        return "lithuanian", forms, (forms[0], forms[1], ""), ("", "")
    kind, (be, ru, *more) = chance.choice(
        [(kind, name.split()) for kind, names in _NAMES.items() for name in names]
    )
    uk = more[0] if more else ""
    if kind == "possessive":
        open_be = be[:-1] + "в" if be.endswith("ў") else be
        return kind, (be, ru, open_be + "а", ru + "а"), (open_be, ru, uk), (uk, uk and uk + "а")
    if kind == "soft":
        return kind, (be, ru, be, ru), (be[:-1], ru[:-1], uk[:-1]), (uk, uk)
    ends = _BEHIND.get(kind, ("",) * 6)
    forms = (be + ends[0], ru + ends[1], be + ends[2], ru + ends[3])
    return kind, forms, (be, ru, uk), (uk and uk + ends[4], uk and uk + ends[5])


def arrivals(chance: random.Random, number: int) -> list[Arrival]:
    """So many, no two with both names alike."""
    own = {line.split()[0]: line.split()[1:] for line in _OWN}
    found: dict[tuple[str, str], Arrival] = {}
    while len(found) < number:
        man = chance.random() < 0.6
        be, ru, western, uk = chance.choice(_MEN if man else _WOMEN).split()
        kind, forms, stems, ukrainian = _a_family(chance)
        latin = own.get(forms[0], ["", ""])[not man]
        named = ukrainian[not man]
        somebody = Stranger(man, (be, ru, western), (forms[0], forms[1]), (forms[2], forms[3]))
        found.setdefault(
            (forms[0], be), Arrival(somebody, kind, stems, (uk, named) if named else None, latin)
        )
    return list(found.values())
