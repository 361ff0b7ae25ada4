"""The stops that act, in words: on whom or what, why, since when, by whom, and who may do what about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from babel import Locale

from app.domain.godparent import Godparent, Godparenthood
from app.domain.hold import Hold, RelativeHold
from app.domain.ids import RecordId
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.relative import Relative
from app.domain.report import Desk
from app.domain.roles import Action, pair_allowed
from app.domain.signposts import is_signpost
from app.domain.source import Facility
from app.domain.stop_reach import SOMEWHERE, place_of, touches
from app.domain.stop_row import StopReach, StopRow
from app.domain.two_people import Stop
from app.i18n import _, current_language, ngettext, number_words
from app.place_words import place_words
from app.services.context import Context
from app.services.folding import relative_stops_in, stops_in
from app.services.spoken import spoken
from app.services.written_once import roles_when_writing

AnyStop = Stop[Hold] | Stop[RelativeHold]


def acting(ctx: Context, noun: str = "") -> tuple[StopRow, ...]:
    """Every stop that acts and that I may know of, newest first; those on relatives only with the key.

    Args:
        ctx: the session.
        noun: only those on this.

    Raises:
        KnownError: NOT_ALLOWED.
    """
    ctx.require_open_reading()
    with ctx.reading() as reader:
        only = {"on_noun": noun} if noun else {}
        found: list[AnyStop] = [stop for stop in stops_in(reader, **only) if stop.active]
        if not noun and reader.has_desk_key and ctx.may(Action.READ_RELATIVES).allowed:
            found += [stop for stop in relative_stops_in(reader) if stop.active]
        rows = list(rows_of(ctx, reader, found))
    return tuple(sorted(rows, key=lambda row: (row.placed_at is None, row.placed_at), reverse=True))


def reach(ctx: Context, on_noun: str, on_id: str) -> StopReach:
    """Whom a stop would reach, before it is placed.

    Raises:
        KnownError: NOT_ALLOWED.
    """
    ctx.require(Action.PLACE_STOP)
    hold = Hold(RecordId(""), on_noun=on_noun, on_id=on_id)
    with ctx.reading() as reader:
        if on_noun == "godparent":
            bonds = reader.find(Godparenthood, godparent=on_id)
            return StopReach(0, bonds=sum(bond.state != "ended" for bond in bonds))
        people = [one for one in reader.find(Prisoner) if not is_signpost(one) and touches(hold, one)]
    return StopReach(len(people), sum(is_unwritten(hold, one) for one in people))


def is_unwritten(hold: Hold, prisoner: Prisoner) -> bool:
    """Whether a stop reaches somebody only because nobody wrote down where they are."""
    if hold.on_noun == "facility":
        return place_of(prisoner) == SOMEWHERE
    return hold.on_noun == "country" and not prisoner.country


def rows_of(ctx: Context, reader: Reader, found: Iterable[AnyStop]) -> Iterator[StopRow]:
    """These stops in words."""
    may_lift = ctx.may(Action.LIFT_STOP).allowed
    for stop in found:
        hold, asked = stop.hold, stop.asked
        prisoner, about = stopped(reader, hold)
        yield StopRow(
            id=hold.id,
            noun=hold.on_noun if isinstance(hold, Hold) else "relative",
            prisoner=prisoner or "",
            about=about,
            reason=hold.reason,
            placed_by=ctx.name_of(hold.placed_by),
            placed_at=hold.placed_at,
            asked_by=ctx.name_of(asked.by) if asked is not None else "",
            may_ask=may_lift and asked is None,
            may_decide=may_lift
            and asked is not None
            and asked.by != ctx.me
            and pair_allowed(roles_when_writing(reader, asked.id, asked.by), ctx.roles, Action.LIFT_STOP),
        )


def stopped(reader: Reader, hold: Hold | RelativeHold) -> tuple[str | None, str]:
    """Whom or what a stop is on: the prisoner, where it is about one, and words."""
    if isinstance(hold, RelativeHold):
        found = reader.get_many(Relative, [hold.relative or ""]).get(hold.relative or "")
        prisoner = found.prisoner if found else None
        return prisoner, spoken(found, prisoner_name(reader, prisoner)) if found else ""
    match hold.on_noun:
        case "prisoner":
            return hold.on_id, prisoner_name(reader, hold.on_id)
        case "godparent":
            one = reader.get_many(Godparent, [hold.on_id]).get(hold.on_id)
            names = (one.family_name, one.given_name) if one is not None else ()
            return None, ", ".join(name for name in names if name)
        case "facility":
            place = reader.get_many(Facility, [hold.on_id]).get(hold.on_id)
            return None, place_words(place, current_language()) if place is not None else ""
        case "desk":
            desk = reader.get_many(Desk, [hold.on_id]).get(hold.on_id)
            return None, desk.name if desk is not None else ""
        case "country":
            return None, str(Locale.parse(current_language()).territories.get(hold.on_id, hold.on_id))
        case "case_file":
            return None, _("The whole case file")
    return None, hold.on_id


def stopped_words(reader: Reader, hold: Hold | RelativeHold) -> str:
    """ "23 prisoners": how many a stop on more than one case is on, "" for one on a godparent."""
    if not isinstance(hold, Hold) or hold.on_noun == "godparent":
        return ""
    number = sum(not is_signpost(one) and touches(hold, one) for one in reader.find(Prisoner))
    return ngettext("{number} prisoner", "{number} prisoners", number).format(number=number_words(number))


def prisoner_name(reader: Reader, prisoner: str | None) -> str:
    """The name a prisoner is listed by, empty for nobody."""
    found = reader.get_many(Prisoner, [prisoner] if prisoner else [])
    return display_name(found[prisoner]) if prisoner in found else ""
