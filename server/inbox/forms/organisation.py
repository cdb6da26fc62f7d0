"""Forms about organisations: a new partner, and a new team of one's own."""

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from server.inbox.forms.base import Form
from server.services.partnership.organisations import LONGEST, NewOrganisation
from server.services.partnership.teams import NewTeam, areas

MOST_OF_A_NUMBER = 40


def as_choices(codes: Iterable[str] | Callable[[], Iterable[str]]) -> Any:
    """Codes, or what gives them anew each time, as WTForms takes them; its type stubs know only the older pairs."""
    return (lambda: list(codes())) if callable(codes) else list(codes)


class PartnerForm(Form):
    """Another organisation: its name, and what it is, as nation and kind in one value ("GB-SCT.council")."""

    name = StringField(validators=[InputRequired(), Length(max=LONGEST)])
    kind = StringField(validators=[InputRequired(), Length(max=60)])

    def new(self) -> NewOrganisation:
        """What was typed."""
        nation, _dot, kind = (self.kind.data or "").partition(".")
        return NewOrganisation(name=self.name.data or "", kind=kind, nation=nation)


class NewTeamForm(Form):
    """A team of one's own organisation."""

    name = StringField(validators=[InputRequired(), Length(max=LONGEST)])
    urgent_number = StringField(validators=[InputRequired(), Length(max=MOST_OF_A_NUMBER)])
    areas = SelectMultipleField(choices=as_choices(areas))

    def new(self) -> NewTeam:
        """What was typed."""
        return NewTeam(self.name.data or "", self.urgent_number.data or "", tuple(self.areas.data or ()))
