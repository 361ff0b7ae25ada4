"""A growth report from what was counted; nobody is in it by name."""

from __future__ import annotations

import attrs

from app.domain.report import ToldFigure
from app.i18n import N_, Translator, translator
from app.reports.compose import Composition
from app.reports.composed import ComposedReport
from app.reports.figures import shown
from app.reports.frame import bare_report
from app.reports.growth_parts import GrowthRequest, Making
from app.reports.growth_tables import day_words
from app.reports.text import plain_line


def compose_growth(request: GrowthRequest, translate: Translator | None = None) -> Composition:
    """Compose it; nobody is named, in the figures by name, or left out."""
    words = translate or translator(request.language)
    making = Making(request, words)
    report = attrs.evolve(
        _frame(request, words),
        tables=tuple(making.table(one) for one in request.kind.tables),
        figures=tuple(making.tiles()),
        charts=tuple(making.charts()),
        sources=making.sources(),
    )
    return Composition(report, (), (), (), (), told=told_in(request))


def told_in(request: GrowthRequest) -> tuple[ToldFigure, ...]:
    """The figures a report tells, as its record in the ledger keeps them for later ones."""
    return tuple(
        ToldFigure(measure, day, count)
        for day in request.days
        for measure, count in request.programme.count(day).items()
    )


def _frame(request: GrowthRequest, words: Translator) -> ComposedReport:
    day = plain_line(day_words(request.day, request.language))
    until = words(N_("up to {day}")).replace("{day}", day_words(request.period.last, request.language))
    subtitle = (until, words(request.kind.handling))
    return attrs.evolve(bare_report(request, words, subtitle, (day,)), lead=_lead(request, day, words))


def _lead(request: GrowthRequest, day: str, words: Translator) -> str:
    sentence = words(N_("Counted on {day} from everything recorded up to entry {entry} of the log."))
    parts = [sentence.replace("{day}", day).replace("{entry}", shown(request.at_entry, words))]
    undated = request.programme.undated
    if undated:
        parts.append(
            words.plural(
                "{n} godparenthood is not counted, because nobody wrote down when it began or ended.",
                "{n} godparenthoods are not counted, because nobody wrote down when they began or ended.",
                undated,
            )
        )
    parts.append(words(N_("This report names nobody.")))
    return plain_line(" ".join(parts))
