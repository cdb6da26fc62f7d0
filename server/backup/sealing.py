"""Sealing a stream to the operator's age recipient, and opening it with the key that the operator brings. What is
written is whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import pyrage

from server.backup import BackupRefused


class Sink(Protocol):
    """What opened bytes are written to."""

    def write(self, some: bytes, /) -> int: ...

    def flush(self) -> None: ...


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A new file for the owner's eyes only, under its name once it is complete and on the disk; else nothing is left.

    Raises OSError.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk: without it a power cut may lose a file that was synced."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def recipient_of(text: str) -> pyrage.x25519.Recipient:
    """Whom backups are sealed to. Raises BackupRefused when none is set, or its check digits are wrong."""
    if not text:
        raise BackupRefused(
            "No backup is made in clear: make a key with `age-keygen` on another machine, and set "
            "HEED_BACKUP_RECIPIENT to its age1… line."
        )
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise BackupRefused("HEED_BACKUP_RECIPIENT has a letter wrong: copy the age1… line once more.") from None


def seal(clear: IO[bytes], sealed: IO[bytes], recipient: pyrage.x25519.Recipient) -> None:
    """Seal one stream into another, piece by piece. Raises BackupRefused."""
    try:
        pyrage.encrypt_io(clear, sealed, [recipient])
    except (pyrage.EncryptError, OSError) as error:
        raise BackupRefused(f"The backup could not be written ({error}): is there room on the disk?") from None


def identities_in(file: Path) -> list[pyrage.x25519.Identity]:
    """The secret keys of a file as `age-keygen` writes it. Raises BackupRefused, which never repeats what stands in
    it."""
    try:
        lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        found = []
    if not found:
        raise BackupRefused(f"{file} is no key file: it should be as `age-keygen` wrote it (AGE-SECRET-KEY-1…).")
    return found


def unseal(file: Path, clear: Sink, identities: list[pyrage.x25519.Identity]) -> None:
    """Open a backup into a stream. What is written may be relied on only when this returns.

    Raises BackupRefused; BrokenPipeError when the stream is a pipe whose reader has ended.
    """
    try:
        with file.open("rb") as sealed:
            pyrage.decrypt_io(sealed, clear, identities)
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise BackupRefused(f"{file} was sealed to another key: bring the one it was made for.") from None
        raise BackupRefused(f"{file} is no backup, or is cut short: use another one.") from None
    except BrokenPipeError:
        raise  # Who reads what we write has ended, and says why.
    except OSError as error:
        if error.errno is None:  # How age says that a piece was changed.
            raise BackupRefused(f"{file} is damaged: use another one. Nothing was put back.") from None
        raise BackupRefused(f"{file} cannot be opened ({os.strerror(error.errno)}).") from None
