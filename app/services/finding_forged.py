"""What somebody did to the file below the program: halves in another's name, closed records gone.

Making a report refuses either anyway; said here, and by the check of the whole log, before anybody makes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.case_findings import Found, Rule
from app.domain.clock import local_day
from app.domain.conversation import Conversation, Countersign
from app.domain.errors import Code, KnownError
from app.domain.log import SEALED
from app.domain.ports import Reader
from app.services.context import Context


def found_below(ctx: Context, reader: Reader, wrong: Iterable[str]) -> Iterator[Found]:
    """Findings of both; needs a desk's key.

    Args:
        ctx: the session.
        reader: of one transaction.
        wrong: halves that do not count, as `SecondHalves` found them.
    """
    for record in wrong:
        yield _forged(ctx, reader, record)
    for record in _gone(reader):
        yield Found(Rule.MISSING, "record", record, (record,), (record,))


def _forged(ctx: Context, reader: Reader, record: str) -> Found:
    """About the relative where it is about one; by whoever did sign it."""
    sign = reader.get_many(Countersign, [record]).get(record)
    said = sign.conversation or "" if sign is not None else record
    talk = reader.get_many(Conversation, [said]).get(said)
    written = reader.written(record)
    last = written[-1] if written else None
    by, at = (last.person, last.at) if last is not None else (None, None)
    noun, about = (
        ("relative", talk.relative or "") if talk is not None else ("person" if by else "record", by or "")
    )
    on = local_day(at, ctx.time_zone) if at is not None else None
    return Found(Rule.FORGED, noun, about, (record, by or ""), (record,), on, by)


def _gone(reader: Reader) -> list[str]:
    """Closed records the log has and the file has not, or that do not open."""
    try:
        reader.check_rows(Conversation, ())  # refuses while any is damaged: nobody knows whose it was
    except KnownError as error:
        damaged = error.ids if error.code is Code.RECORD_DAMAGED else ()
        gone = {one for one in reader.unreadable().gone if _should_be_there(reader, one)}
        return sorted(gone | set(damaged))
    return []


def _should_be_there(reader: Reader, record: str) -> bool:
    """Whether its newest entry wrote it; what was taken away with an entry is not missing."""
    newest = reader.records_of(reader.entries_of(record)[-1])
    return any((kind, one) == (SEALED, record) for kind, one, _version in newest)
