"""An age file locked by a passphrase, at the work factor that browsers use here (16).

`pyrage` picks a factor by the speed of the machine, up to what a browser refuses to open. This is plain
Python, not safe against timing, and for the demonstration's throw-away identities only.
"""

import base64
import hashlib
import hmac
import secrets
import struct

WORK_FACTOR = 16
_LINE = 64


def lock(plaintext: bytes, passphrase: str) -> bytes:
    """The age file of a short plaintext (under 64 KiB). Format: C2SP age specification, scrypt recipient
    stanza."""
    file_key, salt, nonce = (secrets.token_bytes(16) for _ in range(3))
    label = b"age-encryption.org/v1/scrypt" + salt
    wrap_key = hashlib.scrypt(passphrase.encode(), salt=label, n=1 << WORK_FACTOR, r=8, p=1, maxmem=1 << 27, dklen=32)
    wrapped = _base64(_seal(wrap_key, bytes(12), file_key))
    header = f"age-encryption.org/v1\n-> scrypt {_base64(salt)} {WORK_FACTOR}\n{wrapped}\n---".encode()
    mac = hmac.digest(_hkdf(file_key, b"", b"header"), header, "sha256")
    payload_key = _hkdf(file_key, nonce, b"payload")
    # One chunk, which is the last: counter 0, last byte 1.
    payload = _seal(payload_key, bytes(11) + b"\x01", plaintext)
    return header + f" {_base64(mac)}\n".encode() + nonce + payload


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA256, 32 bytes (RFC 5869)."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def _seal(key: bytes, nonce: bytes, plaintext: bytes) -> bytes:
    """ChaCha20-Poly1305 without associated data (RFC 8439, 2.8)."""
    blocks = range(1, len(plaintext) // _LINE + 2)
    stream = b"".join(_chacha_block(key, block, nonce) for block in blocks)
    ciphertext = bytes(a ^ b for a, b in zip(plaintext, stream, strict=False))
    padded = ciphertext + bytes(-len(ciphertext) % 16)
    return ciphertext + _poly1305(_chacha_block(key, 0, nonce)[:32], padded + struct.pack("<QQ", 0, len(ciphertext)))


def _chacha_block(key: bytes, counter: int, nonce: bytes) -> bytes:
    start = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, *struct.unpack("<8I", key), counter]
    start += struct.unpack("<3I", nonce)
    state = start.copy()

    def quarter(a: int, b: int, c: int, d: int) -> None:
        for into, other, mixed, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[into] = (state[into] + state[other]) & 0xFFFFFFFF
            moved = state[mixed] ^ state[into]
            state[mixed] = (moved << turn | moved >> (32 - turn)) & 0xFFFFFFFF

    for _ in range(10):
        for column in range(4):
            quarter(column, column + 4, column + 8, column + 12)
        for column in range(4):
            quarter(column, (column + 1) % 4 + 4, (column + 2) % 4 + 8, (column + 3) % 4 + 12)
    return struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(state, start, strict=True)))


def _poly1305(key: bytes, message: bytes) -> bytes:
    """The message is whole blocks of 16 bytes, as the construction above pads it."""
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at : at + 16] + b"\x01", "little")) * r % ((1 << 130) - 5)
    return ((total + int.from_bytes(key[16:], "little")) % (1 << 128)).to_bytes(16, "little")
