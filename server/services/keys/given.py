"""What a browser made and sends to be kept: public halves and sealed files, held to their form as they come in.

No private key, passphrase or anything that opens a note may pass through here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from server.services.age_files import is_age_file

# An identity, sealed to a passphrase or a passkey, is about 500 bytes; a keyring grows by 170 with each renewal.
MOST_IDENTITY_BYTES = 4 * 1024
MOST_KEYRING_BYTES = 16 * 1024
# Some hundred bytes for each key, member and partner: room for a thousand of them.
MOST_ROSTER_BYTES = 256 * 1024
HALF_BYTES = 32
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_ED25519 = re.compile(r"[A-Za-z0-9_-]{43}")
_SIGNATURE = re.compile(r"[A-Za-z0-9_-]{86}")


class KeysRefused(ValueError):
    """What came is not what our pages make; the message says what of it. Load the page again and do it once more."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not as it should be")


class KeysStale(Exception):
    """The team's keys are not as the browser saw them, or a colleague was quicker: look at them again and decide
    again."""


class KeysNotTheirs(Exception):
    """Only somebody who can open the team's keys may do this, and only a lead may give a key up as lost."""


def require(holds: object, what: str) -> None:
    """Raises KeysRefused, naming what does not hold."""
    if not holds:
        raise KeysRefused(what)


def is_recipient(text: object) -> bool:
    """Whether it has the form of an age recipient (age1…)."""
    return _matches(_RECIPIENT, text)


def is_vouch_key(text: object) -> bool:
    """Whether it has the form of an Ed25519 public key (base64url, 32 bytes)."""
    return _matches(_ED25519, text)


def require_age_file(file: bytes, most: int, what: str) -> None:
    """Only a file's outside can be looked at. Raises KeysRefused."""
    require(is_age_file(file, most), what)


@dataclass(frozen=True, slots=True)
class Identity:
    """A member's key: the public half (age1…), and the private one as an age file that seven words open."""

    recipient: str
    wrapped: bytes = field(repr=False)

    def __post_init__(self) -> None:
        require(is_recipient(self.recipient), "the member's recipient")
        require_age_file(self.wrapped, MOST_IDENTITY_BYTES, "the member's identity")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A team's public halves, number `n` in its history. `signature`: by the key before; "" when nothing vouches."""

    n: int
    age_recipient: str
    vouch_key: str
    signature: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """The recovery key's public half, and the team's keyring as an age file for it."""

    recipient: str
    file: bytes = field(repr=False)

    def __post_init__(self) -> None:
        require(is_recipient(self.recipient), "the recovery recipient")
        require_age_file(self.file, MOST_KEYRING_BYTES, "the recovery file")


@dataclass(frozen=True, slots=True)
class SignedRoster:
    """A roster as it is kept and sent: the exact text that was signed."""

    body: str
    signature: str


@dataclass(frozen=True, slots=True)
class Wraps:
    """The team's keyring as an age file for each member, by the member's number."""

    files: Mapping[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        for file in self.files.values():
            require_age_file(file, MOST_KEYRING_BYTES, "the keyring sealed to a member")


def require_key(key: PublicKey) -> None:
    """Raises KeysRefused for public halves that are none."""
    require(type(key.n) is int and 0 < key.n < 2**31, "the number of a key")
    require(_matches(_RECIPIENT, key.age_recipient), "the team's recipient")
    require(_matches(_ED25519, key.vouch_key), "the team's vouching key")
    require(key.signature == "" or _matches(_SIGNATURE, key.signature), "the signature of a key")


def require_roster(signed: SignedRoster) -> None:
    """Raises KeysRefused for a text that is too long, or a signature that is none."""
    require(len(signed.body.encode("utf-8", "replace")) <= MOST_ROSTER_BYTES, "the length of the roster")
    require(_matches(_SIGNATURE, signed.signature), "the signature of the roster")


def _matches(form: re.Pattern[str], text: object) -> bool:
    return isinstance(text, str) and form.fullmatch(text) is not None
