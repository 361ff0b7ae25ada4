"""What the coordinator of the demo does: owns prisoners, adds families, talks, godparents and their acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import resources
from app.domain.consent_lines import default_end
from app.domain.dates import PartialDate
from app.domain.prisoner import HELD
from app.domain.progress import Progress, part_of
from app.domain.public_texts import PublicText
from app.domain.relative import SafeContactPlan
from app.services.consent import AnswerDraft, RecordConversation
from app.services.facilities import SaveFacility
from app.services.godparents import (
    ChangeGodparenthood,
    CreateGodparent,
    RecordAction,
    StartGodparenthood,
)
from app.services.prisoners import EditPrisoner
from app.services.relatives import AddRelative
from app.services.session import Session

Table = Mapping[str, Any]  # parsed TOML of our own, checked by the services it is given to
_LIVES: Final[Mapping[str, Sequence[str]]] = {
    "invited": ("invited",),
    "accepted": ("accepted",),
    "active": ("accepted", "active"),
    "dormant": ("accepted", "active", "dormant"),
}
_PLAN: Final = ("channel", "hours", "language", "you_are", "never_mention")


class Casework:
    """What the coordinator of the demo does.

    Args:
        listing: how far bringing in the second list is.
    """

    def __init__(self, session: Session, tables: Table, listing: Progress) -> None:
        self._session = session
        self._listing = listing
        self._tables = tables
        self._today = session.today()
        self._prisoners: Mapping[str, str] = {}
        self._relatives: dict[str, str] = {}
        self._godparents: dict[str, str] = {}
        self.mine = 0

    def trust(self) -> None:
        """Second yes to the source, then the same list in Belarusian."""
        session = self._session
        session.sources.trust(session.sources.rows()[0].id)
        looked = session.intake.look(
            resources.path("demo/list-be.csv"),
            self._tables["case_file"]["source"],
            part_of(self._listing, 0, 40),
        )
        session.intake.commit(looked, part_of(self._listing, 40, 100))
        self._prisoners = session.sources.numbers(session.sources.rows()[0].id)

    def take_over(self) -> None:
        """Own the prisoners the demo speaks of and fill in what the list does not know."""
        told = {str(row["of"]): row for row in self._tables["prisoners"]}
        spoken_of = {str(row["of"]) for name in ("relatives", "godparenthoods") for row in self._tables[name]}
        first = sorted(set(told) | spoken_of, key=int)
        held = {row.id for row in self._session.prisoners.rows() if row.status in HELD}
        rest = [key for key, found in self._prisoners.items() if key not in first and found in held]
        rest.sort(key=int)
        for key in [*first, *rest][: self._tables["mine"]["count"]]:
            values: dict[str, object] = {"owner": self._session.person.id, **self._more(told.get(key, {}))}
            view = self._session.prisoners.row(self._prisoners[key])
            self._session.prisoners.edit(EditPrisoner(view.id, view.version, values))
            self.mine += 1

    def places(self) -> None:
        """Addresses as an envelope needs them, and when somebody looked."""
        known = {(one.what, one.number): one for one in self._session.prisoners.facilities()}
        for row in self._tables["places"]:
            place = known[row["what"], row["number"]]
            checked = self._today - timedelta(days=row["checked_days_ago"])
            values = {"address_cyrillic": row["address"], "checked_on": checked}
            self._session.facilities.save(SaveFacility(values, place.id, place.version))

    def _more(self, row: Table) -> dict[str, object]:
        plain = ("patronymic", "envelope_name", "next_step", "accepts_letters", "working_notes")
        values: dict[str, object] = {name: row[name] for name in plain if name in row}
        for name in ("vulnerability", "labels"):
            if name in row:
                values[name] = tuple(row[name])
        if "next_step_in_days" in row:
            values["next_step_on"] = self._today + timedelta(days=row["next_step_in_days"])
        texts = [("en", row.get("summary_en")), ("de", row.get("summary_de"))]
        summaries = tuple(PublicText(language, text) for language, text in texts if text)
        if summaries:
            values["public_summary"] = summaries
        return values

    def families(self) -> None:
        """Relatives with their plans, then what they said."""
        for row in self._tables["relatives"]:
            saved = self._session.relatives.add(
                AddRelative(self._prisoners[str(row["of"])], _register(row), _identity(row))
            )
            self._relatives[row["key"]] = saved.id
        for row in self._tables["conversations"]:
            self._session.consent.record(self._talk(row))

    def _talk(self, row: Table) -> RecordConversation:
        held_on = self._today - timedelta(days=row["days_ago"])
        values: dict[str, object] = {
            "held_on": PartialDate.of(held_on),
            "direction": row["direction"],
            "channel": row["channel"],
            "verified_by": row["verified_by"],
            "pressure": "none",
            "evidence": "heard_not_kept",
            "note": row.get("note", ""),
        }
        answers = tuple(_answer(said, held_on) for said in row["said"])
        return RecordConversation(self._relatives[row["with"]], values, answers)

    def godparents(self) -> None:
        """Godparents, what they took on, what they did."""
        session = self._session
        for row in self._tables["godparents"]:
            saved = session.godparents.create(CreateGodparent(_godparent(row)))
            self._godparents[row["key"]] = saved.id
        for row in self._tables["godparenthoods"]:
            self._godparenthood(row)
        for row in self._tables["actions"]:
            session.godparents.act(
                RecordAction(
                    {
                        "godparent": self._godparents[row["godparent"]],
                        "prisoner": self._prisoners[str(row["of"])],
                        "what": row["what"],
                        "on": self._today - timedelta(days=row["days_ago"]),
                        "link": row.get("link", ""),
                    }
                )
            )

    def _godparenthood(self, row: Table) -> None:
        """From the proposal through its life to where it stands."""
        service = self._session.godparents
        since = PartialDate.from_stored(row["since"]) if "since" in row else None
        path = _LIVES[row["state"]]
        pair = (self._prisoners[str(row["of"])], self._godparents[row["godparent"]])
        saved = service.propose(StartGodparenthood(*pair, path[0], since))
        for state in path[1:]:
            version = service.godparenthood(saved.id).version
            service.change(ChangeGodparenthood(saved.id, version, {"state": state}))


def _register(row: Table) -> dict[str, object]:
    plan = {name: row[name] for name in _PLAN if name in row}
    values: dict[str, object] = {
        "relation": row["relation"],
        "nickname": row.get("nickname", ""),
        "whereabouts": row.get("whereabouts", ""),
        "asking": row.get("asking", ""),
    }
    if "born" in row:
        values["born"] = PartialDate.from_stored(row["born"])
    if plan:
        values["plan"] = (SafeContactPlan(**plan),)
    return values


def _identity(row: Table) -> dict[str, object]:
    return {
        "full_name": row["name"],
        "other_spellings": tuple(row.get("spellings", ())),
        "phones": tuple(row.get("phones", ())),
        "emails": tuple(row.get("emails", ())),
        "handles": tuple(row.get("handles", ())),
        "place": row.get("place", ""),
    }


def _answer(said: Sequence[str], held_on: date) -> AnswerDraft:
    what, kind, audience = said
    ends_on = default_end("contact", held_on) if kind == "given" else None
    return AnswerDraft(what, kind, audience, ends_on=ends_on)


def _godparent(row: Table) -> dict[str, object]:
    plain = ("family_name", "given_name", "title", "office", "chamber", "country", "party", "assistant")
    values: dict[str, object] = {name: row[name] for name in (*plain, "email", "language") if name in row}
    values["what"] = row.get("what", "member_of_parliament")
    values["protocol_version"] = row.get("protocol", "")
    for name in ("term_from", "term_until"):
        if name in row:
            values[name] = PartialDate.from_stored(row[name])
    return values
