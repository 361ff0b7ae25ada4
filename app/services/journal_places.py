"""Where the journal of noes lies: in every place backups go to, and where a backup that was put back lay."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.services.backup_places import beside, reachable, read_choices
from app.services.context import Context

_CAME_FROM: Final = "poruch/backup-came-from"


def kept_places(ctx: Context) -> tuple[Path, ...]:
    """Where this copy's journal is kept: where backups go, as far as they ever went there."""
    choices = read_choices(ctx)
    second = (choices.second,) if choices.second is not None else ()
    first = (beside(ctx),) if beside(ctx).is_dir() else ()
    return (*first, *second)


def is_there(ctx: Context, place: Path) -> bool:
    """Whether it can be reached, and is no empty folder an unplugged stick left behind."""
    choices = read_choices(ctx)
    return reachable(ctx, choices) if place == choices.second else place.is_dir()


def looked_in(ctx: Context, chosen: Path | None) -> tuple[Path, ...]:
    """Where a journal of the lost copy may lie: as somebody says, where the backup lay, where backups go."""
    came_from = ctx.store.get_local(_CAME_FROM, everybody=True)
    named = [place for place in (chosen, Path(came_from) if came_from else None) if place is not None]
    return tuple(dict.fromkeys((*named, *kept_places(ctx))))


def came_from(ctx: Context, folder: Path) -> None:
    """Remember, outside the log, where the backup lay that was put back."""
    ctx.store.set_local(_CAME_FROM, str(folder), everybody=True)
