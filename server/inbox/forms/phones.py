"""What can be done with a team's phones and invitations. Whether it may be done is for the services to say."""

from typing import Any

from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.validators import UUID, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from server.inbox.forms.base import Form
from server.models import Team
from server.services.phones.invitations import MOST_OTHER_TEAMS, MOST_PHONES


class InvitationForm(Form):
    """For how many phones, and which other teams they may send to."""

    uses = IntegerField(validators=[InputRequired(), NumberRange(min=1, max=MOST_PHONES)])
    other_teams = SelectMultipleField(
        coerce=int,
        validators=[Length(max=MOST_OTHER_TEAMS)],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    def __init__(self, offered: list[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other_teams.choices = [(team.id, team.name) for team in offered]


class PhoneForm(Form):
    """A deed on a phone or an invitation. `back`: the referral on whose page it was done, if it was."""

    back = StringField(validators=[Optional(), UUID()])
