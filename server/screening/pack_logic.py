"""Proves that a pack does not contradict itself: every rule, question and default can come up, and cards that exclude
one another never meet. A dead rule in a worker's hand is advice that never comes."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from server.screening.predicates import constant
from server.screening.reading import ContentError
from server.screening.satisfiable import Predicate, facts_that_satisfy, subsets, tests_in

Pack = Mapping[str, Any]

# Derived facts that no sign gives: the screening itself says how strong the concern is, and the phone how few people
# an area, a setting and a kind could mean.
GIVEN = ("concern", "k_check")
# What is known of an organisation that has joined.
OF_ORGANISATION = ("org_fro", "org_duty")


def check_logic(pack: Pack, file: str) -> None:
    """Raises ContentError, with file and key, when a resolved pack holds what could never happen, or two of what must
    never stand together. What a switch turns off (an empty `any`) is not dead: it waits."""
    _check_where_facts_come_from(pack, file)
    _check_defaults(pack, file)
    for rule in pack["rules"]:
        if constant(rule["when"], pack["macros"]) is None and not _possible(pack, rule["when"]):
            raise ContentError(file, f"rules.{rule['id']}.when", "is true of no facts at all: no worker would see it")
    for name, fact in pack["facts"].items():
        asked = fact.get("ask_when")
        if asked and constant(asked, pack["macros"]) is None and not _possible(pack, asked):
            raise ContentError(file, f"facts.{name}.ask_when", "is true of no facts at all: it would never be asked")
    for name, card in pack["cards"].items():
        _check_card(pack, card["at_most_one"], file, f"cards.{name}.at_most_one")


def _check_where_facts_come_from(pack: Pack, file: str) -> None:
    for name, fact in pack["facts"].items():
        if fact["how"] == "derived" and name not in pack["derive"] and name not in GIVEN:
            raise ContentError(file, f"derive.{name}", "is missing: nothing would ever say this fact")
        if fact["how"] != "derived" and name in pack["derive"]:
            raise ContentError(file, f"derive.{name}", "is for derived facts only, and this one is given")
        if fact["how"] == "from_organisation" and name not in OF_ORGANISATION:
            known = ", ".join(OF_ORGANISATION)
            raise ContentError(file, f"facts.{name}.how", f"of an organisation only {known} are known; derive it")


def _check_defaults(pack: Pack, file: str) -> None:
    """A conditional default fires only where nothing stands yet; and some default must reach every fact."""
    before: dict[str, list[Predicate]] = {}
    for index, default in enumerate(pack["defaults_if"]):
        key = f"defaults_if[{index}]"
        for name in default["set"]:
            if name in pack["defaults"]:
                raise ContentError(file, f"{key}.set.{name}", "never fires: the fact has a default already")
            first = {"all": [default["when"], *({"not": earlier} for earlier in before.get(name, ()))]}
            if not _possible(pack, first, missing=name):
                raise ContentError(file, f"{key}.when", f"never fires for {name}: no facts make it true, or not first")
            before.setdefault(name, []).append(default["when"])
    for name, whens in before.items():
        left_out = _possible(pack, {"not": {"any": whens}}, missing=name)
        if left_out:
            told = ", ".join(f"{fact} {value}" for fact, value in sorted(left_out.items()))
            raise ContentError(file, f"defaults.{name}", f"is missing where {told}: say how it is read")


def _check_card(pack: Pack, actions: Iterable[str], file: str, key: str) -> None:
    whens = {
        action: {"any": [rule["when"] for rule in pack["rules"] if action in {asked for asked, _ in rule["do"]}]}
        for action in actions
    }
    for one, other in combinations(whens, 2):
        both = _possible(pack, {"all": [whens[one], whens[other]]})
        if both:
            told = ", ".join(f"{fact} {value}" for fact, value in sorted(both.items()) if value is not None)
            raise ContentError(file, key, f"{one} and {other} both come up where {told}")


def _possible(pack: Pack, predicate: Predicate, missing: str = "") -> dict[str, Any] | None:
    """Facts that make it true, each at a value it can have; the fact in `missing` is not given."""
    tested: dict[str, set[str]] = {}
    for fact, values in tests_in(predicate, pack["macros"]):
        tested.setdefault(fact, set()).update(values)
    domains = {name: [None] if name == missing else _values(pack, name, some) for name, some in tested.items()}
    return facts_that_satisfy(predicate, pack["macros"], domains)


def _values(pack: Pack, name: str, tested: set[str]) -> list[Any]:
    fact = pack["facts"][name]
    values = fact["values"]
    derived = pack["derive"].get(name)
    if derived and "kinds" not in derived:
        default = pack["defaults"].get(name)
        says = {"yes", "no", default, derived.get("when_open", "no")}
        values = [value for value in values if value in says]
    return subsets(values, tested) if fact.get("set") == "true" else list(values)
