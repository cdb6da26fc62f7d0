"""What a coordinator's browser made: public halves, signatures, and private halves that are already sealed. Scripts
send these; no person fills them in."""

import base64
import binascii
import json
import re

from wtforms import Field, HiddenField, IntegerField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from server.inbox.forms.base import Form
from server.services.keys import given
from server.services.keys.given import Identity, KeysRefused, PublicKey, Recovery, SignedRoster, Wraps

# The longest forms carry a roster, and a keyring for each member: far more than any other form may.
MOST_BODY_BYTES = 2 * 1024 * 1024
_ROW = re.compile(r"[1-9][0-9]{0,9}")


def _text(needed: bool = True, most: int = 120) -> HiddenField:
    # Enough for a public half or a signature; what exactly they are, the services look at.
    return HiddenField(validators=[InputRequired() if needed else Optional(), Length(max=most)])


def _file(most_bytes: int, needed: bool = True) -> HiddenField:
    return _text(needed, 4 * (most_bytes // 3 + 1))


def _number() -> IntegerField:
    return IntegerField(validators=[InputRequired(), NumberRange(min=1, max=2**31 - 1)])


class RosterForm(Form):
    """A signed roster; with another recovery key, if there is one."""

    roster_body = _text(most=given.MOST_ROSTER_BYTES)
    roster_signature = _text()
    recovery_recipient = _text(needed=False)
    recovery_file = _file(given.MOST_KEYRING_BYTES, needed=False)

    def signed(self) -> SignedRoster:
        """The roster as it was signed."""
        return SignedRoster(self.roster_body.data or "", self.roster_signature.data or "")

    def recovery(self, recipient: str = "") -> Recovery | None:
        """The file for the recovery key; None when none came. `recipient`: whose it is when the form names none. Raises
        KeysRefused."""
        if not self.recovery_file.data and not self.recovery_recipient.data:
            return None
        return Recovery(self.recovery_recipient.data or recipient, unwrapped(self.recovery_file))


class FirstKeysForm(RosterForm):
    """Everything that a team begins with."""

    n = _number()
    identity_recipient = _text()
    identity_wrapped = _file(given.MOST_IDENTITY_BYTES)
    team_recipient = _text()
    vouch_key = _text()
    team_wrap = _file(given.MOST_KEYRING_BYTES)
    recovery_recipient = _text()
    recovery_file = _file(given.MOST_KEYRING_BYTES)

    def key(self) -> PublicKey:
        """The team's public halves."""
        return PublicKey(self.n.data or 0, self.team_recipient.data or "", self.vouch_key.data or "", "")

    def identity(self) -> Identity:
        """The member's key. Raises KeysRefused."""
        return Identity(self.identity_recipient.data or "", unwrapped(self.identity_wrapped))


class IdentityForm(Form):
    """A member's own key; with a place on the roster when the browser has the team's keyring."""

    identity_recipient = _text()
    identity_wrapped = _file(given.MOST_IDENTITY_BYTES)
    team_wrap = _file(given.MOST_KEYRING_BYTES, needed=False)
    roster_body = _text(needed=False, most=given.MOST_ROSTER_BYTES)
    roster_signature = _text(needed=False)
    used_recovery = _text(needed=False)
    words_lost = _text(needed=False)

    def identity(self) -> Identity:
        """The member's key. Raises KeysRefused."""
        return Identity(self.identity_recipient.data or "", unwrapped(self.identity_wrapped))

    def signed(self) -> SignedRoster:
        """The roster as it was signed."""
        return SignedRoster(self.roster_body.data or "", self.roster_signature.data or "")


class WordsForm(Form):
    """The same key of a member, wrapped anew."""

    identity_wrapped = _file(given.MOST_IDENTITY_BYTES)
    drop_passkeys = _text(needed=False)


class PasskeyWrapForm(Form):
    """A member's key, wrapped for one of their passkeys."""

    passkey_id = _number()
    identity_wrap = _file(given.MOST_IDENTITY_BYTES)


class HalfForm(Form):
    """One half of what opens the team's key in this browser."""

    half = _file(given.HALF_BYTES)


class AdmitForm(RosterForm):
    """A colleague's place: the keyring sealed to the key that was compared."""

    member_id = _number()
    key = _text()
    team_wrap = _file(given.MOST_KEYRING_BYTES)


class RenewForm(RosterForm):
    """The team's next key, and its keyring for everybody who stays."""

    n = _number()
    age_recipient = _text()
    vouch_key = _text()
    signature = _text(needed=False)
    wraps = _text(most=MOST_BODY_BYTES)
    lost = _text(needed=False)

    def key(self) -> PublicKey:
        """The team's new public halves."""
        names = (self.age_recipient, self.vouch_key, self.signature)
        return PublicKey(self.n.data or 0, *(field.data or "" for field in names))

    def wrapped_keyrings(self) -> Wraps:
        """The keyring for each member. Raises KeysRefused."""
        try:
            found = json.loads(self.wraps.data or "")
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not all(_ROW.fullmatch(number) for number in found):
            raise KeysRefused("the list of sealed keyrings")
        return Wraps({int(number): _bytes(text) for number, text in found.items()})


class DrillForm(Form):
    """What was shown to be still there."""

    what = HiddenField(validators=[AnyOf(("words", "recovery"))])


def is_set(field: Field) -> bool:
    """Whether a flag was sent."""
    return bool(field.data == "1")


def unwrapped(field: Field) -> bytes:
    """The bytes of a base64 field. Raises KeysRefused."""
    return _bytes(field.data or "")


def _bytes(text: object) -> bytes:
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        raise KeysRefused("a file that should be in base64") from None
