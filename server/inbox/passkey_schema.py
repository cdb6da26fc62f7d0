"""What a browser may say about a passkey: these members and no other.

The script takes `clientExtensionResults` off, which can hold key material of the person's (PRF); one that still
comes is refused unread, so that a fault in the script can never bring it here.
"""

import json
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.validate import Equal, Length, OneOf, Regexp

MOST_CHARACTERS = 16 * 1024


class AnswerRefused(ValueError):
    """The browser's answer has another shape than a passkey's: load the page again and try once more."""


def _base64url(longest: int = 8 * 1024, *, required: bool = True) -> fields.String:
    checks = [Length(max=longest), Regexp(r"[A-Za-z0-9_-]+\Z")]
    return fields.String(required=required, allow_none=not required, validate=checks)


class _Strict(Schema):
    class Meta:
        unknown = RAISE


# By dict: the names are the browser's (WebAuthn level 3, section 5.1.8), not ours.
_ASSERTION_RESPONSE = _Strict.from_dict(
    {
        "clientDataJSON": _base64url(),
        "authenticatorData": _base64url(),
        "signature": _base64url(),
        "userHandle": _base64url(128, required=False),
    }
)
_ATTESTATION_RESPONSE = _Strict.from_dict(
    {
        "clientDataJSON": _base64url(),
        "attestationObject": _base64url(),
        "transports": fields.List(fields.String(validate=Length(max=32)), validate=Length(max=10)),
    }
)


def _credential(response: type[Schema]) -> Schema:
    return _Strict.from_dict(
        {
            "id": _base64url(1400),
            "rawId": _base64url(1400),
            "type": fields.String(required=True, validate=Equal("public-key")),
            "authenticatorAttachment": fields.String(allow_none=True, validate=OneOf(["platform", "cross-platform"])),
            "response": fields.Nested(response, required=True),
        }
    )()


_ASSERTION = _credential(_ASSERTION_RESPONSE)
_ATTESTATION = _credential(_ATTESTATION_RESPONSE)


def assertion(text: str | None) -> dict[str, Any]:
    """A passkey's answer at sign-in. In: JSON. Raises AnswerRefused."""
    return _read(_ASSERTION, text)


def attestation(text: str | None) -> dict[str, Any]:
    """A new passkey's public half. In: JSON. Raises AnswerRefused."""
    return _read(_ATTESTATION, text)


def _read(schema: Schema, text: str | None) -> dict[str, Any]:
    if not text or len(text) > MOST_CHARACTERS:
        raise AnswerRefused
    try:
        found: dict[str, Any] = schema.load(json.loads(text))
    except (ValueError, RecursionError, ValidationError):
        raise AnswerRefused from None
    return found
