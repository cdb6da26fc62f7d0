"""Kinds of organisation by nation, and what law says of each: who may refer, who has a duty to notify.

It comes from the pathway packs and is never asked of a worker. It says what was found and where; a person must
still confirm it (`status`).
"""

from dataclasses import dataclass
from functools import cache

from server.screening.definitions import OWN, PACKS
from server.screening.own_content import content
from server.screening.pack import organisations_of


class NationUnknown(LookupError):
    """No pathway pack is for this nation: choose one of `nations()`."""


@dataclass(frozen=True, slots=True)
class OrganisationKind:
    """`first_responder` and `duty_to_notify` are yes, no or unknown; `checked_on` is a date, YYYY-MM-DD."""

    name: str
    first_responder: str
    duty_to_notify: str
    source: str
    checked_on: str
    status: str


def nations() -> tuple[str, ...]:
    """The nations that packs are for (ISO 3166 codes such as GB-SCT), the one served first first."""
    return tuple(_kinds())


def kinds_of(nation: str) -> dict[str, OrganisationKind]:
    """The kinds of a nation by their codes, in the order of the pack. Raises NationUnknown, ContentError."""
    found = _kinds().get(nation)
    if found is None:
        raise NationUnknown(nation)
    return dict(found)


@cache
def _kinds() -> dict[str, dict[str, OrganisationKind]]:
    found: dict[str, dict[str, OrganisationKind]] = {}
    with content(OWN) as folder:
        for name in PACKS:
            jurisdictions, organisations = organisations_of(folder / "pathways", name)
            kinds = {kind: OrganisationKind(**body) for kind, body in organisations.items()}
            found.update(dict.fromkeys(jurisdictions, kinds))
    return found
