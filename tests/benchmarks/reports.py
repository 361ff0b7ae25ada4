"""A report of everybody in the demo list, written in every format and checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import resources
from app import bootstrap
from app.crypto.passphrase import KdfParameters
from app.reports.kinds import FORMATS
from app.services.approval import ApproveReport
from app.services.people import AddPerson
from app.services.reports import MakeReport
from tests.benchmarks.figures import Figure, seconds

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
