"""What `heed demo` and `heed serve` say: what to click, and how to sign in to the demonstration."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pyotp

from server.config import Config


def addresses(config: Config) -> list[str]:
    """Where the two hosts are."""
    return [f"The worker's phone   {config.field_origin}", f"The inbox            {config.inbox_origin}"]


def accounts(told: dict[str, Any], now: datetime) -> list[str]:
    """How to join and to sign in, from what stands in the secrets file."""
    lines = [
        "",
        "A demonstration: keys and passwords are throw-away, send nothing that is real.",
        "",
        f"Join as a worker     {told['invitation']}",
        f"Sign in to the inbox {told['inbox']}",
    ]
    for member in told["members"]:
        phrase = member.get("passphrase", "(no key yet: it is made after signing in)")
        lines += [
            "",
            f"  {member['organisation']}",
            f"    name {member['sign_in_name']}   password {member['password']}",
            f"    code now {pyotp.TOTP(member['totp_secret']).at(now)}",
            f"    key  {phrase}",
        ]
    return [
        *lines,
        "",
        f"A code is good for a minute and works once. For new ones, in another window: {_this_command()} demo",
        "To translate Heed, read translations/README.md.",
    ]


def _this_command() -> str:
    """The `heed` command as it can be typed here: a fresh checkout has it in .venv/bin, which is on no path yet."""
    typed = Path(sys.argv[0])
    if typed.name != "heed":
        return "heed"
    beside = os.path.relpath(typed)
    return beside if not beside.startswith("..") else str(typed)
