"""What stands on the page for one finding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from server.services.checkup.finding import Finding


@dataclass(frozen=True, slots=True)
class Said:
    """`title`: what should be so. `found`: what is so. `advice`: what to do, empty when it is good. The places in the
    last two are names of facts."""

    title: str
    found: str = ""
    advice: str = ""


Words = Callable[[Finding], Said]


def one_of(title: str, sentences: Mapping[str, tuple[str, str]], finding: Finding) -> Said:
    """The title with the sentences for what was found; a finding without words is shown as it came."""
    return Said(title, *sentences.get(finding.found, (finding.found, "")))


def number_in(finding: Finding) -> int:
    """The number that the finding's sentence depends on."""
    number = finding.facts.get("num")
    return number if isinstance(number, int) else 0
