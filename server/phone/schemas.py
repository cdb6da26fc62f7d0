"""The wire of the phone as marshmallow schemas: what comes in, what goes out, what openapi.json says of
both."""

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_dump, validate
from marshmallow.utils import get_value

from server.phone.coded_shape import faults_of
from server.services.age_files import is_age_file
from server.services.partnership.hours import said_in_english

# An envelope is padded to 1, 4 or 16 KiB; age adds its header and 16 bytes for each 64 KiB.
MOST_SEALED_BYTES = 24 * 1024

_UUID4 = validate.Regexp(
    r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z",
    error="should be a uuid, version 4, in lower case",
)
_HASH = validate.Regexp(r"[0-9a-f]{64}\Z", error="should be a sha256 in hex")
_TAG = validate.Regexp(r"[0-9a-f]{64}\Z", error="should be an HMAC-SHA256 in hex")
_RECIPIENT = validate.Regexp(r"age1[02-9ac-hj-np-z]{58}\Z", error="should be an age recipient (age1…)")
_SECRET = validate.Regexp(r"[A-Za-z0-9_-]{22,64}\Z", error="should be the secret of an invitation")


def _as_ecma(said: validate.Regexp) -> dict[str, str]:
    """The pattern as JSON Schema knows it: anchored by itself, where marshmallow begins at the beginning."""
    return {"pattern": "^" + str(said.regex.pattern).removesuffix("\\Z") + "$"}


class Moment(fields.Field[datetime]):
    """A time that goes out in UTC, to the second. (apispec describes a DateTime with a format by nulls.)"""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **_kwargs: Any) -> str | None:
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


_MOMENT = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"}


class CodedField(fields.Field[dict[str, Any]]):
    """The coded part, checked by hand in one go: field by field, marshmallow takes ten times as long."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_kwargs: Any
    ) -> dict[str, Any]:
        faults = faults_of(value)
        if faults:
            raise ValidationError(faults)
        checked: dict[str, Any] = value
        return checked


class SealedFile(fields.Field[bytes]):
    """An age file in standard base64 (RFC 4648, 4). Only its outside can be looked at."""

    def _serialize(self, value: bytes | None, attr: str | None, obj: Any, **_kwargs: Any) -> str | None:
        return base64.b64encode(value).decode() if value is not None else None

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_kwargs: Any) -> bytes:
        try:
            file = base64.b64decode(value.encode("ascii"), validate=True)
        except (AttributeError, UnicodeEncodeError, binascii.Error):
            raise ValidationError("should be base64") from None
        if not is_age_file(file, MOST_SEALED_BYTES):
            raise ValidationError(f"should be an age file of at most {MOST_SEALED_BYTES} bytes")
        return file


class WholeNumber(fields.Integer):
    """A number from 1: a whole number on the wire, and not `true`, which Python takes for 1."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_kwargs: Any) -> int:
        if type(value) is not int or not 0 < value < 2**31:
            raise ValidationError("should be a whole number from 1")
        return value


class WireSchema(Schema):
    """What goes out leaves out what there is none of: the wire has no null."""

    @post_dump
    def _leave_out_none(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return {key: value for key, value in data.items() if value is not None}


class SealedSchema(Schema):
    """A note, sealed on the phone."""

    recipient = fields.String(required=True, validate=_RECIPIENT, metadata=_as_ecma(_RECIPIENT))
    file = SealedFile(required=True, metadata={"type": "string", "contentEncoding": "base64"})


class MessageSchema(SealedSchema):
    """A message to the team, sealed on the phone. `seq` counts from 1 for each referral; `mac` is made with the key
    that travelled in the sealed note."""

    seq = WholeNumber(required=True)
    mac = fields.String(required=True, validate=_TAG, metadata=_as_ecma(_TAG))


class ReferralSchema(Schema):
    """One referral, as often as it takes."""

    id = fields.String(required=True, validate=_UUID4, metadata=_as_ecma(_UUID4))
    coded = CodedField(required=True, metadata={"type": "object"})
    receipt_sha256 = fields.String(required=True, validate=_HASH, metadata=_as_ecma(_HASH))
    sealed = fields.Nested(SealedSchema)
    # Absent: the phone's home team.
    team = WholeNumber()


class HoursSchema(WireSchema):
    """A span of the week, London time: days by ISO (Monday is 1), "24:00" for the end of the day."""

    days = fields.List(fields.Integer())
    opens = fields.String()
    closes = fields.String()


class ReadingSchema(WireSchema):
    """When the team reads, and whom to call if it cannot wait. `reading_hours` is English, for phones of before."""

    hours = fields.List(fields.Nested(HoursSchema))
    reading_hours = fields.Function(lambda team: said_in_english(get_value(team, "hours")), metadata={"type": "string"})
    urgent_number = fields.String()


class ReceiptSchema(WireSchema):
    """What is stored, with the hashes of what arrived: the phone lets go of its copy only when they agree."""

    id = fields.String()
    reference = fields.String()
    coded_sha256 = fields.String()
    sealed_sha256 = fields.String()
    state = fields.Constant("stored")
    received_at = Moment(metadata=_MOMENT)
    due_at = Moment(metadata=_MOMENT)
    team = fields.Nested(ReadingSchema)


class InvitationSchema(Schema):
    """The secret of an invitation link."""

    invitation = fields.String(required=True, validate=_SECRET, metadata=_as_ecma(_SECRET))


class OrganisationSchema(WireSchema):
    """What the phone must know of the organisation to choose the right actions."""

    name = fields.String()
    kind = fields.String()
    nation = fields.String()
    first_responder = fields.String()
    duty_to_notify = fields.String()


class TeamKeySchema(WireSchema):
    """One key of a team's history. `signature`: by the key before; "" when nothing vouches for it."""

    n = fields.Integer()
    age_recipient = fields.String()
    vouch_key = fields.String()
    signature = fields.String()


class TeamSchema(ReadingSchema):
    """A team with the public halves of its keys, if it has any; `keys` is their history, the oldest first, by which a
    phone follows from the key that it knows. `conflicts`: the names of the organisations about whose own staff it must
    not be told."""

    id = fields.Integer()
    name = fields.String()
    areas = fields.List(fields.String())
    age_recipient = fields.String()
    vouch_key = fields.String()
    keys = fields.List(fields.Nested(TeamKeySchema))
    conflicts = fields.Pluck("OrganisationSchema", "name", many=True)


class OtherTeamSchema(TeamSchema):
    """Another team that the phone may choose; often of another organisation."""

    organisation_name = fields.String(attribute="organisation.name")


class PhoneSchema(WireSchema):
    """What a phone must know of itself and its team. `phone` is the code its holder can read out."""

    phone = fields.String(attribute="device.code")
    organisation = fields.Nested(OrganisationSchema, attribute="device.team.organisation")
    team = fields.Nested(TeamSchema, attribute="device.team")
    other_teams = fields.List(fields.Nested(OtherTeamSchema), attribute="device.other_teams")


class JoinedSchema(PhoneSchema):
    """What a phone gets when it joins."""

    device_token = fields.String()


class CurrentSchema(PhoneSchema):
    """How a phone stands with its team now."""

    state = fields.String(metadata={"enum": ["active", "wipe"]})


class AnswerSchema(WireSchema):
    """A message to the phone, as it lies there."""

    seq = fields.Integer()
    file = SealedFile(metadata={"type": "string", "contentEncoding": "base64"})
    mac = fields.String()
    at = Moment(metadata=_MOMENT)


class ReceivedSchema(WireSchema):
    """A message that is stored, with the hash of what arrived: the phone lets go of its copy only when it agrees."""

    seq = fields.Integer()
    sha256 = fields.String()


class FollowUpSchema(WireSchema):
    """How far a referral is. `received` and `received_read` are the places of the phone's last message that is stored,
    and that somebody opened; 0 for none, left out when the referral was deleted in its time."""

    id = fields.String()
    reference = fields.String()
    state = fields.String(metadata={"enum": ["stored", "read", "acted", "closed"]})
    due_at = Moment(metadata=_MOMENT)
    read_at = Moment(metadata=_MOMENT)
    acted_at = Moment(metadata=_MOMENT)
    closed_at = Moment(metadata=_MOMENT)
    closed_as = fields.String()
    note = fields.String(metadata={"enum": ["none", "waiting", "stored", "read"]})
    note_sha256 = fields.String()
    messages = fields.List(fields.Nested(AnswerSchema))
    received = fields.Integer()
    received_read = fields.Integer()


class HealthSchema(WireSchema):
    """The server answers and reaches its database."""

    status = fields.Constant("ok")


class FaultSchema(WireSchema):
    """One fault of a request."""

    pointer = fields.String(required=True)
    detail = fields.String(required=True)
    allowed = fields.List(fields.Raw())


class ProblemSchema(WireSchema):
    """A problem document (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    errors = fields.List(fields.Nested(FaultSchema))
