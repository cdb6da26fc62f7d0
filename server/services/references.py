"""The short reference that a worker can say on the phone. Both ends compute it, so it is known offline."""

from uuid import UUID

# Crockford's base 32: no I, L, O, U, which are misheard or misread.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference_of(referral_id: str) -> str:
    """HD-XXXX-XXXX: the first 40 bits of the referral's uuid, five bits a character."""
    bits = UUID(referral_id).int >> 88
    word = "".join(_ALPHABET[bits >> shift & 31] for shift in range(35, -5, -5))
    return _written(word)


def _written(word: str) -> str:
    return f"HD-{word[:4]}-{word[4:]}"


# What people hear and type for letters that a reference never holds (Crockford's base32).
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def as_heard(typed: str) -> str:
    """What somebody typed of a reference, as its eight letters would stand: no HD, hyphens or spaces, O as nought."""
    kept = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    return kept.removeprefix("HD").translate(_HEARD)


def as_written(typed: str) -> str:
    """The whole reference that somebody typed, as it is kept; for a part of one, something that no referral has."""
    return _written(as_heard(typed))
