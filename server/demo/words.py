"""Passphrases for the demonstration's throw-away keys. Real passphrases are made in the browser, never here.

These are 64 words out of the 2048 of the BIP39 English list: seven of them are 42 bits, which would be too
few for a key that guards anything. A real passphrase has seven words of the whole list, 77 bits.
"""

import secrets

WORDS = (
    "alpha", "anchor", "apple", "autumn", "bamboo", "basket", "bicycle", "blanket",
    "bread", "bridge", "butter", "cabin", "candy", "canvas", "carpet", "castle",
    "cherry", "circle", "cloud", "coconut", "copper", "cotton", "cradle", "cricket",
    "daughter", "desert", "dolphin", "dragon", "engine", "fabric", "spider", "forest",
    "garden", "garlic", "ginger", "giraffe", "guitar", "hammer", "harbor", "island",
    "jacket", "kitchen", "ladder", "lemon", "lizard", "magnet", "maple", "marble",
    "meadow", "mirror", "noodle", "ocean", "olive", "orange", "orchard", "paddle",
    "panda", "pepper", "planet", "pumpkin", "ribbon", "river", "saddle", "window",
)  # fmt: skip


def passphrase() -> str:
    """Seven words joined by a space, as the inbox asks for them."""
    return " ".join(secrets.choice(WORDS) for _ in range(7))
