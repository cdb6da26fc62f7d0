"""What the reader of the record looks for, as it stands in the page's address. Nothing is changed by it."""

from collections.abc import Mapping
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form, IntegerField, StringField
from wtforms.validators import AnyOf, Length, NumberRange, Optional, Regexp, ValidationError

from server.locale import _
from server.services.audit.kinds import COMMAND, GROUPS, PHONE

# Further than any record, and far enough from the ends of the calendar to be counted with.
_FIRST, _LAST = date(2000, 1, 1), date(2999, 12, 31)
MOST_SEQ = 2**31 - 1


class AuditFilter(Form):
    """Part of the record: by kind, by who, by what it is about, by day; `before` goes on to older ones."""

    group = StringField(validators=[Optional(), AnyOf(tuple(GROUPS))])
    who = StringField(validators=[Optional()])
    about = StringField(
        validators=[Optional(), Length(max=80), Regexp(r"[^\x00-\x1f]*\Z")],
        filters=[lambda typed: typed.strip() if typed else ""],
    )
    since = DateField(validators=[Optional()])
    until = DateField(validators=[Optional()])
    before = IntegerField(validators=[Optional(), NumberRange(min=1, max=MOST_SEQ)])

    def __init__(self, given: Mapping[str, str], people: list[tuple[int, str]]) -> None:
        super().__init__(MultiDict(given))
        self._people = {str(number) for number, _name in people} | {PHONE, COMMAND}

    def validate_who(self, field: StringField) -> None:
        """Only who may stand in this record."""
        if field.data and field.data not in self._people:
            raise ValidationError("nobody here")

    def validate_since(self, field: DateField) -> None:
        """A day that can be counted with."""
        _reasonable(field)

    def validate_until(self, field: DateField) -> None:
        """The same, and not before the first day."""
        _reasonable(field)
        if self.since.data and field.data and not self.since.errors and field.data < self.since.data:
            raise ValidationError(_("The last day is before the first. Change one of them."))

    @property
    def was_made_up(self) -> bool:
        """Whether something is wrong that the page does not let anybody choose."""
        return bool(self.group.errors or self.who.errors or self.before.errors or self.about.errors)

    def asked(self) -> dict[str, str]:
        """What was asked, for the address of the next page."""
        return {name: str(field.data) for name, field in self._fields.items() if field.data and name != "before"}


def _reasonable(field: DateField) -> None:
    if field.data and not _FIRST <= field.data <= _LAST:
        raise ValidationError(_("Give the day as year, month and day, such as 2026-01-31."))
