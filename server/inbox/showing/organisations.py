"""Organisations in words: their kinds by nation, and what law says of them. It never shows a fact without its state."""

from dataclasses import dataclass

from server.inbox import words
from server.locale import _
from server.models import Organisation
from server.screening.organisation_kinds import kinds_of, nations
from server.services.partnership.organisations import law_of


@dataclass(frozen=True, slots=True)
class Law:
    """What is known of an organisation in law. `source` is as the pack has it, in English; empty when nothing is."""

    kind: str
    first_responder: str
    duty_to_notify: str
    source: str
    checked_on: str
    confirmed: bool


def law(organisation: Organisation) -> Law:
    """The facts that stand with an organisation, with where its kind's facts come from."""
    known = law_of(organisation)
    return Law(
        kind=kind_name(organisation.nation, organisation.kind),
        first_responder=fact(organisation.first_responder),
        duty_to_notify=fact(organisation.duty_to_notify),
        source=known.source if known else "",
        checked_on=known.checked_on if known else "",
        confirmed=known is not None and known.status == "confirmed",
    )


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What an organisation can be: for each nation its name, and its kinds as pairs of value and words."""
    found = []
    for nation in nations():
        kinds = [(f"{nation}.{kind}", kind_name(nation, kind)) for kind in kinds_of(nation)]
        found.append((words.nation(nation), kinds))
    return found


def fact(code: str) -> str:
    """Yes, no, or not known."""
    return {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}.get(code, code)


def kind_name(nation: str, kind: str) -> str:
    """A kind of organisation as its nation calls it, in the page's language. A test holds the English equal to the
    packs'."""
    own = {
        "GB-SCT.health_board": _("NHS health board"),
        "GB-ENG.health_board": _("NHS trust or health board"),
        "GB-WLS.health_board": _("NHS trust or health board"),
        "GB-NIR.health_board": _("Health and social care trust"),
        "GB-SCT.environment_regulator": _("Scottish Environment Protection Agency"),
        "GB-ENG.environment_regulator": _("Environment Agency or Natural Resources Wales"),
        "GB-WLS.environment_regulator": _("Environment Agency or Natural Resources Wales"),
        "GB-NIR.environment_regulator": _("Northern Ireland Environment Agency"),
        "US.council": _("City or county"),
        "US.police": _("Police or sheriff"),
        "US.health_board": _("Health service"),
        "US.fire": _("Fire department"),
        "US.labour_regulator": _("Labor department"),
        "US.environment_regulator": _("Environment agency"),
        "US.border": _("Border or immigration service"),
        "US.housing_association": _("Housing authority"),
        "US.prison": _("Prison or jail"),
    }
    shared = {
        "council": _("Council"),
        "police": _("Police"),
        "fire": _("Fire and rescue service"),
        "ambulance": _("Ambulance service"),
        "labour_regulator": _("Fair Work Agency"),
        "border": _("Home Office"),
        "school_or_university": _("School or university"),
        "housing_association": _("Housing association"),
        "prison": _("Prison"),
        "charity": _("Charity"),
        "charity_first_responder": _("Charity that is a first responder"),
        "other": _("Other organisation"),
    }
    return own.get(f"{nation}.{kind}") or shared.get(kind, kind)
