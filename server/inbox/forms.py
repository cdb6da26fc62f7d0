"""What can be sent from a page of the inbox, and the proof that it was sent from our page.

The proof is the session's own value, kept on the server; on the sign-in page, where there is no session yet,
it is what a cookie of this host repeats. Labels stand in the templates.
"""

import base64
import binascii
import hmac
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest
from wtforms import Field, HiddenField, IntegerField, PasswordField, StringField
from wtforms.csrf.core import CSRF
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, ValidationError

from server import locale
from server.inbox.browser_session import binding
from server.services import keys, triage


class FormExpired(BadRequest):
    """The form was not sent from a page of this session: ask for the page again and send it from there."""


class SessionProof(CSRF):
    """WTForms' hook: the token of a page is the value its session is bound to."""

    def generate_csrf_token(self, csrf_token_field: Any) -> str:
        """What the page's form carries."""
        return binding()

    def validate_csrf_token(self, form: Any, field: Any) -> None:
        """Raises ValidationError when the form carries another one, or none."""
        if not hmac.compare_digest(str(field.data or "").encode(), binding().encode()):
            raise ValidationError("expired")


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """The parent of all forms; by itself, a button alone."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = True
        csrf_class = SessionProof
        csrf_field_name = "csrf_token"

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether the form was sent with sound fields. Raises FormExpired when it is not from our page."""
        sound = bool(super().validate_on_submit(extra_validators))
        if "csrf_token" in self.errors:
            raise FormExpired
        return sound


class SignInForm(Form):
    """Name, password and the code of this half minute; where to go then, and in which language."""

    name = StringField(validators=[InputRequired(), Length(max=80)])
    password = PasswordField(validators=[InputRequired(), Length(max=1024)])
    code = StringField(
        validators=[InputRequired(), Length(max=16)],
        # Apps show the code in two groups, and people type what they see.
        filters=[lambda typed: "".join(typed.split()) if typed else typed],
    )
    to = HiddenField()
    language = HiddenField()


class LanguageForm(Form):
    """The language of the pages from now on, and the page to come back to."""

    language = StringField(validators=[InputRequired()])
    back = HiddenField()

    def validate_language(self, field: Any) -> None:
        """Only a language that is on offer."""
        if not locale.is_offered(field.data or ""):
            raise ValidationError("not offered")


class ClaimForm(Form):
    """Taking a referral on, with the version that was on the page."""

    version = IntegerField(validators=[InputRequired(), NumberRange(min=1)])


class CloseForm(ClaimForm):
    """How it ended."""

    outcome = StringField(validators=[AnyOf(triage.OUTCOMES)])


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
