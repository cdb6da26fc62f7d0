"""What can be done with a team's phones and invitations. Whether it may be done is for the services to say."""

import base64
import binascii
from typing import Any

from wtforms import HiddenField, IntegerField, SelectMultipleField, StringField
from wtforms.validators import UUID, InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from server.inbox.forms.base import Form
from server.models import Team
from server.services.phones.invitations import MOST_OTHER_TEAMS, MOST_PHONES, MOST_VOUCHER_BYTES


class InvitationForm(Form):
    """For how many phones, which other teams they may send to, and what the browser made."""

    uses = IntegerField(validators=[InputRequired(), NumberRange(min=1, max=MOST_PHONES)])
    other_teams = SelectMultipleField(
        coerce=int,
        validators=[Length(max=MOST_OTHER_TEAMS)],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    secret_hash = HiddenField(validators=[InputRequired(), Regexp(r"[0-9a-f]{64}\Z")])
    voucher = HiddenField(validators=[Optional(), Length(max=2 * MOST_VOUCHER_BYTES)])

    def __init__(self, offered: list[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other_teams.choices = [(team.id, team.name) for team in offered]

    def sealed_voucher(self) -> bytes | None:
        """The age file, or None when none came or it is not in base64."""
        try:
            return base64.b64decode(self.voucher.data or "", validate=True) or None
        except (binascii.Error, ValueError):
            return None


class PhoneForm(Form):
    """A deed on a phone or an invitation. `back`: the referral on whose page it was done, if it was."""

    back = StringField(validators=[Optional(), UUID()])
