"""The keys of a case file as values: MAIN, a desk's key, a person's own keys and their public half.

No value here ever shows its secret in a `repr`, and none is written anywhere but into a slot (`slots`) or a
wrap (`wrapping`). Python cannot wipe memory: locking replaces the whole process.

Source: security.md, *Keys*.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cached_property
from typing import Final, Self

import attrs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from app.crypto import signing
from app.crypto.encoding import Reader, bytes_to_text
from app.crypto.hashing import KEY_BYTES, SALT_BYTES, derive, tagged_hash
from app.domain.canonical import Plain, canonical_bytes
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import DeskId, DeviceId, PersonId, new_id

MLKEM_SEED_BYTES: Final = 64
MLKEM_PUBLIC_BYTES: Final = 1184
FIRST_EPOCH: Final = 1
NO_FINGERPRINT: Final = "0" * 64


def _sized(size: int) -> Callable[[object, attrs.Attribute[bytes], bytes], None]:
    def check(_: object, attribute: attrs.Attribute[bytes], value: bytes) -> None:
        if len(value) != size:
            raise BugError(f"{attribute.name} has {size} bytes")

    return check


@attrs.frozen
class MainKey:
    """MAIN: opens the database, for everyone.

    Attributes:
        raw: SQLCipher's raw key.
        salt: SQLCipher's salt, the first bytes of the database.
        epoch: counts renewals of the key, from 1.
    """

    raw: bytes = attrs.field(repr=False, validator=_sized(KEY_BYTES))
    salt: bytes = attrs.field(repr=False, validator=_sized(SALT_BYTES))
    epoch: int = FIRST_EPOCH

    @classmethod
    def generate(cls, epoch: int = FIRST_EPOCH) -> Self:
        """Fresh random bytes."""
        return cls(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES), epoch)

    def sqlcipher_key(self) -> str:
        """`x'<96 hexadecimal digits>'`, the raw key with its salt as `PRAGMA key` takes it. Secret."""
        return f"x'{(self.raw + self.salt).hex()}'"


class DeskKey:
    """A desk's key with the ciphers made from it once, so that opening a record costs no key schedule.

    Attributes:
        desk: whose key.
        epoch: counts renewals, from 1.
        raw: the key. Secret.
        register: cipher of the outer layer of every record.
        identity: cipher of the inner layer of identities.
        lasting: marks the ids of records that are never taken away. Secret.
    """

    __slots__ = ("desk", "epoch", "identity", "lasting", "raw", "register")

    def __init__(self, desk: DeskId, epoch: int, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise BugError("a desk's key has 32 bytes")
        self.desk: Final = desk
        self.epoch: Final = epoch
        self.raw: Final = raw
        self.register: Final = AESGCMSIV(derive(raw, "register"))
        self.identity: Final = AESGCMSIV(derive(raw, "identity"))
        self.lasting: Final = derive(raw, "lasting-id")

    @classmethod
    def generate(cls, desk: DeskId, epoch: int = FIRST_EPOCH) -> Self:
        """A fresh random key."""
        return cls(desk, epoch, secrets.token_bytes(KEY_BYTES))

    def __repr__(self) -> str:
        return f"DeskKey(epoch={self.epoch})"


@attrs.frozen
class PublicKeys:
    """The public half of a person's keys: two to encrypt to (used together), one to check signatures."""

    mlkem: bytes = attrs.field(repr=False, validator=_sized(MLKEM_PUBLIC_BYTES))
    x25519: bytes = attrs.field(repr=False, validator=_sized(KEY_BYTES))
    ed25519: bytes = attrs.field(repr=False, validator=_sized(signing.PUBLIC_BYTES))

    @cached_property
    def hpke(self) -> MLKEM768X25519PublicKey:
        """What a key is wrapped to.

        Raises:
            KnownError: RECORD_DAMAGED, these bytes are no key.
        """
        try:
            return MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(self.mlkem),
                X25519PublicKey.from_public_bytes(self.x25519),
            )
        except ValueError as error:
            raise KnownError(Code.RECORD_DAMAGED) from error

    def fingerprint(self) -> str:
        """64 hexadecimal digits that stand for all three."""
        return tagged_hash("public-keys", canonical_bytes(self.to_plain())).hex()

    def to_plain(self) -> dict[str, Plain]:
        """As plain values, read back by `from_plain`."""
        return {
            "ed25519": bytes_to_text(self.ed25519),
            "mlkem768": bytes_to_text(self.mlkem),
            "x25519": bytes_to_text(self.x25519),
        }

    @classmethod
    def from_plain(cls, plain: Plain) -> Self:
        """Read plain values.

        Raises:
            KnownError: RECORD_DAMAGED.
        """
        read = Reader(plain, ("ed25519", "mlkem768", "x25519"))
        return cls(
            mlkem=read.data("mlkem768", MLKEM_PUBLIC_BYTES),
            x25519=read.data("x25519", KEY_BYTES),
            ed25519=read.data("ed25519", signing.PUBLIC_BYTES),
        )


@attrs.frozen
class PersonKeys:
    """Everything a slot opens for one person.

    Attributes:
        person: who.
        device: the copy of the keys on this case file; a later device gets its own.
        signing_seed, mlkem_seed, x25519_seed: the private keys.
        drafts: key of what this person typed and has not saved.
        trust_root: fingerprint the list of people must begin with.
        roster: fingerprint of the last list of people this person accepted.
    """

    person: PersonId
    device: DeviceId
    signing_seed: bytes = attrs.field(repr=False, validator=_sized(KEY_BYTES))
    mlkem_seed: bytes = attrs.field(repr=False, validator=_sized(MLKEM_SEED_BYTES))
    x25519_seed: bytes = attrs.field(repr=False, validator=_sized(KEY_BYTES))
    drafts: bytes = attrs.field(repr=False, validator=_sized(KEY_BYTES))
    trust_root: str = NO_FINGERPRINT
    roster: str = NO_FINGERPRINT

    @classmethod
    def generate(cls) -> Self:
        """Fresh keys of a new person, not yet in any list of people."""
        return cls(
            person=PersonId(new_id()),
            device=DeviceId(new_id()),
            signing_seed=secrets.token_bytes(KEY_BYTES),
            mlkem_seed=secrets.token_bytes(MLKEM_SEED_BYTES),
            x25519_seed=secrets.token_bytes(KEY_BYTES),
            drafts=secrets.token_bytes(KEY_BYTES),
        )

    @cached_property
    def _signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.signing_seed)

    @cached_property
    def hpke(self) -> MLKEM768X25519PrivateKey:
        """What a wrap is opened with."""
        return MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(self.mlkem_seed),
            X25519PrivateKey.from_private_bytes(self.x25519_seed),
        )

    @cached_property
    def draft_cipher(self) -> AESGCMSIV:
        """The cipher of this person's drafts."""
        return AESGCMSIV(derive(self.drafts, "draft"))

    @cached_property
    def public(self) -> PublicKeys:
        """The half others may see."""
        return PublicKeys(
            mlkem=MLKEM768PrivateKey.from_seed_bytes(self.mlkem_seed).public_key().public_bytes_raw(),
            x25519=X25519PrivateKey.from_private_bytes(self.x25519_seed).public_key().public_bytes_raw(),
            ed25519=self._signing.public_key().public_bytes_raw(),
        )

    def sign(self, thing: str, data: bytes) -> bytes:
        """This person's signature over tagged bytes, 64 bytes."""
        return signing.sign(self._signing, thing, data)

    def sign_text(self, text: str) -> bytes:
        """This person's signature over a text as it is (a proof line), 64 bytes."""
        return signing.sign_text(self._signing, text)

    def to_secret_plain(self) -> dict[str, Plain]:
        """All of it as plain values, for a slot and nothing else."""
        return {
            "device": self.device,
            "drafts": bytes_to_text(self.drafts),
            "ed25519": bytes_to_text(self.signing_seed),
            "mlkem768": bytes_to_text(self.mlkem_seed),
            "person": self.person,
            "roster": self.roster,
            "trust_root": self.trust_root,
            "x25519": bytes_to_text(self.x25519_seed),
        }

    @classmethod
    def from_secret_plain(cls, plain: Plain) -> Self:
        """Read what a slot held.

        Raises:
            KnownError: RECORD_DAMAGED.
        """
        read = Reader(plain, _SLOT_KEYS)
        return cls(
            person=PersonId(read.id("person")),
            device=DeviceId(read.id("device")),
            signing_seed=read.data("ed25519", KEY_BYTES),
            mlkem_seed=read.data("mlkem768", MLKEM_SEED_BYTES),
            x25519_seed=read.data("x25519", KEY_BYTES),
            drafts=read.data("drafts", KEY_BYTES),
            trust_root=read.fingerprint("trust_root"),
            roster=read.fingerprint("roster"),
        )


_SLOT_KEYS: Final = (
    "device",
    "drafts",
    "ed25519",
    "mlkem768",
    "person",
    "roster",
    "trust_root",
    "x25519",
)
