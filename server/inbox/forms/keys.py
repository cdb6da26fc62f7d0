"""What a coordinator's browser made: public halves, and private halves that are already sealed."""

import base64
import binascii

from wtforms import Field, HiddenField
from wtforms.validators import InputRequired, Length

from server.inbox.forms.base import Form
from server.services import keys


class FirstKeysForm(Form):
    """What the browser made: public halves, and private halves already sealed (base64)."""

    identity_recipient = HiddenField(validators=[InputRequired(), Length(max=100)])
    identity_wrapped = HiddenField(validators=[InputRequired(), Length(max=2 * keys.MOST_BYTES)])
    team_recipient = HiddenField(validators=[InputRequired(), Length(max=100)])
    vouch_key = HiddenField(validators=[InputRequired(), Length(max=64)])
    team_wrap = HiddenField(validators=[InputRequired(), Length(max=2 * keys.MOST_BYTES)])


def unwrapped(field: Field) -> bytes:
    """The bytes of a base64 field. Raises KeysRefused."""
    try:
        return base64.b64decode(field.data or "", validate=True)
    except (binascii.Error, ValueError):
        raise keys.KeysRefused("a sealed file is not in base64") from None
