"""The short reference that a worker can say on the phone. Both ends compute it, so it is known offline."""

from uuid import UUID

# Crockford's base 32: no I, L, O, U, which are misheard or misread.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# What every reference begins with, and how many letters follow.
_BEGIN, _LETTERS = "HD", 8


def reference_of(referral_id: str) -> str:
    """HD-XXXX-XXXX: the first 40 bits of the referral's uuid, five bits a character."""
    bits = UUID(referral_id).int >> 88
    word = "".join(_ALPHABET[bits >> shift & 31] for shift in range(35, -5, -5))
    return _written(word)


def _written(word: str) -> str:
    return f"{_BEGIN}-{word[:4]}-{word[4:]}"


def _letters(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())


# What people hear and type for letters that a reference never holds (Crockford's base32).
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def as_heard(typed: str) -> str:
    """What somebody typed of a reference, as its eight letters would stand: no HD, hyphens or spaces, O as nought."""
    return _letters(typed).removeprefix(_BEGIN).translate(_HEARD)


def readings(typed: str) -> list[str]:
    """What somebody may have typed of a reference, as `as_heard`; and, where HD runs on into the rest, as the letters
    of a half that begins with HD. None for a text without letters."""
    letters, heard = _letters(typed), as_heard(typed)
    if not heard:
        return []
    # "HD-7K3M" begins a reference; "HD7K" may be a half.
    runs_on = typed.strip().upper().startswith(letters[: len(_BEGIN) + 1]) and len(letters) <= _LETTERS
    return [heard, letters.translate(_HEARD)] if letters.startswith(_BEGIN) and runs_on else [heard]


def as_written(typed: str) -> str:
    """The whole reference that somebody typed, as it is kept; for a part of one, something that no referral has."""
    return _written(as_heard(typed))
