"""What is locked here, another program that knows the format opens."""

import pyrage
import pytest

from server.demo.passphrase_file import WORK_FACTOR, lock
from server.demo.words import WORDS, passphrase


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 200])
def test_it_opens_with_its_passphrase_only(length: int) -> None:
    file = lock(bytes(range(200))[:length], "river window")
    assert pyrage.passphrase.decrypt(file, "river window") == bytes(range(200))[:length]
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(file, "window river")


def test_its_work_factor_is_the_browsers() -> None:
    assert file_line(lock(b"x", "river")).endswith(f" {WORK_FACTOR}")


def file_line(file: bytes) -> str:
    """The line of the scrypt recipient."""
    return file.split(b"\n")[1].decode()


def test_a_passphrase_has_seven_words() -> None:
    assert len(set(WORDS)) == 64
    assert len(passphrase().split(" ")) == 7
    assert set(passphrase().split(" ")) <= set(WORDS)
