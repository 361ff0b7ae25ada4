"""Own words in a message: whom they may name and how somebody could be reached through them.

Names of relatives and of other prisoners in every spelling and case, exactly and by guess, and every way to
reach somebody. A guess refuses, too: nobody else looks at a message to a godparent before it leaves. Only the
whole name of the prisoner it is about, and of who gets it, may stand in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from app.domain.godparent import Godparent
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, full_names
from app.reports.reaching import ways_in
from app.reports.text import plain_paragraphs
from app.reports.verify.name_places import Text
from app.reports.verify.names import ProtectedName, search_texts
from app.services.context import Context
from app.services.protected_names import others_than, relatives, searches_all
from app.services.same_person import every_id

NAME: Final = "name"


@attrs.frozen
class FoundInWords:
    """One thing own words say that may not leave.

    Attributes:
        what: `name`, or a way to reach somebody (`app.reports.reaching.ways_in`).
        said: the words, for a name.
    """

    what: str
    said: str = attrs.field(default="", repr=False)


class WordsSearch:
    """Looks at own words of one message; holds names and lives no longer than what it is made for.

    Args:
        protected: names, numbers and addresses that may not stand there.
        cleared: whole names that may.
        complete: nobody holds more: relatives of every desk are among them.
        head: the newest entry of the log it knows of.
    """

    def __init__(
        self, protected: Sequence[ProtectedName], cleared: Sequence[str], *, complete: bool, head: int
    ) -> None:
        self._protected: Final = tuple(protected)
        self._cleared: Final = tuple(cleared)
        self.complete: Final = complete
        self.head: Final = head

    def look(self, untrusted_words: str) -> tuple[FoundInWords, ...]:
        """What has to go, each once; names first."""
        lines = plain_paragraphs(untrusted_words)
        whole = Text([word for line in lines for word in line.split()], [])
        text = attrs.evolve(whole, places=[""] * len(whole.words))
        found = search_texts([text], self._protected, self._cleared)
        names = dict.fromkeys(hit.text for hit in (*found.hits, *found.namesakes))
        ways = dict.fromkeys(way for line in (*lines, " ".join(lines)) for way in ways_in(line))
        return (*(FoundInWords(NAME, name) for name in names), *(FoundInWords(way) for way in ways))


def words_search(ctx: Context, reader: Reader, prisoner: str, recipient: str) -> WordsSearch:
    """The search for one message, with every name this person can open."""
    own = reader.get_many(Prisoner, every_id(reader, prisoner)).values()
    cleared = [name for one in own for name in full_names(one)]
    for godparent in reader.get_many(Godparent, [recipient]).values():
        cleared.append(f"{godparent.given_name} {godparent.family_name}".strip())
    protected = others_than(reader, [prisoner])
    if reader.has_desk_key:
        protected += relatives(reader)
    return WordsSearch(protected, cleared, complete=searches_all(ctx, reader), head=reader.head()[0])
