"""The short reference that a worker can say on the phone. Both ends compute it, so it is known offline."""

from uuid import UUID

# Crockford's base 32: no I, L, O, U, which are misheard or misread.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference_of(referral_id: str) -> str:
    """HD-XXXX-XXXX: the first 40 bits of the referral's uuid, five bits a character."""
    bits = UUID(referral_id).int >> 88
    word = "".join(_ALPHABET[bits >> shift & 31] for shift in range(35, -5, -5))
    return f"HD-{word[:4]}-{word[4:]}"
