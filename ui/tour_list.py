"""The list of the guided tour: the demo's list as it may look a month later, with every kind of row in it."""

from __future__ import annotations

import csv
from pathlib import Path

import resources

_NEW_PEOPLE = ("Klionik, Dzianis", "Akatsyeuskaya, Darya")


def write_newer_list(target: Path) -> None:
    """Write it: some people moved, two are new, one day is impossible, one number stands there twice."""
    with resources.path("demo/list-en.csv").open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        titles, rows = list(reader.fieldnames or ()), list(reader)
    homes = [row["prison"] for row in rows if row["prison"] not in ("", "FALSE")]
    for row, home in zip(rows[2:9], homes[40:], strict=False):
        row["prison"] = home
    rows[11]["birthday"] = "1990-02-30"
    for place, name in enumerate(_NEW_PEOPLE):
        number = str(9001 + place)
        rows.append({**rows[20 + place], "id": number, "name": name, "url": "FALSE", "birthday": "1988"})
    rows.append({**rows[30], "name": "Rabinovy, Ihar"})
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, titles)
        writer.writeheader()
        writer.writerows(rows)
