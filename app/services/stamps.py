"""Scan stamps: a key holder's word that an open text names no protected person.

An open text is written for reports and readable by everyone; a relative's name could stand in it. So a text
leaves only with a stamp over exactly its words, made in the session of somebody who can search for names;
a relative who is added or re-spelt later withdraws the stamps that would no longer hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import attrs

from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, UnitOfWork
from app.domain.public_texts import PublicText, PublicTexts, text_fields
from app.domain.relative import Identity, Relative
from app.domain.report import TextStamp
from app.reports.standing import FieldDecision
from app.services.context import Context
from app.services.protected_texts import TextSearch


def fingerprint(text: str) -> str:
    """SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def unstamped(reader: Reader, texts: PublicTexts) -> frozenset[str]:
    """Fields of these texts with one that carries no valid stamp."""
    written = {name: getattr(texts, name) for name in text_fields() if getattr(texts, name)}
    if not written:
        return frozenset()
    valid = {
        (stamp.field, stamp.language, stamp.text_sha256)
        for stamp in reader.find(TextStamp, record=texts.id)
        if not stamp.withdrawn
    }
    return frozenset(
        name
        for name, parts in written.items()
        if any((name, part.language, fingerprint(part.text)) not in valid for part in parts)
    )


def without_unstamped(
    reader: Reader, texts: PublicTexts | None, decisions: Mapping[str, FieldDecision]
) -> Mapping[str, FieldDecision]:
    """An open text that no key holder has searched for names does not leave (reports.md, *scan stamp*)."""
    closed = unstamped(reader, texts) & set(decisions) if texts is not None else frozenset()
    if not closed:
        return decisions
    return {
        name: FieldDecision(allowed=False) if name in closed else value for name, value in decisions.items()
    }


def stamp_texts(context: Context, work: UnitOfWork, texts: PublicTexts) -> int:
    """Search public texts for names and stamp those without one; gives how many got none.

    Does nothing for somebody without the desk's key: their texts wait for a key holder.
    """
    closed = unstamped(work, texts)
    if not closed or not work.has_desk_key:
        return len(closed)
    search = TextSearch(spellings_of(protected(work)))
    refused = 0
    for name in sorted(closed):
        for part in getattr(texts, name):
            if search.finds(part.text):
                refused += 1
                continue
            work.add(
                TextStamp(
                    RecordId(new_id()),
                    record=texts.id,
                    field=name,
                    language=part.language,
                    text_sha256=fingerprint(part.text),
                    stamped_by=context.me,
                    stamped_at=context.now(),
                )
            )
    return refused


def withdraw_hit(work: UnitOfWork, identity: Identity) -> None:
    """A relative was added or re-spelt: withdraw the stamps of texts that name them."""
    withdraw_hits(work, [identity])


def withdraw_hits(work: UnitOfWork, identities: Iterable[Identity]) -> None:
    """The same for several relatives at once."""
    search = TextSearch(spellings_of(identities))
    for stamp in work.find(TextStamp):
        if stamp.withdrawn:
            continue
        texts = work.get_many(PublicTexts, [stamp.record]).get(stamp.record)
        parts: tuple[PublicText, ...] = getattr(texts, stamp.field, ()) if texts else ()
        if any(fingerprint(part.text) == stamp.text_sha256 and search.finds(part.text) for part in parts):
            work.save(attrs.evolve(stamp, withdrawn=True), stamp.version)


def protected(reader: Reader) -> Iterator[Identity]:
    """Every relative's identity, one at a time. The prisoners' own answers are left out: whether a
    prisoner's name may be told is decided by the report itself."""
    own = {relative.identity for relative in reader.find(Relative, relation="self")}
    for identity in reader.identities(Identity):
        if identity.id not in own:
            yield identity


def spellings_of(identities: Iterable[Identity]) -> list[str]:
    """Every stored spelling, number and address of these people."""
    found: list[str] = []
    for identity in identities:
        found += [identity.full_name, *identity.other_spellings]
        found += [*identity.phones, *identity.emails, *identity.handles]
    return [text for text in found if text.strip()]
