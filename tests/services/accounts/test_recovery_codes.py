"""Recovery codes: however one is typed it is the same code, and what cannot be one is nothing."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from server.extensions import db
from server.models import Member, RecoveryCode
from server.services.accounts import account, recovery_codes
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.accounts.conftest import NOW, member_of

CODES = st.text(recovery_codes.LETTERS, min_size=16, max_size=16)
_MISREAD = {"0": "0Oo", "1": "1IiLl"}


@given(CODES, st.data())
def test_a_code_is_read_however_it_is_typed(code: str, data: st.DataObject) -> None:
    typed = ""
    for letter in code:
        typed += data.draw(st.sampled_from(_MISREAD.get(letter, letter + letter.lower())))
        typed += data.draw(st.sampled_from(["", "", "-", " ", " - "]))
    assert recovery_codes.as_typed(typed) == code
    assert recovery_codes.as_typed(recovery_codes.in_groups(code)) == code


@given(st.text(max_size=30))
def test_anything_else_is_nothing(typed: str) -> None:
    code = recovery_codes.as_typed(typed)
    assert code is None or (len(code) == 16 and set(code) <= set(recovery_codes.LETTERS))


def test_the_letters_are_crockfords() -> None:
    assert len(set(recovery_codes.LETTERS)) == 32
    assert not set("ILOU") & set(recovery_codes.LETTERS)
    assert recovery_codes.as_typed("U" * 16) is None


def test_ten_are_made_and_only_their_hashes_kept(joined: Partnership, kinds: Callable[[], list[str]]) -> None:
    member = member_of(joined.home.member_id)
    codes = account.new_recovery_codes(member, NOW)
    assert len(set(codes)) == 10
    assert all(len(code) == 19 and code.count("-") == 3 for code in codes)
    kept = {row.code_hash for row in db.session.scalars(select(RecoveryCode))}
    assert not kept & {recovery_codes.as_typed(code) for code in codes}
    again = account.new_recovery_codes(member, NOW)
    with writing() as session:
        assert not any(recovery_codes.spend(session, member.id, code, NOW) for code in codes)
        assert recovery_codes.spend(session, member.id, again[0], NOW)
        assert not recovery_codes.spend(session, joined.other.member_id, again[1], NOW)
    assert recovery_codes.remaining(db.session.get_one(Member, joined.home.member_id)) == 9
    assert kinds().count("recovery_codes_made") == 2
