"""Which columns of a report say something else of somebody than those of an earlier one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs

from app.i18n import _


@attrs.frozen
class ColumnMoved:
    """One column that says something else of somebody.

    Attributes:
        label: English words of the column.
        before, after: what it said; None for nothing, and for those without the key.
    """

    label: str
    before: str | None = attrs.field(default=None, repr=False)
    after: str | None = attrs.field(default=None, repr=False)


def columns_moved(
    before: Mapping[str, str | None] | None,
    after: Mapping[str, str | None] | None,
    pictures: Collection[str],
    *,
    with_values: bool,
) -> tuple[ColumnMoved, ...] | None:
    """What moved between two rows; None where one of them cannot be known any more.

    Args:
        pictures: columns in which a picture stood; of those only is told that there is another.
        with_values: for those with the key.
    """
    if before is None or after is None:
        return None
    found = []
    for label in before:
        then, now = before[label], after.get(label)
        if then == now:
            continue
        if label in pictures:  # which photo it is is no news; that it is another one is
            then, now = (_("a photo") if then else None), _photo_now(then, now)
        found.append(ColumnMoved(label, then, now) if with_values else ColumnMoved(label))
    return tuple(found)


def _photo_now(then: str | None, now: str | None) -> str | None:
    if now is None:
        return None
    return _("another photo") if then else _("a photo")
