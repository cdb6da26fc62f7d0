"""Making an account by a link: the link itself, how one is called, and how one signs in from now on."""

import re
from urllib.parse import urlsplit

from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from server.inbox.forms.base import Form
from server.inbox.forms.organisation import MOST_OF_A_NUMBER, organisation_of
from server.inbox.forms.sign_in import without_spaces
from server.services.partnership.organisations import LONGEST, NameRefused, NewOrganisation, tidied_name
from server.services.partnership.teams import NewTeam

# Secrets of links are 43 letters of base64url (services/secrets.py).
_SECRET = re.compile(r"[A-Za-z0-9_-]{20,200}")
# What phones join with begins with its version (services/phones/invitations.py).
_PHONE_INVITATION = "v1."


class LinkElsewhere(ValueError):
    """The link leads to another server: open it there, do not paste it here."""


class PhoneInvitation(ValueError):
    """This is an invitation for a worker's phone: open it on the phone."""


class LinkForm(Form):
    """A whole link or only its secret: the script sends the part after the #, people paste what they were given."""

    secret = StringField(validators=[InputRequired(), Length(max=2000)])
    language = HiddenField()


def _is_a_name(_form: Form, field: Field) -> None:
    try:
        tidied_name(field.data or "")
    except NameRefused as refused:
        raise ValidationError("no name") from refused


class FirstTeamForm(Form):
    """The first team of an organisation that is there already."""

    team_name = StringField(validators=[InputRequired(), Length(max=LONGEST), _is_a_name])
    urgent_number = StringField(validators=[InputRequired(), Length(max=MOST_OF_A_NUMBER)])
    language = HiddenField()

    def organisation(self) -> NewOrganisation | None:
        """None: nothing but the team is founded."""
        return None

    def team(self) -> NewTeam:
        """What was typed."""
        return NewTeam(name=self.team_name.data or "", urgent_number=self.urgent_number.data or "")


class FoundingForm(FirstTeamForm):
    """The first organisation with its first team."""

    organisation_name = StringField(validators=[InputRequired(), Length(max=LONGEST), _is_a_name])
    kind = StringField(validators=[InputRequired(), Length(max=60)])

    def organisation(self) -> NewOrganisation:
        """What was typed."""
        return organisation_of(self.organisation_name.data, self.kind.data)


class NameForm(Form):
    """The name to sign in with, and the role that colleagues see."""

    name = StringField(
        validators=[InputRequired(), Length(min=3, max=80), Regexp(r"[^\s\x00-\x1f\x7f]+\Z")],
        filters=[lambda typed: typed.strip() if typed else typed],
    )
    role = StringField(
        validators=[Length(max=200), Regexp(r"[^\x00-\x1f\x7f]*\Z")],
        filters=[lambda typed: typed.strip() if typed else typed],
    )
    language = HiddenField()


class NewPasskeyForm(Form):
    """What the browser says about a new passkey, as JSON."""

    passkey = HiddenField()
    language = HiddenField()


class NewPasswordForm(Form):
    """A password, and the first code of the app that goes with it."""

    password_new = PasswordField(validators=[InputRequired(), Length(max=1024)])
    code = StringField(validators=[InputRequired(), Length(max=16)], filters=[without_spaces])
    language = HiddenField()


def secret_of(pasted: str, inbox_origin: str) -> str:
    """The secret in what was pasted: a whole link, the part after its #, or the secret alone.

    Out: "" when there is none in it. Raises LinkElsewhere, PhoneInvitation.
    """
    text = "".join(pasted.split())
    before, sign, after = text.rpartition("#")
    found = after if sign else text
    if found.startswith(_PHONE_INVITATION):
        raise PhoneInvitation
    if before and not _is_ours(before, inbox_origin):
        raise LinkElsewhere
    return found if _SECRET.fullmatch(found) else ""


def _is_ours(address: str, inbox_origin: str) -> bool:
    # People and mail programs drop or change what stands before the name; the name is what counts.
    host = address.partition("://")[2] or address
    return host.partition("/")[0].lower() == urlsplit(inbox_origin).netloc.lower()
