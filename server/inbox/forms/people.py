"""Forms about people: inviting one, their roles, and how they leave."""

from collections.abc import Collection
from typing import Any

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from server.inbox.forms.base import Form
from server.inbox.forms.organisation import as_choices
from server.models import Member
from server.services.accounts.roles import ROLES
from server.services.partnership.organisations import LONGEST, SHORTEST


class RolesForm(Form):
    """Which roles somebody has; at least one."""

    roles = SelectMultipleField(validators=[InputRequired()])

    def __init__(self, giveable: Collection[str], **values: Any) -> None:
        super().__init__(**values)
        self.roles.choices = as_choices(role for role in ROLES if role in giveable)


class InviteForm(RolesForm):
    """A new member: what colleagues will see them as, and their roles."""

    display_name = StringField(
        validators=[InputRequired(), Length(min=SHORTEST, max=LONGEST)],
        filters=[lambda typed: " ".join(typed.split()) if typed else typed],
    )


class LeaveForm(Form):
    """To whom the work of somebody who leaves goes: a colleague's number, or nobody."""

    hand_to = SelectField()

    def __init__(self, colleagues: Collection[Member], **values: Any) -> None:
        super().__init__(**values)
        self.hand_to.choices = as_choices(["", *(str(member.id) for member in colleagues)])
