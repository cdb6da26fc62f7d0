"""Codes for the day the second factor is lost: ten, each good once, kept as hashes. They are shown once only."""

import secrets
import unicodedata
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import Member, RecoveryCode
from server.services.secrets import hash_secret

HOW_MANY = 10
# Crockford's letters: none that is taken for another. 16 of them are 80 bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _GROUP = 16, 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def make(session: Session, member: Member, now: datetime) -> list[str]:
    """Ten new codes in the open transaction, as they are shown; all earlier ones are gone."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    made = ["".join(secrets.choice(LETTERS) for _ in range(_LENGTH)) for _ in range(HOW_MANY)]
    session.add_all(RecoveryCode(member_id=member.id, code_hash=hash_secret(code), made_at=now) for code in made)
    return [in_groups(code) for code in made]


def spend(session: Session, member_id: int, typed: str, now: datetime) -> bool:
    """Use a code up in the open transaction. False when it is none of this member's, or was used before."""
    code = as_typed(typed)
    if code is None:
        return False
    unused = update(RecoveryCode).where(
        RecoveryCode.member_id == member_id,
        RecoveryCode.code_hash == hash_secret(code),
        RecoveryCode.used_at.is_(None),
    )
    return session.execute(unused.values(used_at=now).returning(RecoveryCode.id)).first() is not None


def remaining(member: Member) -> int:
    """How many codes are left."""
    left = select(func.count()).where(RecoveryCode.member_id == member.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(left) or 0


def in_groups(code: str) -> str:
    """As it is shown: four groups of four."""
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def as_typed(text: str) -> str | None:
    """The code that was meant: with or without hyphens and spaces, small or capital, O read as 0, I and L as 1.
    None when it cannot be one."""
    code = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS).strip()
    return code if len(code) == _LENGTH and all(letter in LETTERS for letter in code) else None
