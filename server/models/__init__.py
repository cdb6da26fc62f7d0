"""What is stored, one table a file. Importing this package makes every table known to the metadata."""

from server.models.base import Base
from server.models.definition import Definition
from server.models.device import Device
from server.models.event import Event
from server.models.installation import Installation
from server.models.invitation import Invitation
from server.models.member import Member
from server.models.member_session import MemberSession
from server.models.organisation import Organisation
from server.models.referral import Referral
from server.models.sealed_note import SealedNote
from server.models.team import Team
from server.models.team_wrap import TeamWrap

__all__ = [
    "Base",
    "Definition",
    "Device",
    "Event",
    "Installation",
    "Invitation",
    "Member",
    "MemberSession",
    "Organisation",
    "Referral",
    "SealedNote",
    "Team",
    "TeamWrap",
]
