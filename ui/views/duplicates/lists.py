"""The tables of the Duplicates sheet: pairs to look at, people who are not proposed, what was merged."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import attrs

from app.i18n import _
from app.services.duplicates import Pair, Queue, ShownApart
from app.services.merging_look import MergedRow
from app.services.relatives_twice import RelativesPair
from app.vocabulary import word
from ui.columns import CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.views.duplicates.words import (
    APART,
    KIN,
    MERGED,
    RELATIVES,
    RELATIVES_APART,
    apart_words,
    someone_words,
    why_words,
)
from ui.views.prisoners.wording import moment_words


@attrs.frozen
class Other:
    """Two people somebody sees and does not decide on here.

    Attributes:
        one, two: ids.
        what: `kin`, `apart`, `merged`, `relatives` or `relatives_apart`.
    """

    id: str
    one: str
    two: str
    left: str
    right: str
    why: str
    what: str


def pair_id(pair: Pair | None) -> str:
    """Of both; "" for none."""
    return f"{pair.left.id}:{pair.right.id}" if pair is not None else ""


def pair_of(found: Queue, shown: Collection[str]) -> Pair | None:
    """The pair these two are, whichever stands first; None where nobody proposed them."""
    return next((one for one in found.pairs if {one.left.id, one.right.id} == set(shown)), None)


def why_of(pair: Pair | None) -> str:
    """What speaks for a pair being one person."""
    return why_words(pair.reasons, pair.left, pair.right) if pair is not None else ""


def pairs_model() -> RowTableModel[Pair]:
    """Pairs, strongest first."""
    column = Column[Pair]
    return RowTableModel(
        [
            column("left", _("Name"), lambda one: one.left.name, CellKind.STRONG, width=170, stretch=True),
            column("right", _("Other name"), lambda one: one.right.name, CellKind.STRONG, width=170),
            column(
                "why",
                _("Why"),
                lambda one: why_words(one.reasons, one.left, one.right),
                CellKind.MUTED,
                width=124,
                stretch=True,
            ),
        ],
        pair_id,
    )


def others_model() -> RowTableModel[Other]:
    """People who are not proposed."""
    column = Column[Other]
    return RowTableModel(
        [
            column("left", _("Name"), lambda one: one.left, CellKind.STRONG, width=390),
            column("right", _("Other name"), lambda one: one.right, CellKind.STRONG, width=390),
            column("why", _("Why"), lambda one: one.why, CellKind.MUTED, width=260, stretch=True),
        ],
        lambda one: one.id,
    )


def rows_of(tab: str, found: Queue, merged: Iterable[MergedRow]) -> list[Other]:
    """The lines of a tab that is not the pairs."""
    if tab == RELATIVES:
        return relative_rows(found)
    if tab == MERGED:
        return merged_rows(merged)
    return kin_rows(found) if tab == KIN else apart_rows(found) if tab == APART else []


def relative_rows(found: Queue) -> list[Other]:
    """Two of one family who may be one person; those somebody looked at come last."""
    return [
        Other(
            f"{one.one}:{one.other}",
            one.one,
            one.other,
            _relative(one, 0),
            _relative(one, 1),
            apart_words(None, one.by) if one.apart else _("twice in one family"),
            RELATIVES_APART if one.apart else RELATIVES,
        )
        for one in found.relatives or ()
    ]


def _relative(pair: RelativesPair, place: int) -> str:
    """ "Mother of Siarhei Zhauniarovich · Mama", or 1 and 2 in the order of the list of relatives."""
    who = _("{relation} of {name}").format(relation=word("relation", pair.relation), name=pair.prisoner_name)
    return f"{who} · {pair.nicknames[place] or place + 1}"


def kin_rows(found: Queue) -> list[Other]:
    """Brothers, sisters, namesakes."""
    return [_shown(one, "kin") for one in found.kin]


def apart_rows(found: Queue) -> list[Other]:
    """What somebody looked at."""
    return [_shown(one, "apart") for one in found.apart]


def merged_rows(rows: Iterable[MergedRow]) -> list[Other]:
    """What was merged."""
    return [
        Other(
            row.id,
            row.id,
            row.into,
            f"{row.name} · {row.reference}",
            f"{row.into_name} · {row.into_reference}",
            _("merged by {name}, {when}").format(name=row.by, when=moment_words(row.at))
            if row.at is not None
            else "",
            "merged",
        )
        for row in rows
    ]


def settled(found: Queue, people: Collection[str], by: str) -> Queue:
    """The queue once somebody decided: one who was merged is in no pair, two who are apart stand apart.

    Args:
        found: before.
        people: who was merged, or both who are not the same person.
        by: who said so.
    """
    gone = [pair for pair in found.pairs if set(people) <= {pair.left.id, pair.right.id}]
    apart = [ShownApart(pair.left, pair.right, None, by) for pair in gone] if len(people) > 1 else []
    left = tuple(pair for pair in found.pairs if pair not in gone)
    return attrs.evolve(found, pairs=left, apart=(*found.apart, *apart))


def _shown(one: ShownApart, what: str) -> Other:
    ids = f"{one.left.id}:{one.right.id}"
    why = apart_words(one.why, one.by)
    return Other(ids, one.left.id, one.right.id, someone_words(one.left), someone_words(one.right), why, what)
