"""A report of everybody in the demo list, written in every format and checked."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import resources
from app import bootstrap
from app.crypto.passphrase import KdfParameters
from app.reports.kind_file import shipped_kind
from app.reports.kinds import FORMATS
from app.reports.sizes.hiding import Earlier, tell
from app.reports.sizes.hierarchies import size_tables
from app.reports.sizes.placing import placed
from app.reports.sizes.told import TableTold
from app.reports.verify.attack import attacked
from app.services.approval import ApproveReport
from app.services.people import AddPerson
from app.services.reports import MakeReport
from tests.benchmarks.figures import Figure, seconds
from tests.population import places, prisoners
from tests.reports.group_sizes import QUARTERS

FIRST = "walnut harbour violet ladder mosaic thunder"
SECOND = "copper meadow lantern saddle orbit velvet"


def measure(folder: Path) -> Iterator[Figure]:
    """Making (with all checks) and letting leave."""
    case = folder / "reports"
    first = bootstrap.create_case_file(
        case,
        name="Bench",
        founder="Vera O.",
        passphrase=FIRST,
        desk="Bench",
        kdf=KdfParameters.for_tests(),
    )
    first.people.add(AddPerson("Maks R.", ("officer",), SECOND))
    first.intake.commit(first.intake.look(resources.path("demo/list-en.csv"), "A"))
    source = first.sources.rows()[0].id
    first.sources.trust(source)
    first.close()
    second = bootstrap.open_case_file(case).unlock(SECOND)
    second.sources.trust(source)
    command = MakeReport("public_list", "en", FORMATS)
    yield Figure(
        "report of the 1,204 as PDF, DOCX, XLSX, CSV, HTML with checks",
        seconds(lambda: second.reports.make(command)),
        "s",
        15.0,
    )
    report = second.reports.rows()[0].id
    second.close()
    first = bootstrap.open_case_file(case).unlock(FIRST)
    leaving = seconds(lambda: first.approval.approve(ApproveReport(report, folder / "out")))
    yield Figure("its approval: search for names, deciding again, writing", leaving, "s")
    first.close()
    yield from _figures()


def _figures() -> Iterator[Figure]:
    """Public figures: eight tables of 10,000 prisoners, and the attacker over the worst of small towns."""
    rng, on = random.Random(1), date(2026, 6, 30)
    facilities = places()
    people = prisoners(rng, 10_000, facilities)
    at = {str(one.id): one for one in facilities}
    tables, rules = size_tables(), shipped_kind("public_figures").groups

    def attack(told: Sequence[TableTold]) -> set[str]:
        return {cell.table for cell in attacked(tables, told, on, rules)}

    def tell_them() -> None:
        counts = {key: dict.fromkeys(table.codes, 0) for key, table in tables.items()}
        for one in people:
            for key, row in placed(tables, one, at[one.facility or ""], on).items():
                counts[key][row] += 1
        tell(tables, counts, {}, on, Earlier(), rules, attack)

    yield Figure("the eight public tables of 10,000 prisoners", seconds(tell_them), "s", 3.0)
    told = [TableTold("all", 0, day, 60) for day in QUARTERS]
    for day in QUARTERS:
        for key, table in tables.items():
            told.append(TableTold(key, 0, day, 60, dict.fromkeys(table.codes)))
    worst = seconds(lambda: attacked(tables, told, QUARTERS[-1], rules))
    yield Figure("the attacker, where everything is hidden in three quarters", worst, "s", 5.0)
