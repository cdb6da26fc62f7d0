"""Passwords: kept as argon2id, judged by how hard they are to guess, without rules about letters."""

import pytest
from argon2 import PasswordHasher

from server.services.accounts import passwords


@pytest.fixture(autouse=True)
def _as_shipped(shipped_hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", shipped_hasher)


def test_a_password_is_kept_as_argon2id_and_found_again() -> None:
    kept = passwords.hash_password("café au lait")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    # The same letter as another keyboard writes it.
    assert passwords.password_matches(kept, "cafe\u0301 au lait")
    assert not passwords.password_matches(kept, "cafe au lait")
    assert not passwords.password_matches(None, "nobody signs in with this")
    assert not passwords.password_matches(kept, "\ud800")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Tr0ub4dor", "short"),
        ("x" * 129, "long"),
        ("password1234", "easy"),
        ("qwertyuiop", "easy"),
        ("aaaaaaaaaaaaaaaaaaaa", "easy"),
        ("Clydevalley2026", "easy"),
        ("clydevalleycouncil", "easy"),
    ],
)
def test_what_is_easy_to_guess_is_refused(password: str, why: str) -> None:
    with pytest.raises(passwords.TooEasyToGuess) as refused:
        passwords.check_password(password, ["clydevalley", "Clyde Valley Council"])
    assert refused.value.why == why
    assert password not in str(refused.value)


@pytest.mark.parametrize("password", ["lantern orbit teaspoon", "مصباح مدار ملعقة شاي", "f8s-kkq2-0vd", "y7$Rk" * 25])
def test_what_is_hard_to_guess_needs_no_capitals_or_digits(password: str) -> None:
    passwords.check_password(password, ["home"])


def test_the_words_of_the_account_count() -> None:
    council = "Clyde Valley Council"
    assert passwords.strength("clydevalleycouncil", [council]) < passwords.strength("clydevalleycouncil", [])
