"""The counts a report may tell: rounded or hidden by the rules of its kind (reports.md, *Group sizes*)."""

from __future__ import annotations

from babel.numbers import format_decimal

from app.i18n import N_, Translator
from app.reports.composed import Figure
from app.reports.kinds import GroupRules


def figures(rules: GroupRules, named: int, only_counted: int, words: Translator) -> tuple[Figure, ...]:
    """All, named, and in the figures only.

    Named people can be counted in the rows, so that figure is exact. Where the rest is hidden the total is
    hidden with it, or a subtraction would bring it back; a total made from what is shown adds nothing.
    """
    hidden = only_counted < rules.hide_under
    fewer = words(N_("fewer than {n}")).replace("{n}", str(rules.hide_under))
    found = [Figure("named", words(N_("Named in this report")), shown(named, words))]
    rest = fewer if hidden else shown(_rounded(only_counted, rules), words)
    found.append(Figure("figures_only", words(N_("Only in the figures")), rest))
    if not hidden:
        total = shown(_rounded(named + _rounded(only_counted, rules), rules), words)
        found.insert(0, Figure("all", words(N_("People in all")), total))
    return tuple(found)


def _rounded(count: int, rules: GroupRules) -> int:
    return (2 * count + rules.round_to) // (2 * rules.round_to) * rules.round_to


def shown(count: int, words: Translator) -> str:
    """A count as the report's language writes it."""
    return str(format_decimal(count, locale=words.language)).replace("\u00a0", " ").replace("\u202f", " ")
