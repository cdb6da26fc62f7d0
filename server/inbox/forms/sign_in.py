"""Signing in, and the language of the pages."""

from typing import Any

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from server import locale
from server.inbox.forms.base import Form


def without_spaces(typed: str | None) -> str | None:
    """Apps and papers show codes in groups, and people type what they see."""
    return "".join(typed.split()) if typed else typed


class DoorForm(Form):
    """What every way in carries along: where to go then, in which language, whether this is a second time, and
    a form that waits to be sent."""

    to = HiddenField()
    language = HiddenField()
    again = HiddenField()
    kept = HiddenField()


class SignInForm(DoorForm):
    """Name, password and the code of this half minute."""

    name = StringField(validators=[InputRequired(), Length(max=80)])
    password = PasswordField(validators=[InputRequired(), Length(max=1024)])
    code = StringField(validators=[InputRequired(), Length(max=16)], filters=[without_spaces])


class PasskeySignInForm(DoorForm):
    """What the browser says about a passkey, as JSON."""

    passkey = HiddenField()


class RecoveryForm(DoorForm):
    """A recovery code in place of the passkey or of the phone; the password when the account has one."""

    name = StringField(validators=[InputRequired(), Length(max=80)])
    password = PasswordField(validators=[Length(max=1024)])
    code = StringField(validators=[InputRequired(), Length(max=64)], filters=[without_spaces])


class LanguageForm(Form):
    """The language of the pages from now on, and the page to come back to."""

    language = StringField(validators=[InputRequired()])
    back = HiddenField()

    def validate_language(self, field: Any) -> None:
        """Only a language that is on offer."""
        if not locale.is_offered(field.data or ""):
            raise ValidationError("not offered")
