"""What a message would be now, asked on the worker."""

from __future__ import annotations

import attrs

from app.domain.errors import KnownError
from app.services.message_values import MessageSeen, WriteMessage
from app.services.message_words import FoundInWords, WordsSearch
from app.services.session import Session


@attrs.frozen
class Looked:
    """What came of looking at a message: what it would be, what its own words say, or why it is none."""

    seen: MessageSeen | None
    found: tuple[FoundInWords, ...] = ()
    search: WordsSearch | None = attrs.field(default=None, repr=False)
    why: KnownError | None = None


def look_at(session: Session, command: WriteMessage, search: WordsSearch | None) -> Looked:
    """On the worker. The search for names is made once for a recipient, and anew once the log went on."""
    found: tuple[FoundInWords, ...] = ()
    if command.words.strip():
        if search is None:
            search = session.messages.words_search(command.prisoner, command.recipient)
        found = search.look(command.words)
    try:
        return Looked(session.messages.preview(command), found, search)
    except KnownError as error:
        return Looked(None, found, search, error)
