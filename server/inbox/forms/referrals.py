"""What can be done with a referral. Each form carries the version that was on the page."""

from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, NumberRange

from server.inbox.forms.base import Form
from server.services import triage
from server.services.retention.keeping import DAYS, REASONS


class ClaimForm(Form):
    """Taking a referral on, with the version that was on the page."""

    version = IntegerField(validators=[InputRequired(), NumberRange(min=1)])


class CloseForm(ClaimForm):
    """How it ended."""

    outcome = StringField(validators=[AnyOf(triage.OUTCOMES)])


class KeepForm(ClaimForm):
    """Why it is kept longer, and how many days from today."""

    reason = StringField(validators=[AnyOf(REASONS)])
    days = IntegerField(validators=[AnyOf(DAYS)])
