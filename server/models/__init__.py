"""What is stored, one table a file. Importing this package makes every table known to the metadata."""

from server.models.account_link import AccountLink
from server.models.audit_checkpoint import AuditCheckpoint
from server.models.audit_head import AuditHead
from server.models.base import Base
from server.models.definition import Definition
from server.models.device import Device
from server.models.device_team import DeviceTeam
from server.models.event import Event
from server.models.installation import Installation
from server.models.invitation import Invitation
from server.models.invitation_team import InvitationTeam
from server.models.member import Member
from server.models.member_session import MemberSession
from server.models.message import Message
from server.models.milestone import Milestone
from server.models.month_count import MonthCount
from server.models.organisation import Organisation
from server.models.passkey import Passkey
from server.models.recovery_code import RecoveryCode
from server.models.recovery_wrap import RecoveryWrap
from server.models.referral import Referral
from server.models.rota_turn import RotaTurn
from server.models.sealed_note import SealedNote
from server.models.team import Team
from server.models.team_conflict import TeamConflict
from server.models.team_key import TeamKey
from server.models.team_roster import TeamRoster
from server.models.team_wrap import TeamWrap
from server.models.tombstone import Tombstone
from server.models.transfer import Transfer

__all__ = [
    "AccountLink",
    "AuditCheckpoint",
    "AuditHead",
    "Base",
    "Definition",
    "Device",
    "DeviceTeam",
    "Event",
    "Installation",
    "Invitation",
    "InvitationTeam",
    "Member",
    "MemberSession",
    "Message",
    "Milestone",
    "MonthCount",
    "Organisation",
    "Passkey",
    "RecoveryCode",
    "RecoveryWrap",
    "Referral",
    "RotaTurn",
    "SealedNote",
    "Team",
    "TeamConflict",
    "TeamKey",
    "TeamRoster",
    "TeamWrap",
    "Tombstone",
    "Transfer",
]
