"""What the server can know of a sealed file: that it looks like one, and how long it is. Nothing here opens any."""

# https://age-encryption.org/v1: the first line of every file.
HEADER = b"age-encryption.org/v1\n"


def is_age_file(file: bytes, most: int) -> bool:
    """Whether this begins as an age file does and has at most so many bytes."""
    return file.startswith(HEADER) and len(file) <= most
