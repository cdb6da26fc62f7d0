"""Passwords: argon2id, and whether one is hard enough to guess. It never logs, stores or returns what was typed."""

import functools
import re
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from server.models import Member

# OWASP's smallest argon2id setting: 19 MiB, two rounds, one lane (Password Storage Cheat Sheet).
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

SHORTEST, LONGEST = 10, 128
# zxcvbn's "safely unguessable": more than 10^8 guesses. No rules about capitals or digits: they make passwords worse.
LEAST = 3
# What zxcvbn looks at: its time grows with the square of the length, and the beginning is never stronger than all.
_LOOKED_AT = 72


class TooEasyToGuess(ValueError):
    """This password cannot be used: `why` is short, long or easy. Three or four unrelated words do."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the password is too {why}; take three or four words that have nothing to do with each other")
        self.why = why


def hash_password(password: str) -> str:
    """The argon2id hash of a password, in PHC form, to be stored."""
    return _HASHER.hash(_same_everywhere(password))


def password_matches(stored: str | None, password: str) -> bool:
    """True when the password is the stored one. `stored` None (no such account) costs the same and is
    false."""
    try:
        return _HASHER.verify(stored or _nobody(), _same_everywhere(password)) and stored is not None
    except (Argon2Error, InvalidHashError):
        return False


def strength(password: str, words: Iterable[str]) -> int:
    """How hard it is to guess, 0 to 4 as zxcvbn counts, by somebody who knows `words` about the account."""
    # Its lists of words are a tenth of a server's memory, and most processes never see a password chosen.
    from zxcvbn import zxcvbn

    known: set[str] = set()
    for word in words:
        parts = [part for part in re.split(r"\W+", word.lower()) if part]
        known |= {"".join(parts), *parts} - {""}
    found = zxcvbn(password[:_LOOKED_AT], user_inputs=sorted(known), max_length=_LOOKED_AT)
    score: int = found["score"]
    return score


def check_password(password: str, words: Iterable[str]) -> None:
    """Raises TooEasyToGuess when it may not be used: 10 to 128 characters, strength 3 or more."""
    if len(password) < SHORTEST:
        raise TooEasyToGuess("short")
    if len(password) > LONGEST:
        raise TooEasyToGuess("long")
    if strength(password, words) < LEAST:
        raise TooEasyToGuess("easy")


def words_about(member: Member) -> list[str]:
    """What a guesser would try first for this account."""
    names = (member.sign_in_name or "", member.display_name, member.team.name, member.team.organisation.name)
    return [*names, "heed"]


def _same_everywhere(password: str) -> bytes:
    """The bytes to hash: keyboards write the same letter in different ways (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@functools.cache
def _nobody() -> str:
    """What is checked when the name is unknown, so that an unknown name takes as long as a wrong password."""
    return _HASHER.hash("nobody signs in with this")
