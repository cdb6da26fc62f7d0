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


def organisation_of(name: str | None, kind: str | None) -> NewOrganisation:
    """An organisation as it was typed; its nation and kind are one value ("GB-SCT.council")."""
    nation, _dot, its_kind = (kind or "").partition(".")
    return NewOrganisation(name=name or "", kind=its_kind, nation=nation)


class PartnerForm(Form):
    """Another organisation: its name, and what it is."""

    name = StringField(validators=[InputRequired(), Length(max=LONGEST)])
    kind = StringField(validators=[InputRequired(), Length(max=60)])

    def new(self) -> NewOrganisation:
        """What was typed."""
        return organisation_of(self.name.data, self.kind.data)


class NewTeamForm(Form):
    """A team of one's own organisation."""

    name = StringField(validators=[InputRequired(), Length(max=LONGEST)])
    urgent_number = StringField(validators=[InputRequired(), Length(max=MOST_OF_A_NUMBER)])
    areas = SelectMultipleField(choices=as_choices(areas))

    def new(self) -> NewTeam:
        """What was typed."""
        return NewTeam(self.name.data or "", self.urgent_number.data or "", tuple(self.areas.data or ()))
