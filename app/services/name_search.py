"""The search of a report's files for every protected name, in the session of somebody who holds the keys."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from app.domain.ports import Reader
from app.domain.progress import Progress
from app.i18n import _
from app.reports.compose import Composition
from app.reports.draft import MadeFile
from app.reports.occasions import MESSAGE
from app.reports.verify.names import NameHit, NameSearch, search_names
from app.services.context import Context
from app.services.protected_names import everybody, not_cleared, others_than, relatives


@attrs.frozen
class Namesake:
    """A place that may name somebody protected: a namesake, a family name alone, one spelt alike.

    Attributes:
        other: no name, but something else to be looked at in a file made elsewhere.
    """

    key: str
    name: str = attrs.field(repr=False)
    file_format: str
    where: str
    other: bool = attrs.field(default=False)


@attrs.frozen
class NamesSearched:
    """What the search for names found in the files of a report."""

    found: tuple[Namesake, ...]
    to_judge: tuple[Namesake, ...]
    examined: int


def searched(
    ctx: Context, reader: Reader, files: Sequence[MadeFile], composition: Composition, progress: Progress
) -> NamesSearched:
    """Search these files."""
    progress(0, 0, _("Searching for names"))
    names = relatives(reader)
    if composition.report.tables:  # a report of figures names nobody
        names += everybody(ctx, reader)
    elif composition.report.layout == MESSAGE:
        names += others_than(reader, composition.named)
    else:
        names += not_cleared(reader, composition)
    return _as_found(search_names(files, composition.report, names, progress=progress))


def _as_found(search: NameSearch) -> NamesSearched:
    return NamesSearched(
        tuple(_namesake(hit) for hit in search.hits),
        tuple(_namesake(hit) for hit in search.namesakes),
        search.examined,
    )


def _namesake(hit: NameHit) -> Namesake:
    return Namesake(f"{hit.person}/{hit.file_format}/{hit.where}", hit.text, hit.file_format, hit.where)
