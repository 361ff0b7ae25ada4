"""The counts a report may tell: rounded or hidden by the rules of its kind (reports.md, *Group sizes*)."""

from __future__ import annotations

from collections.abc import Sequence

from babel.numbers import format_decimal

from app.i18n import N_, Translator
from app.languages import locale_of
from app.reports.composed import Figure
from app.reports.kinds import GroupRules


def figures(
    rules: GroupRules, named: int, only_counted: Sequence[int], words: Translator
) -> tuple[Figure, ...]:
    """All, named, and in the figures only.

    Named people can be counted in the rows, so that figure is exact. Where the rest is hidden the total is
    hidden with it, or a subtraction would bring it back; a total made from what is shown adds nothing.

    Args:
        only_counted: how many in the figures only: in earlier reports, and last in this one.
    """
    told = _told(rules, only_counted)
    fewer = words(N_("fewer than {n}")).replace("{n}", str(rules.hide_under))
    found = [Figure("named", words(N_("Named in this report")), shown(named, words))]
    rest = fewer if told is None else shown(told, words)
    found.append(Figure("figures_only", words(N_("Only in the figures")), rest))
    if told is not None:
        total = shown(_rounded(named + told, rules), words)
        found.insert(0, Figure("all", words(N_("People in all")), total))
    return tuple(found)


def figures_notes(rules: GroupRules, only_counted: int, words: Translator) -> tuple[str, ...]:
    """What a reader has to know to read the figures right: whom they count, and why they do not add up."""
    whom = words(
        N_(
            "The figures count everybody this report was made about, in prison or not: they are not the"
            " number of people in prison."
        )
    )
    if only_counted < rules.hide_under:
        how = words(N_("A count under {n} is not given, so that nobody can be recognised by it."))
        return whom, how.replace("{n}", str(rules.hide_under))
    if rules.round_to == 1:
        return (whom,)
    how = words(
        N_(
            "The number of people named is exact. The other counts are rounded to {n}, so that nobody can be"
            " recognised by them; therefore they need not add up."
        )
    )
    stays = words(N_("A count that was published stays until it has moved by {n}."))
    return whom, f"{how} {stays}".replace("{n}", str(rules.round_to))


def _told(rules: GroupRules, counts: Sequence[int]) -> int | None:
    """The last count as a report tells it, None where it is hidden.

    A number that was published stays until the count has moved by as much as is rounded to: else the step of
    one person shows, and whose it was stands in the rows (gone from them, and counted still or not).
    """
    told: int | None = None
    for count in counts:
        if count < rules.hide_under:
            told = None
        elif told is None or abs(count - told) >= rules.round_to:
            told = _rounded(count, rules)
    return told


def _rounded(count: int, rules: GroupRules) -> int:
    return (2 * count + rules.round_to) // (2 * rules.round_to) * rules.round_to


def shown(count: int, words: Translator) -> str:
    """A count as the report's language writes it."""
    return (
        str(format_decimal(count, locale=locale_of(words.language)))
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
    )
