"""Changing how one signs in. Names begin with `password` or `code` where what is typed must never be kept."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from server.inbox.forms.base import Form
from server.inbox.forms.sign_in import without_spaces


class AddPasskeyForm(Form):
    """What the browser says about a new passkey, as JSON."""

    passkey = HiddenField()


class PasswordForm(Form):
    """The password of now, when there is one, and the next."""

    password_current = PasswordField(validators=[Length(max=1024)])
    password_new = PasswordField(validators=[InputRequired(), Length(max=1024)])


class CodeAppForm(Form):
    """The first code of the new app. `draw` names the secret that the page showed; it is not the secret."""

    code = StringField(validators=[InputRequired(), Length(max=16)], filters=[without_spaces])
    draw = HiddenField(validators=[InputRequired(), Length(max=64), Regexp(r"[A-Za-z0-9_-]+\Z")])
