"""The vectors of approval slips: a question, its answer, the letter it travels in; a trustee's card and file.

The letter's randomness lies inside the encryption library, so it is kept from the file that exists.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import attrs

from app.approval.cards import Card, write_card
from app.approval.slips import SlipRequest, signed_answer, signed_request
from app.casefile.own_key import Asker, OwnKeys, make_own_key
from app.crypto.encoding import bytes_to_text
from app.crypto.keys import PersonKeys
from app.crypto.letters import write_letter
from app.crypto.passphrase import KdfParameters
from app.domain.asked import asked_of
from app.domain.canonical import Plain
from app.domain.ids import CaseFileId, DeviceId, PersonId, RecordId
from app.domain.source import Trust


def slip_vectors(
    asker: PersonKeys, case_file: CaseFileId, moment: datetime, fixed: tuple[str, str, bytes], kept: Path
) -> Plain:
    """The founder asks, and another person answers.

    Args:
        asker: who asks.
        case_file: which.
        moment: of both.
        fixed: id of the slip, id of the trust it asks about, salt.
        kept: the file with the letter that was made once.
    """
    slip, record, salt = fixed
    second = attrs.evolve(asker, person=PersonId(record[::-1]), device=DeviceId(slip[::-1]))
    request = SlipRequest(
        slip=RecordId(slip),
        case_file=case_file,
        what="source",
        record=RecordId(record),
        part="",
        asked=asked_of([Trust(RecordId(record), 1, source=record, proposed_by=asker.person)]),
        beside={"claims": 2, "keeper": "", "link": "", "name": "A list"},
        about="A list",
        detail="Trust a source",
        made_by=asker.person,
        device=asker.device,
        recipient=second.person,
        made_at=moment,
        salt=salt,
    )
    answer = signed_answer(request, second, moment, "I know it.", granted=True)
    return {
        "answer": answer.decode("utf-8"),
        "fingerprint": request.fingerprint(),
        "letter": _letter(asker, case_file, slip, answer, kept),
        "question": signed_request(request, asker).decode("utf-8"),
    }


def trustee_vectors(keys: PersonKeys, moment: datetime, passphrase: str, folder: Path) -> Plain:
    """A card with its eight words, and a key file."""
    card = Card(keys.person, "Example Abroad", keys.public, moment)
    path = folder / "key"
    made = make_own_key(
        path, card.name, passphrase, moment, kdf=KdfParameters(memory_kib=8 * 1024, iterations=1, lanes=1)
    )
    known = Asker(CaseFileId(keys.device), keys.person, "Example", keys.public)
    made.keep(OwnKeys(keys, card.name, moment, (known,)))
    return {
        "card": write_card(card, keys).decode("utf-8"),
        "key_file": bytes_to_text(path.read_bytes()),
        "words": card.words,
    }


def _letter(asker: PersonKeys, case_file: CaseFileId, slip: str, answer: bytes, kept: Path) -> str:
    if kept.exists():
        found = json.loads(kept.read_text("utf-8")).get("slips")
        if found:
            return str(found["letter"])
    return bytes_to_text(write_letter(asker.public, case_file, slip, asker.person, answer))
