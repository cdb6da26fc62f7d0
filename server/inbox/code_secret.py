"""The secret of a code app as a page shows it: a picture to scan, and letters to type."""

from markupsafe import Markup

from server.inbox import qr
from server.models import Member
from server.services.accounts import one_time_codes


def picture(secret: str, member: Member) -> Markup:
    """What the app scans."""
    return qr.svg(one_time_codes.app_link(secret, member.sign_in_name or ""))


def in_groups(secret: str) -> str:
    """As a person types it, for an app that cannot scan."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
