"""What a coordinator's browser sealed: to the phone that sent a referral, or for the team itself."""

from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Regexp

from server.inbox.forms.base import Form
from server.services.messages.at_desk import DIRECTIONS, MOST_BYTES


class MessageForm(Form):
    """A sealed file (base64), its place, and the tag that shows the phone who wrote it (hex; empty for a note)."""

    direction = StringField(validators=[AnyOf(tuple(DIRECTIONS))])
    seq = IntegerField(validators=[InputRequired(), NumberRange(min=1, max=2**31 - 1)])
    file = StringField(validators=[InputRequired(), Length(max=2 * MOST_BYTES)])
    mac = StringField(validators=[Regexp(r"(?:[0-9a-f]{64})?\Z")])
