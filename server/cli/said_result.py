"""The result of a screening as a table to read: the level with all its reasons, what is open, and what to do.

No level stands without its reasons, and "enough by themselves" never without all of them.
"""

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

LEVELS = {"strong": "Strong signs", "some": "Some signs", "low": "Few signs", "none": "No sign recorded"}
MEANS = {
    "strong": "Several signs fit together, or one of them is very serious by itself.",
    "some": "Some signs point the same way. Someone who can join things up should see this.",
    "low": "Few signs were recorded. They do not say that all is well.",
    "none": "No sign was recorded. That does not say that all is well.",
}
_KNOWN = {"seen": "seen", "heard": "heard", "person_said": "the person said it", "other_said": "someone else said it"}
_READINGS = {
    "ecat": "Trafficking, as the European convention has it",
    "scottish-offence": "Trafficking, as the law of Scotland has it",
    "forced-labour": "Forced labour and servitude",
    "ilo": "Forced labour, as experts of the ILO weigh signs",
}
_OUTCOMES = {
    "positive": "signs for every part",
    "negative": "a part has no sign",
    "indeterminate": "a part is not known",
}
_WIDTH = 100

Told = Mapping[str, Any]


def lines(told: Told) -> Iterator[str]:
    """The table, line by line. In: what `heed screen` found, with its two definitions."""
    result, checklist = told["result"], told["definition"]
    yield f"{checklist['title']} (version {checklist['version']}, signs {checklist['bank_version']}), {told['nation']}"
    yield ""
    yield f"{LEVELS[result['concern']]}. {MEANS[result['concern']]}"
    yield from _wrapped(
        "This is not proof, and not for you to prove. Lists of this kind are wrong about most people they point to, "
        "and this one is not tested yet. If you are worried, your worry is enough to send."
    )
    if result["could_be"] != result["concern"]:
        yield f"With what is not known yet, it could become: {LEVELS[result['could_be']]}."
    if "labour_rights" in result["flags"]:
        yield "There are signs of a bad job: they have rights at work, whatever else is true."
    yield from _why(told)
    yield from _open(result, checklist)
    yield from _beside(told)
    yield from _to_do(result["actions"], told["pack"])


def _why(told: Told) -> Iterator[str]:
    result, signs = told["result"], told["definition"]["indicators"]
    if not result["contributors"] and not result.get("scores"):
        return
    yield from _heading("Why: all signs that count for this level")
    enough = set(result["sufficient"])
    for sign in result["contributors"]:
        known = ", ".join(_KNOWN[how] for how in told["known"].get(sign, ()))
        marked = "*" if sign in enough else "-"
        yield f"  {marked} {signs[sign]['label']}{f' ({known})' if known else ''}  [{sign}]"
    for score in result.get("scores", ()):
        yield f"  - the combination {score}"
    if enough:
        yield "  * enough for this level by themselves"


def _open(result: Told, checklist: Told) -> Iterator[str]:
    if not result["unknown"]:
        return
    signs = checklist["indicators"]
    yield from _heading(f"Not known: {len(result['unknown'])}. You need not find out. Do not go looking.")
    yield from _wrapped("; ".join(signs[sign]["label"] for sign in result["unknown"]) + ".", "  ")
    change = result.get("change")
    if isinstance(change, str):
        yield "  Several of them together could lift the level."
    elif change:
        lift = "; ".join(signs[sign]["label"] for sign in change)
        yield from _wrapped(f"It would rise with {'this' if len(change) == 1 else 'these'}: {lift}.", "  ")


def _beside(told: Told) -> Iterator[str]:
    result = told["result"]
    if result["displays"]:
        yield from _heading("Beside the legal tests. Only a court or the national decision makers decide this.")
        for name, outcome in result["displays"].items():
            yield f"  {_READINGS.get(name, name)}: {_OUTCOMES[outcome]}"
    if told["not_asked_here"]:
        yield from _heading("Answered, but not asked of this person or in this setting, so not counted")
        yield from _wrapped(", ".join(told["not_asked_here"]), "  ")


def _to_do(actions: list[dict[str, Any]], pack: Told) -> Iterator[str]:
    yield from _heading("What to do")
    why = {rule["id"]: rule["why"] for rule in pack["rules"]}
    for entry in actions:
        action = pack["actions"][entry["action"]]
        yield f"  {pack['urgency_words'][entry['urgency']]}: {action['title']}  [{entry['action']}]"
        for rule in entry["rules"]:
            yield from _wrapped(f"Why: {why[rule]}", "      ")
        for step in action["do"]:
            yield from _wrapped(f"- {step}", "      ")
        for name in action["contacts"]:
            yield from _wrapped(_contact(pack["contacts"][name]), "      ")
        if "no_number" in action:
            yield f"      No number: {action['no_number']}."


def _contact(contact: Told) -> str:
    name = contact["name"]
    if "number" in contact:
        reached = f"Ring {name}: {contact['number']}"
    else:
        reached = f"{name}: {'the number is that of the area' if 'number_from' in contact else 'no number yet'}"
    note = f" {contact['note'].rstrip('.')}." if "note" in contact else ""
    read = f"Source: {contact['source']}, read on {contact['checked_on']}, {contact['status']}."
    return f"{reached}. Hours: {contact['hours']}.{note} {read}"


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False)
