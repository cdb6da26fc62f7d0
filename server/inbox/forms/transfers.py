"""Passing on: what a coordinator chose and their browser sealed, and the answers of the receiving team. No field here
takes a word in the clear."""

import base64
import binascii

from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Regexp

from server.inbox.forms.base import Form
from server.services import triage
from server.services.transfers import offering, rules


class VersionForm(Form):
    """A change of what was on the page, with the version that it had."""

    version = IntegerField(validators=[InputRequired(), NumberRange(min=1, max=2**31 - 1)])


class OfferForm(VersionForm):
    """Sent by a script, which fills in the file (base64) and the signature."""

    team = IntegerField(validators=[InputRequired(), NumberRange(min=1, max=2**31 - 1)])
    purpose = StringField(validators=[AnyOf(rules.PURPOSES)])
    ground = StringField(validators=[AnyOf(rules.GROUNDS)])
    file = HiddenField(validators=[InputRequired(), Length(max=2 * offering.MOST_BYTES), Regexp(r"[A-Za-z0-9+/]+=*\Z")])
    signature = HiddenField(validators=[InputRequired(), Length(max=100)])

    def offer(self) -> offering.Offer:
        """What was sent, for the service to judge. Raises OfferRefused when the file is not in base64."""
        try:
            file = base64.b64decode(self.file.data or "", validate=True)
        except (binascii.Error, ValueError):
            raise offering.OfferRefused("the sealed file is not in base64") from None
        return offering.Offer(
            to_team_id=self.team.data or 0,
            purpose=self.purpose.data or "",
            ground=self.ground.data or "",
            file=file,
            signature=self.signature.data or "",
        )


class RefuseForm(VersionForm):
    """Why this team does not take it on."""

    reason = StringField(validators=[AnyOf(rules.REASONS)])


class DoneForm(VersionForm):
    """How it ended for this team."""

    outcome = StringField(validators=[AnyOf(triage.OUTCOMES)])
