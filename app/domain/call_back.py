"""Notes that call something back: that one was made for somebody, never what it said or why."""

from __future__ import annotations

from datetime import datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_SENSITIVE = FieldClass.SENSITIVE


@noun("call_back", lasting=True)
@attrs.frozen
class CallBack:
    """A note was made for one recipient after one withdrawal: closed, because it says that somebody withdrew.

    Attributes:
        conversation: the talk in which they withdrew.
        recipient: id of a godparent, or the name of whoever received the reports.
        reports: ids of what is called back; empty where only a godparent is asked to wait.
    """

    id: RecordId
    version: int = 0
    conversation: str | None = stored(
        N_("Conversation"), Kind.REFERENCE, _SENSITIVE, refers_to="conversation", required=True
    )
    recipient: str = stored(N_("For whom"), Kind.TEXT, _SENSITIVE)
    reports: tuple[str, ...] = stored(N_("Reports"), Kind.WORDS, _SENSITIVE)
    language: str = stored(N_("Language"), Kind.LANGUAGE, _SENSITIVE)
    made_by: str | None = stored(N_("Made by"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    made_at: datetime | None = stored(N_("Made"), Kind.MOMENT, _SENSITIVE)
