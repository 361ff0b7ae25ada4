"""The format stands still: the program makes the published bytes, and a stranger's reader opens them.

The reader below follows FORMAT.md with the standard library, `cryptography` and any SLIP-39 program;
nothing of ours.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import unicodedata
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from shamir_mnemonic.shamir import combine_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

import resources
from app.casefile import header as header_module
from app.casefile.grants import SignedGrant
from app.casefile.roster_rules import verify_roster
from app.domain.ids import CaseFileId
from tests.casefile.make_vectors import PATH, build, header_bytes, kept_wraps, stream, text_of

TEXT = PATH.read_text("utf-8")
VECTORS: dict[str, Any] = json.loads(TEXT)  # what a stranger has: JSON of any shape
INPUTS, HEADER, SEALED = VECTORS["inputs"], VECTORS["header"], VECTORS["sealed"]


def tag(thing: str) -> bytes:
    return f"poruch/{thing}/1".encode() + b"\0"


def hkdf(key: bytes, thing: str, context: bytes = b"") -> bytes:
    return HKDF(SHA256(), 32, None, tag(thing) + context).derive(key)


def unbase64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_the_program_still_makes_the_published_bytes() -> None:
    assert text_of(build(kept_wraps())) == TEXT


@pytest.mark.parametrize("number", range(len(VECTORS["canonical"])))
def test_canonical_bytes(number: int) -> None:
    vector = VECTORS["canonical"][number]
    assert canonical(vector["value"]).decode() == vector["bytes"]


def test_hashes() -> None:
    hashes = VECTORS["hashes"]
    row = tag("row") + bytes.fromhex(hashes["row_salt"]) + hashes["row"].encode()
    assert hashlib.sha256(row).hexdigest() == hashes["row_hash"]
    assert hkdf(bytes.fromhex(INPUTS["desk_key"]), "register").hex() == hashes["derived_register"]
    blob = unbase64(SEALED["register"])
    where = bytes.fromhex(SEALED["ref"]["desk"]) + struct.pack(">I", SEALED["ref"]["epoch"])
    assert hashlib.sha256(tag("sealed-row") + where + blob).hexdigest() == SEALED["register_hash"]


def k_of(passphrase: str, secret: bytes | None = None) -> bytes:
    derivation = VECTORS["derivation"]
    kdf = derivation["kdf"]
    return Argon2id(
        salt=bytes.fromhex(derivation["salt"]),
        length=32,
        iterations=kdf["iterations"],
        lanes=kdf["lanes"],
        memory_cost=kdf["memory_kib"],
        secret=secret,
    ).derive(unicodedata.normalize("NFC", passphrase).encode())


def test_k() -> None:
    derivation = VECTORS["derivation"]
    assert k_of(INPUTS["passphrase"]).hex() == derivation["k"]
    assert k_of("\u0419\u0306").hex() == derivation["k_decomposed_and_composed"]
    secret = hashlib.sha256(tag("key-file") + bytes.fromhex(derivation["key_file"])).digest()
    assert k_of(INPUTS["passphrase"], secret).hex() == derivation["k_with_key_file"]


def test_a_stranger_opens_the_header() -> None:
    data = header_bytes(VECTORS)
    assert (hashlib.sha256(data).hexdigest(), len(data)) == (HEADER["sha256"], HEADER["size"])
    magic, version, sequence, length = struct.unpack_from(">8sHQI", data)
    assert (magic, version, sequence) == (b"\x89PORUCH\n", 1, 7)
    assert hashlib.sha256(tag("header-checksum") + data[:-32]).digest() == data[-32:]
    body = json.loads(data[22 : 22 + length])
    case_file = bytes.fromhex(body["case_file"])

    k, opened, behind = k_of(INPUTS["passphrase"]), None, b""
    for text in body["slots"]:
        slot = unbase64(text)
        cipher = AESGCMSIV(hkdf(k, "slot", slot[:16]))
        try:
            opened = cipher.decrypt(slot[16:28], slot[28:4096], tag("slot") + case_file + slot[:16])
            behind = slot[4096:]
            break
        except Exception:  # noqa: BLE001 - a stranger tries the next one whatever went wrong
            continue
    assert opened is not None
    (size,) = struct.unpack_from(">I", opened)
    assert json.loads(opened[4 : 4 + size]) == INPUTS["founder"]
    assert not any(opened[4 + size :])
    assert (behind, body["main_epoch"]) == (unbase64(VECTORS["wraps"]["main"]), 1)

    front, trailer = data[: 22 + length], data[22 + length : -32]
    cipher = AESGCMSIV(hkdf(bytes.fromhex(INPUTS["main_key"]), "header"))
    padded = cipher.decrypt(trailer[:12], trailer[12:], front)
    (size,) = struct.unpack_from(">I", padded)
    said = json.loads(padded[4 : 4 + size])
    signature = unbase64(said.pop("signature"))
    public = Ed25519PublicKey.from_public_bytes(unbase64(said["ed25519"]))
    public.verify(signature, tag("header") + front + canonical(said))
    founder = INPUTS["founder"]["person"]
    assert said["used"] == {HEADER["slot_id"]: founder, HEADER["kit_slot_id"]: founder}
    assert said["kits"] == {HEADER["kit_slot_id"]: VECTORS["recovery"]["number"]}


def test_a_stranger_comes_in_with_three_shares() -> None:
    kit, case_file = VECTORS["recovery"], bytes.fromhex(INPUTS["case_file"])
    for three in combinations(kit["shares"], 3):
        assert combine_mnemonics(three).hex() == kit["secret"]
    indices = [WORDLIST.index(word) for word in kit["shares"][0].split()[:2]]
    identifier = (indices[0] << 10 | indices[1]) >> 5
    assert identifier == hashlib.sha256(tag("recovery-case") + case_file).digest()[0] * 128 + kit["number"]
    k = hkdf(bytes.fromhex(kit["secret"]), "recovery", case_file)
    assert k.hex() == kit["k"]
    slot = unbase64(HEADER["kit_slot"])
    cipher = AESGCMSIV(hkdf(k, "slot", slot[:16]))
    opened = cipher.decrypt(slot[16:28], slot[28:4096], tag("slot") + case_file + slot[:16])
    (size,) = struct.unpack_from(">I", opened)
    assert json.loads(opened[4 : 4 + size]) == INPUTS["founder"]
    number = int.from_bytes(
        hashlib.sha256(tag("kit-words") + case_file + bytes.fromhex(kit["id"])).digest(), "big"
    )
    words = resources.path("words/passphrase-en.txt").read_text("utf-8").split()
    chosen = [words[number // len(words) ** place % len(words)] for place in range(3)]
    assert " ".join(chosen) == kit["check_words"]


def test_our_own_reader_agrees() -> None:
    parsed = header_module.parse_header(header_bytes(VECTORS))
    assert parsed.sequence == 7
    assert parsed.slots[5] == unbase64(HEADER["slot"])


def test_a_stranger_opens_the_wraps() -> None:
    founder = INPUTS["founder"]
    private = MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(unbase64(founder["mlkem768"])),
        X25519PrivateKey.from_private_bytes(unbase64(founder["x25519"])),
    )
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    bound = {"case_file": INPUTS["case_file"], "epoch": 1, "recipient": founder["person"]}
    main = tag("wrap") + canonical({**bound, "thing": "main", "desk": ""})
    desk = tag("wrap") + canonical({**bound, "thing": "desk", "desk": INPUTS["desk"]})
    raw = suite.decrypt(unbase64(VECTORS["wraps"]["main"]), private, info=main)
    assert (raw[:32].hex(), raw[32:].hex()) == (INPUTS["main_key"], INPUTS["main_salt"])
    assert f"x'{raw.hex()}'" == INPUTS["sqlcipher_key"]
    assert suite.decrypt(unbase64(VECTORS["wraps"]["desk"]), private, info=desk).hex() == INPUTS["desk_key"]


def bound_to(thing: str) -> bytes:
    ref = SEALED["ref"]
    ids = b"".join(bytes.fromhex(ref[name]) for name in ("case_file", "desk", "record"))
    return tag(thing) + ids + struct.pack(">QI", ref["version"], ref["epoch"])


def unpadded(padded: bytes) -> tuple[int, bytes]:
    sort, size = struct.unpack_from(">BI", padded)
    assert not any(padded[5 + size :])
    return sort, padded[5 : 5 + size]


def test_a_stranger_opens_sealed_records() -> None:
    desk_key = bytes.fromhex(INPUTS["desk_key"])
    register, identity = AESGCMSIV(hkdf(desk_key, "register")), AESGCMSIV(hkdf(desk_key, "identity"))
    blob = unbase64(SEALED["register"])
    assert (blob[0], len(blob)) == (1, 896)
    assert unpadded(register.decrypt(blob[1:13], blob[13:], bound_to("register"))) == (
        1,
        canonical(SEALED["payload"]),
    )
    blob = unbase64(SEALED["identity"])
    sort, inner = unpadded(register.decrypt(blob[1:13], blob[13:], bound_to("register")))
    assert sort == 2
    assert identity.decrypt(inner[:12], inner[12:], bound_to("identity")) == canonical(SEALED["payload"])
    founder = INPUTS["founder"]
    drafts, blob = AESGCMSIV(hkdf(unbase64(founder["drafts"]), "draft")), unbase64(SEALED["draft"])
    ids = (INPUTS["case_file"], founder["person"], SEALED["ref"]["record"])
    bound = tag("draft") + b"".join(map(bytes.fromhex, ids))
    assert unpadded(drafts.decrypt(blob[1:13], blob[13:], bound))[1] == canonical(SEALED["payload"])


def test_a_stranger_verifies_the_list_of_people() -> None:
    grants = VECTORS["grants"]
    founder, public = INPUTS["founder"], INPUTS["founder_public"]
    root = canonical(
        {
            "case_file": INPUTS["case_file"],
            "founder": founder["person"],
            "origin": INPUTS["origin"],
            "public": public,
        }
    )
    fingerprint = hashlib.sha256(tag("trust-root") + root).digest()
    assert fingerprint.hex() == grants["trust_root"]
    fingerprint = hashlib.sha256(tag("roster") + fingerprint).digest()
    key = Ed25519PublicKey.from_public_bytes(unbase64(public["ed25519"]))
    for grant in grants["signed"]:
        key.verify(unbase64(grant["signature"]), tag("grant") + unbase64(grant["body"]))
        whole = hashlib.sha256(tag("signed-grant") + canonical(grant)).digest()
        fingerprint = hashlib.sha256(tag("roster") + fingerprint + whole).digest()
    assert fingerprint.hex() == grants["fingerprint"]
    signed = [SignedGrant.from_plain(grant) for grant in grants["signed"]]
    assert not verify_roster(
        signed, CaseFileId(INPUTS["case_file"]), grants["trust_root"], fingerprint.hex()
    ).replaced


def test_a_stranger_verifies_a_log_entry() -> None:
    log = VECTORS["log"]
    body, signature = log["body"].encode(), bytes.fromhex(log["signature"])
    key = Ed25519PublicKey.from_public_bytes(unbase64(INPUTS["founder_public"]["ed25519"]))
    key.verify(signature, tag("entry") + body)
    assert hashlib.sha256(tag("entry") + body + signature).hexdigest() == log["hash"]
    assert canonical(json.loads(body)) == body


def test_a_stranger_verifies_a_proof_line() -> None:
    proof = VECTORS["proof"]
    head, _gap, tail = proof["text"].partition("\n\n")
    ids = bytes.fromhex(INPUTS["case_file"]) + bytes.fromhex(INPUTS["origin"])
    name = hashlib.sha256(tag("proof-log") + ids).hexdigest()[:32]
    newest = base64.b64encode(bytes.fromhex(proof["entry_hash"])).decode()
    assert head.split("\n") == [f"poruch/log/{name}", "18442", newest, proof["moment"]]
    keys = [unbase64(INPUTS["founder_public"]["ed25519"]), bytes.fromhex(proof["second_ed25519"])]
    lines = tail.removesuffix("\n").split("\n")
    assert len(lines) == len(keys)
    for line, public in zip(lines, keys, strict=True):
        key = "poruch/key/" + hashlib.sha256(tag("proof-key") + public).hexdigest()[:32]
        dash, said, data = line.split(" ")
        raw = unbase64(data)
        assert (dash, said) == ("\N{EM DASH}", key)
        assert raw[:4] == hashlib.sha256(key.encode() + b"\n\x01" + public).digest()[:4]
        Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], (head + "\n").encode())


def test_a_stranger_reads_old_values() -> None:
    old, rest = VECTORS["old"], unbase64(VECTORS["old"]["stored"])
    items = []
    while rest:
        (size,) = struct.unpack_from(">I", rest)
        items.append(rest[4 : 4 + size])
        rest = rest[4 + size :]
    first, *closed, erased = items
    assert erased == b""
    assert [hashlib.sha256(tag("old-value") + item).hexdigest() for item in items[:-1]] == old["hashes"]
    named = {"field": "occupation", "record": SEALED["ref"]["record"], "value": "Inžynier"}
    assert (first[0], first[17:]) == (1, canonical(named))
    desk_key, ref = bytes.fromhex(INPUTS["desk_key"]), SEALED["ref"]
    register, identity = AESGCMSIV(hkdf(desk_key, "register")), AESGCMSIV(hkdf(desk_key, "identity"))
    found = []
    for item in closed:
        assert item[0] == 2
        record, desk, version, epoch = struct.unpack_from(">16s16sQI", item, 1)
        assert (record.hex(), desk.hex(), version, epoch) == (
            *(ref["record"], ref["desk"]),
            *(ref["version"], ref["epoch"]),
        )
        blob = item[45:]
        found.append(unpadded(register.decrypt(blob[1:13], blob[13:], bound_to("old-register"))))
    assert found[0] == (1, canonical(old["payload"]))
    sort, inner = found[1]
    assert sort == 2
    assert identity.decrypt(inner[:12], inner[12:], bound_to("old-identity")) == canonical(old["payload"])


def test_a_stranger_opens_and_verifies_the_answer_to_a_slip() -> None:
    slips, founder = VECTORS["slips"], INPUTS["founder"]
    question, answer = json.loads(slips["question"]), json.loads(slips["answer"])
    asked, said = json.loads(unbase64(question["body"])), json.loads(unbase64(answer["body"]))
    letter = unbase64(slips["letter"])
    assert letter[:10] == b"\x89POSLIP\n\x00\x01"
    assert letter[10:26].hex() == asked["slip"] == said["slip"]
    private = MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(unbase64(founder["mlkem768"])),
        X25519PrivateKey.from_private_bytes(unbase64(founder["x25519"])),
    )
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    bound = {"case_file": INPUTS["case_file"], "reader": founder["person"], "slip": asked["slip"]}
    inside = suite.decrypt(letter[26:], private, info=tag("letter") + canonical(bound))
    size = int.from_bytes(inside[:4], "big")
    assert (inside[4 : 4 + size].decode(), len(inside)) == (slips["answer"], 1 << 14)
    public = Ed25519PublicKey.from_public_bytes(unbase64(INPUTS["founder_public"]["ed25519"]))
    for thing, one in (("slip", question), ("slip-answer", answer)):
        public.verify(unbase64(one["signature"]), tag(thing) + unbase64(one["body"]))
    body = hashlib.sha256(tag("slip-body") + unbase64(question["body"])).hexdigest()
    assert body == said["fingerprint"] == slips["fingerprint"]
    for part in ("asked", "beside"):
        assert hashlib.sha256(tag("slip-asked") + canonical(asked[part])).hexdigest() == said[part]
    words = tag("slip-words") + unbase64(answer["salt"]) + answer["words"].encode()
    assert hashlib.sha256(words).hexdigest() == said["words"]


def test_a_stranger_reads_a_trustees_card_and_its_words() -> None:
    trustee = VECTORS["trustee"]
    card = json.loads(trustee["card"])
    body = json.loads(unbase64(card["body"]))
    public = Ed25519PublicKey.from_public_bytes(unbase64(body["public"]["ed25519"]))
    public.verify(unbase64(card["signature"]), tag("card") + unbase64(card["body"]))
    said = canonical({"person": body["person"], "public": body["public"]})
    number = int.from_bytes(hashlib.sha256(tag("check-words") + said).digest(), "big")
    listed = (Path(resources.__file__).parent / "words" / "passphrase-en.txt").read_text("utf-8").split()
    words = []
    for _place in range(8):
        words.append(listed[number % 7776])
        number //= 7776
    assert " ".join(words) == trustee["words"]


def test_a_stranger_reads_a_key_file() -> None:
    made = bytes.fromhex(VECTORS["derivation"]["key_file_made"])
    assert made[:10] == b"\x89POFACT\n\x00\x01"
    assert made[10:42] == stream("key file", 32)
    assert hashlib.sha256(tag("key-file-checksum") + made[:42]).digest() == made[42:]


def test_a_stranger_finds_the_four_words_of_a_log() -> None:
    proof = VECTORS["proof"]
    said = bytes.fromhex(INPUTS["case_file"] + INPUTS["origin"] + proof["entry_hash"])
    number = int.from_bytes(hashlib.sha256(tag("state-words") + said).digest(), "big")
    listed = resources.path("words/passphrase-en.txt").read_text("utf-8").split()
    chosen = [listed[number // len(listed) ** place % len(listed)] for place in range(4)]
    assert " ".join(chosen) == proof["state_words"]


def test_a_stranger_opens_a_trustees_key_file() -> None:
    whole = unbase64(VECTORS["trustee"]["key_file"])
    assert whole[:10] == b"\x89POKEYS\n\x00\x01"
    assert hashlib.sha256(tag("own-key-checksum") + whole[:-32]).digest() == whole[-32:]
    behind = 14 + int.from_bytes(whole[10:14], "big")
    head, nonce, sealed = json.loads(whole[14:behind]), whole[behind : behind + 12], whole[behind + 12 : -32]
    kdf = head["kdf"]
    stretched = Argon2id(
        salt=unbase64(head["salt"]),
        length=32,
        iterations=kdf["iterations"],
        lanes=kdf["lanes"],
        memory_cost=kdf["memory_kib"],
    ).derive(INPUTS["passphrase"].encode())
    padded = AESGCMSIV(hkdf(stretched, "own-key")).decrypt(nonce, sealed, whole[:behind])
    size = int.from_bytes(padded[:4], "big")
    inside = json.loads(padded[4 : 4 + size])
    assert len(padded) % 4096 == 0
    assert inside["keys"] == INPUTS["founder"]
    assert inside["askers"][0]["person"] == INPUTS["founder"]["person"]


def test_a_stranger_reads_a_backup() -> None:
    vector = VECTORS["backup"]
    header = stream("a header", 5000)
    database = bytes.fromhex(INPUTS["main_salt"]) + stream("pages", 2 * 4096 - 16)
    whole = bytes.fromhex(vector["front"]) + header + header + database + unbase64(vector["tail"])
    assert (hashlib.sha256(whole).hexdigest(), len(whole)) == (vector["sha256"], vector["size"])
    magic, version, case_file, *sizes = struct.unpack_from(">8sH16s3Q", whole)
    assert (magic, version, case_file.hex()) == (b"\x89POBACK\n", 1, INPUTS["case_file"])
    assert 50 + sum(sizes) + 96 + 540 + 32 == len(whole)
    tail = whole[50 + sum(sizes) :]
    digests, sealed, checksum = tail[:96], tail[96:636], tail[636:]
    place = 50
    for number, size in enumerate(sizes):
        part = whole[place : place + size]
        assert hashlib.sha256(tag("backup-part") + part).digest() == digests[number * 32 : number * 32 + 32]
        place += size
    assert hashlib.sha256(tag("backup-checksum") + whole[:50] + digests + sealed).digest() == checksum
    cipher = AESGCMSIV(hkdf(bytes.fromhex(INPUTS["main_key"]), "backup"))
    padded = cipher.decrypt(sealed[:12], sealed[12:], whole[:50] + digests)
    (size,) = struct.unpack_from(">I", padded)
    assert json.loads(padded[4 : 4 + size]) == vector["statement"]
    assert not any(padded[4 + size :])
