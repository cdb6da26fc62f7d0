"""What `heed demo` and `heed serve` say: what to click, and how to sign in to the demonstration."""

from datetime import datetime
from typing import Any

import pyotp

from server.config import Config


def addresses(config: Config) -> list[str]:
    """Where the two hosts are."""
    return [f"The worker's phone   {config.field_origin}", f"The inbox            {config.inbox_origin}"]


def accounts(told: dict[str, Any], now: datetime) -> list[str]:
    """How to join and to sign in, from what stands in the secrets file. The codes are good for about a
    minute."""
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
            f"    code now {pyotp.TOTP(member['totp_secret']).at(now)} (later: run `heed demo` again)",
            f"    key  {phrase}",
        ]
    return [*lines, "", "To translate Heed, read translations/README.md."]
