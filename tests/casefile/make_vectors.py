"""Writes `app/casefile/vectors.json`: fixed inputs and what they have to become.

    python -m tests.casefile.make_vectors

Everything random is taken from a numbered stream, except the two wraps, whose randomness lies inside the
encryption library: those are kept from the file that exists, and made anew only where there is none.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from app.casefile.backup_file import BackupWriter, Statement
from app.casefile.grants import Granter, SignedGrant
from app.casefile.header import Header, build_header
from app.casefile.key_file import key_file_of
from app.casefile.proof import Checkpoint, log_name, signed
from app.casefile.recovery import k_of_kit
from app.casefile.roster import trust_root
from app.casefile.roster_rules import verify_roster
from app.crypto import hashing, sealing, slots, wrapping
from app.crypto.check_words import state_words
from app.crypto.encoding import bytes_from_text, bytes_to_text
from app.crypto.keys import DeskKey, MainKey, PersonKeys
from app.crypto.lasting_ids import lasting_id_of
from app.crypto.passphrase import KdfParameters, derive_k
from app.crypto.sealing import SealedRef
from app.crypto.shares import KitSecret
from app.domain.canonical import Plain, canonical_bytes
from app.domain.clock import stored_moment
from app.domain.ids import CaseFileId, DeskId, DeviceId, OriginId, PersonId, RecordId
from app.domain.log import Entry, EntryRow
from app.domain.public_texts import texts_id
from app.domain.roles import Role
from app.storage import old_items
from tests.casefile.kit_vectors import NUMBER, fixed_kit, kit_vectors
from tests.casefile.slip_vectors import slip_vectors, trustee_vectors

PATH = Path(__file__).resolve().parents[2] / "app" / "casefile" / "vectors.json"
MOMENT = datetime(2026, 11, 22, 12, 0, 0, 456000, tzinfo=UTC)
PASSPHRASE = "harbour violet engine seven maple drum"
PAYLOAD: dict[str, Plain] = {"fields": {"note": "Жаўняровіч"}, "kind": "relative"}


def stream(label: str, size: int) -> bytes:
    """`size` bytes: SHA-256 of `label` with a counter, one block after the other."""
    blocks = -(-size // 32)
    found = b"".join(hashlib.sha256(f"{label} {number}".encode()).digest() for number in range(blocks))
    return found[:size]


def fixed_id(label: str) -> str:
    """A fixed id."""
    return stream(label, 16).hex()


CASE_FILE, ORIGIN = CaseFileId(fixed_id("case file")), OriginId(fixed_id("origin"))
DESK = DeskKey(DeskId(fixed_id("desk")), 1, stream("desk key", 32))
MAIN = MainKey(stream("main key", 32), stream("main salt", 16))
REF = SealedRef(CASE_FILE, DESK.desk, RecordId(fixed_id("record")), 3, 1)
FOUNDER = PersonKeys(
    person=PersonId(fixed_id("founder")),
    device=DeviceId(fixed_id("device")),
    signing_seed=stream("ed25519", 32),
    mlkem_seed=stream("mlkem768", 64),
    x25519_seed=stream("x25519", 32),
    drafts=stream("drafts", 32),
)


@contextmanager
def numbered_randomness(label: str) -> Iterator[None]:
    """Let `secrets.token_bytes` give fixed bytes, others at every call."""
    real, calls = secrets.token_bytes, 0

    def token_bytes(nbytes: int | None = None) -> bytes:
        nonlocal calls
        calls += 1
        return stream(f"{label} random {calls}", nbytes or 32)

    secrets.token_bytes = token_bytes
    try:
        yield
    finally:
        secrets.token_bytes = real


def kept_wraps() -> dict[str, str]:
    """The wraps of the file that exists, or fresh ones."""
    if PATH.exists():
        found = json.loads(PATH.read_text("utf-8"))["wraps"]
        return {"main": str(found["main"]), "desk": str(found["desk"])}
    main = wrapping.wrap_main(FOUNDER.public, CASE_FILE, FOUNDER.person, MAIN)
    desk = wrapping.wrap_desk_key(FOUNDER.public, CASE_FILE, FOUNDER.person, DESK)
    return {"main": bytes_to_text(main), "desk": bytes_to_text(desk)}


def build(wraps: Mapping[str, str]) -> dict[str, Plain]:
    """All vectors."""
    keys = attrs.evolve(
        FOUNDER,
        trust_root=trust_root(CASE_FILE, ORIGIN, FOUNDER.person, FOUNDER.public),
    )
    return {
        "backup": _backup(),
        "canonical": _canonical(),
        "derivation": _derivation(),
        "grants": _grants(keys, wraps),
        "hashes": _hashes(),
        "header": _header(keys, bytes_from_text(wraps["main"])),
        "inputs": _inputs(keys),
        "log": _log(keys),
        "proof": _proof(keys),
        "recovery": kit_vectors(CASE_FILE, fixed_id("kit"), *_kit()),
        "old": _old(),
        "sealed": _sealed(keys),
        "slips": slip_vectors(
            keys, CASE_FILE, MOMENT, (fixed_id("slip"), fixed_id("trust"), stream("slip salt", 16)), PATH
        ),
        "trustee": _trustee(keys),
        "wraps": dict(wraps),
    }


def _kit() -> tuple[KitSecret, tuple[tuple[str, ...], ...]]:
    with numbered_randomness("kit"):
        return fixed_kit(CASE_FILE, secrets.token_bytes)


def _trustee(keys: PersonKeys) -> Plain:
    with numbered_randomness("trustee"), TemporaryDirectory() as folder:
        return trustee_vectors(keys, MOMENT, PASSPHRASE, Path(folder))


def _inputs(keys: PersonKeys) -> Plain:
    return {
        "case_file": CASE_FILE,
        "desk": DESK.desk,
        "desk_key": DESK.raw.hex(),
        "founder": keys.to_secret_plain(),
        "founder_public": keys.public.to_plain(),
        "main_key": MAIN.raw.hex(),
        "main_salt": MAIN.salt.hex(),
        "origin": ORIGIN,
        "passphrase": PASSPHRASE,
        "sqlcipher_key": MAIN.sqlcipher_key(),
    }


def _canonical() -> Plain:
    values: list[Plain] = [
        {"b": 1, "a": [True, None, "é", "e\u0301", 'quote " and \\ and \n'], "Ж": -5},
        {"nested": {"z": [], "y": {}}, "number": 10**20},
    ]
    return [{"bytes": canonical_bytes(value).decode("utf-8"), "value": value} for value in values]


def _hashes() -> Plain:
    row = canonical_bytes({"fields": {"name": "Example"}, "id": REF.record, "kind": "prisoner", "version": 1})
    salt = stream("row salt", 16)
    return {
        "derived_register": hashing.derive(DESK.raw, "register").hex(),
        "lasting_id": lasting_id_of(DESK, stream("lasting id", 8)),
        "lasting_id_half": stream("lasting id", 8).hex(),
        "public_texts_id": texts_id(REF.record),
        "row": row.decode("utf-8"),
        "row_hash": hashing.row_hash(salt, row).hex(),
        "row_salt": salt.hex(),
        "tagged_abc": hashing.tagged_hash("row", b"abc").hex(),
    }


def _derivation() -> Plain:
    cheap, salt = KdfParameters(memory_kib=8 * 1024, iterations=1, lanes=1), stream("salt", 16)
    return {
        "k": derive_k(PASSPHRASE, salt, cheap).hex(),
        "k_decomposed_and_composed": derive_k("Й\u0306", salt, cheap).hex(),
        "k_with_key_file": derive_k(PASSPHRASE, salt, cheap, b"key file").hex(),
        "kdf": cheap.to_plain(),
        "key_file": b"key file".hex(),
        "key_file_made": key_file_of(stream("key file", 32)).hex(),
        "salt": salt.hex(),
    }


def _sealed(keys: PersonKeys) -> Plain:
    with numbered_randomness("sealed"):
        register = sealing.seal_register(DESK, REF, PAYLOAD)
        identity = sealing.seal_identity(DESK, REF, PAYLOAD)
        long = sealing.seal_register(DESK, REF, {"kind": "relative", "note": "x" * 1000})
        draft = sealing.seal_draft(keys, CASE_FILE, REF.record, PAYLOAD)
    return {
        "draft": bytes_to_text(draft),
        "identity": bytes_to_text(identity),
        "long_sha256": hashlib.sha256(long).hexdigest(),
        "long_size": len(long),
        "payload": PAYLOAD,
        "ref": attrs.asdict(REF),
        "register": bytes_to_text(register),
        "register_hash": hashing.sealed_row_hash(REF.desk, REF.epoch, register).hex(),
    }


def _header(keys: PersonKeys, wrap: bytes) -> Plain:
    salt, cheap = stream("salt", 16), KdfParameters(memory_kib=8 * 1024, iterations=1, lanes=1)
    k = derive_k(PASSPHRASE, salt, cheap)
    with numbered_randomness("header"):
        key = slots.SlotKey.fresh(k)
        used = slots.seal_slot(key, CASE_FILE, keys, wrap)
        filled = [stream(f"unused slot {number}", slots.SLOT_BYTES) for number in range(slots.SLOTS)]
        filled[5] = used
        kit = slots.SlotKey.fresh(k_of_kit(_kit()[0], CASE_FILE))
        filled[9] = slots.seal_slot(kit, CASE_FILE, keys, wrap)
        header = Header(CASE_FILE, 7, cheap, salt, tuple(filled))
        held = {key.slot.hex(): keys.person, kit.slot.hex(): keys.person}
        data = build_header(header, MAIN, keys, held, {kit.slot.hex(): NUMBER})
    return {
        "front": data[:22].hex(),
        "kit_slot": bytes_to_text(filled[9]),
        "kit_slot_id": kit.slot.hex(),
        "kit_slot_place": 9,
        "sequence": 7,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "slot": bytes_to_text(used),
        "slot_id": key.slot.hex(),
        "slot_key": key.raw.hex(),
        "slot_place": 5,
        "tail": bytes_to_text(data[-8192 - 32 :]),
    }


def header_bytes(vectors: Mapping[str, Mapping[str, str]]) -> bytes:
    """The whole header the vectors describe, put together from its parts alone."""
    header, derivation = vectors["header"], vectors["derivation"]
    filled = [
        bytes_to_text(stream(f"unused slot {number}", slots.SLOT_BYTES)) for number in range(slots.SLOTS)
    ]
    filled[5] = header["slot"]
    filled[9] = header["kit_slot"]
    body = {
        "case_file": vectors["inputs"]["case_file"],
        "format": 1,
        "kdf": derivation["kdf"],
        "main_epoch": 1,
        "salt": bytes_to_text(bytes.fromhex(derivation["salt"])),
        "slots": filled,
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return bytes.fromhex(header["front"]) + text.encode() + bytes_from_text(header["tail"])


def _grants(keys: PersonKeys, wraps: Mapping[str, str]) -> Plain:
    granter = Granter(keys, CASE_FILE, ORIGIN, MOMENT, one_person=True)
    unsigned = (
        granter.person(keys.person, keys.public, "Alena Example", (Role.OFFICER,)).grant(),
        attrs.evolve(
            granter.main(keys.person, keys.public, MAIN).grant(), wrap=bytes_from_text(wraps["main"])
        ),
        attrs.evolve(
            granter.desk(keys.person, keys.public, DESK).grant(), wrap=bytes_from_text(wraps["desk"])
        ),
    )
    signed = []
    for number, grant in enumerate(unsigned):
        body = attrs.evolve(grant, id=RecordId(fixed_id(f"grant {number}"))).body()
        signed.append(SignedGrant(body, keys.sign("grant", body)))
    roster = verify_roster(signed, CASE_FILE, keys.trust_root)
    roster.check()
    return {
        "fingerprint": roster.fingerprint,
        "signed": [grant.to_plain() for grant in signed],
        "trust_root": keys.trust_root,
    }


def _log(keys: PersonKeys) -> Plain:
    entry = Entry(
        case_file=CASE_FILE,
        origin=ORIGIN,
        sequence=1,
        previous="",
        moment=MOMENT,
        person=keys.person,
        device=keys.device,
        act="casefile.created",
        automatic=False,
        rows=(
            EntryRow(
                "prisoner", REF.record, 1, hashing.sealed_row_hash(REF.desk, REF.epoch, b"example").hex()
            ),
        ),
    )
    body = entry.body()
    signature = keys.sign("entry", body)
    return {
        "body": body.decode("utf-8"),
        "hash": hashing.tagged_hash("entry", body + signature).hex(),
        "moment": stored_moment(MOMENT),
        "signature": signature.hex(),
    }


def _proof(keys: PersonKeys) -> Plain:
    second = PersonKeys(
        person=PersonId(fixed_id("second")),
        device=DeviceId(fixed_id("second device")),
        signing_seed=stream("second ed25519", 32),
        mlkem_seed=stream("second mlkem768", 64),
        x25519_seed=stream("second x25519", 32),
        drafts=stream("second drafts", 32),
    )
    newest = hashing.tagged_hash("entry", b"example").hex()
    checkpoint = Checkpoint(log_name(CASE_FILE, ORIGIN), 18442, newest, MOMENT)
    return {
        "entry_hash": newest,
        "moment": stored_moment(MOMENT),
        "second_ed25519": second.public.ed25519.hex(),
        "sequence": 18442,
        "state_words": state_words(CASE_FILE, ORIGIN, newest),
        "text": signed(signed(checkpoint, keys), second).text(),
    }


def _backup() -> Plain:
    header, database = stream("a header", 5000), MAIN.salt + stream("pages", 2 * 4096 - 16)
    statement = Statement(
        MOMENT, FOUNDER.person, ORIGIN, 18442, hashing.tagged_hash("entry", b"example").hex()
    )
    parts: list[bytes] = []
    with numbered_randomness("backup"):
        writer = BackupWriter(parts.append, CASE_FILE, header, len(database))
        writer.add(database)
        writer.finish(statement, MAIN)
    whole = b"".join(parts)
    return {
        "database": "16 bytes of the salt, then 8176 of the stream 'pages'",
        "front": whole[:50].hex(),
        "header": "5000 bytes of the stream 'a header', twice",
        "sha256": hashlib.sha256(whole).hexdigest(),
        "size": len(whole),
        "statement": {
            "head": statement.head,
            "made_at": stored_moment(statement.made_at),
            "origin": statement.origin,
            "person": statement.person,
            "sequence": statement.sequence,
        },
        "tail": bytes_to_text(whole[-(3 * 32 + 540 + 32) :]),
    }


def _old() -> Plain:
    payload: dict[str, Plain] = {"fields": {"note": "Жаўняровіч"}, "kind": "old_value"}
    with numbered_randomness("old"):
        opened = old_items.OpenOld(REF.record, "occupation", "Inžynier").item()
        register = sealing.seal_old(DESK, REF, payload, identity=False)
        identity = sealing.seal_old(DESK, REF, payload, identity=True)
    items = [
        opened,
        *(
            old_items.SealedOld(REF.record, REF.desk, REF.version, REF.epoch, blob).item()
            for blob in (register, identity)
        ),
    ]
    stored = old_items.joined([*items, old_items.ERASED])
    return {
        "hashes": [old_items.hash_of(item) for item in items],
        "payload": payload,
        "stored": bytes_to_text(stored or b""),
    }


def text_of(vectors: Plain) -> str:
    """The file's text."""
    return json.dumps(vectors, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    PATH.write_text(text_of(build(kept_wraps())), "utf-8")
