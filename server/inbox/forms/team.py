"""Forms about a team: what it is for, when it reads, who reads on which day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from server.inbox.forms.base import Form
from server.inbox.forms.organisation import MOST_OF_A_NUMBER, as_choices
from server.models import Organisation
from server.services.partnership.hours import (
    ALWAYS,
    EVERY_DAY,
    MIDNIGHT,
    HoursRefused,
    Spans,
    sorted_hours,
    times_of,
)
from server.services.partnership.organisations import LONGEST
from server.services.partnership.rota import TurnRefused
from server.services.partnership.teams import AGES, SUBJECTS, Settings, areas, kinds

_TURN = re.compile(r"(20[0-9]{2}-[0-9]{2}-[0-9]{2})\.([0-9]{1,9})")


class SettingsForm(Form):
    """Name, number, remit and conflicts."""

    name = StringField(validators=[InputRequired(), Length(max=LONGEST)])
    urgent_number = StringField(validators=[InputRequired(), Length(max=MOST_OF_A_NUMBER)])
    areas = SelectMultipleField(choices=as_choices(areas))
    ages = SelectMultipleField(choices=as_choices(AGES), validators=[InputRequired()])
    kinds = SelectMultipleField(choices=as_choices(kinds))
    subjects = SelectMultipleField(choices=as_choices(SUBJECTS), validators=[InputRequired()])
    conflicts = SelectMultipleField()

    def __init__(self, organisations: Sequence[Organisation], **values: Any) -> None:
        super().__init__(**values)
        self.conflicts.choices = as_choices(str(one.id) for one in organisations)

    def settings(self) -> Settings:
        """What was typed and ticked."""
        return Settings(
            name=self.name.data or "",
            urgent_number=self.urgent_number.data or "",
            areas=tuple(self.areas.data or ()),
            ages=tuple(self.ages.data or ()),
            kinds=tuple(self.kinds.data or ()),
            subjects=tuple(self.subjects.data or ()),
            conflicts=frozenset(int(number) for number in self.conflicts.data or ()),
        )


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the hours page: whether the team reads, and its one or two times as HH:MM or empty."""

    day: int
    reads: bool
    opens: str
    closes: str
    opens_again: str
    closes_again: str

    def spans(self) -> Spans:
        """What was typed, as spans; midnight at the end of a day is typed as 00:00."""
        pairs = [(self.opens, self.closes)]
        if self.opens_again or self.closes_again:
            pairs.append((self.opens_again, self.closes_again))
        return [
            {"days": [self.day], "opens": opens, "closes": MIDNIGHT if closes == "00:00" else closes}
            for opens, closes in pairs
            if self.reads
        ]


_TIMES = ("opens", "closes", "opens_again", "closes_again")


class HoursForm(Form):
    """When a team reads: a checkbox and two pairs of times for each day, or all the week."""

    all_week = BooleanField()

    def rows(self) -> list[DayRow]:
        """The seven days as they were typed."""
        return [
            DayRow(day, self[f"reads_{day}"].data, *((self[f"{time}_{day}"].data or "").strip() for time in _TIMES))
            for day in EVERY_DAY
        ]

    def spans(self) -> Spans:
        """All hours that were typed, whether they can be kept or not."""
        return ALWAYS if self.all_week.data else [span for row in self.rows() for span in row.spans()]

    def problems(self) -> dict[int, str]:
        """What is wrong with each day, by HoursRefused's words."""
        found = {}
        for row in [] if self.all_week.data else self.rows():
            try:
                sorted_hours(row.spans())
            except HoursRefused as refused:
                found[row.day] = refused.problem
        return found


for _day in EVERY_DAY:
    setattr(HoursForm, f"reads_{_day}", BooleanField())
    for _time in _TIMES:
        setattr(HoursForm, f"{_time}_{_day}", StringField(validators=[Length(max=8)]))


def rows_of(hours: Spans) -> list[DayRow]:
    """The seven days as they are kept now. More than two times a day are not shown: the page cannot make them."""
    rows = []
    for day in EVERY_DAY:
        typed = [time for span in times_of(hours, day)[:2] for time in span]
        shown = ["00:00" if time == MIDNIGHT else time for time in typed] + [""] * 4
        rows.append(DayRow(day, bool(typed), *shown[:4]))
    return rows


class RotaForm(Form):
    """Ticked turns as values such as "2026-11-23.12": a day and a member's number."""

    turn = SelectMultipleField(choices=[], validate_choice=False)

    def turns(self) -> dict[date, set[int]]:
        """The members by day. Raises TurnRefused for a value that this page does not make."""
        found: dict[date, set[int]] = {}
        for value in self.turn.data or ():
            read = _TURN.fullmatch(value)
            if read is None:
                raise TurnRefused
            try:
                on = date.fromisoformat(read[1])
            except ValueError:
                raise TurnRefused from None
            found.setdefault(on, set()).add(int(read[2]))
        return found
