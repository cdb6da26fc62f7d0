"""Babel extraction method for compiled definitions: the words of checklists, pathways and areas.

It reads what the phone is given, not the YAML behind it: no wording can reach a screen unseen by translators.
It must know every place that holds words: a test walks all shipped definitions for words it does not know.
"""

import json
from collections.abc import Iterator
from typing import IO, Any

# Where words stand in each kind of definition (`*` is any key or index), and why they are said so.
WORDS: dict[str, dict[tuple[str, ...], str]] = {
    "checklist": {
        ("title",): "name of the checklist, on the home screen",
        ("for_whom",): "for whom the checklist is meant, under its name",
        ("before_you_start", "*"): "Before you ask: read by the worker before the first sign",
        ("what_not_to_ask", "*"): "What not to ask: keeps the person safe, so keep it as plain and as strict",
        ("indicators", "*", "question"): "the question of one sign; asked of the worker about the person",
        ("indicators", "*", "label"): "the sign in few words, in lists and results",
        ("indicators", "*", "why"): "why we ask, one tap away from the question",
        ("indicators", "*", "look_for"): "what to look for and what does not count, one tap away",
        ("routes", "*", "sections", "*", "title"): "heading over a group of signs",
        ("parts", "*", "title"): "name of a place or situation that adds signs; one of the answers to “Where is this?”",
        ("parts", "*", "routes", "*", "sections", "*", "title"): "heading over a group of signs",
    },
    "pathway": {
        ("urgency_words", "*"): "how soon an action must be done",
        ("facts", "*", "ask"): "a late question to the worker, on the action that needs it",
        ("rules", "*", "why"): "why this action is asked for",
        ("actions", "*", "title"): "name of an action; an instruction to the worker",
        ("actions", "*", "do", "*"): "one step of an action; an instruction to the worker",
        ("actions", "*", "no_number"): "said where an action has no number to ring",
        ("contacts", "*", "name"): "who answers a telephone number; keep names of organisations recognisable",
        ("contacts", "*", "hours"): "when a telephone number is answered",
        ("contacts", "*", "note"): "said under a telephone number",
        ("legal", "*", "line"): "the law or guidance behind an action; keep names of Acts recognisable",
        ("cards", "*", "title"): "name over a card that holds one of several actions",
    },
    "cards": {
        ("messages", "*", "note"): "to the worker, beside a message that is read or shown to the person",
    },
    "areas": {
        ("areas", "*", "name"): "name of a council area",
        ("areas", "*", "roll_up", "name"): "name of a larger area, used where a council area is small",
    },
}
# Held for the record, never on a screen.
NOT_SHOWN: dict[str, tuple[tuple[str, ...], ...]] = {
    "checklist": (
        ("indicators", "*", "source"),
        ("indicators", "*", "checked"),
        # Words shown to the person are the domain of cards: they are never shown from a draft.
        ("indicators", "*", "person_question"),
        ("state",),
    ),
    "pathway": (
        ("contacts", "*", "source"),
        ("contacts", "*", "status"),
        ("legal", "*", "source"),
        ("facts", "*", "from"),
        ("facts", "*", "when"),
        ("cards", "*", "note"),
        ("derive", "*", "how"),
    ),
    "cards": (
        # Said to the person: the domain of cards (person_words.py).
        ("messages", "*", "text"),
        # The same in every language: the name of an office, or keys to press.
        ("messages", "*", "line"),
        ("groups", "*", "about"),
        ("state",),
    ),
    "areas": (),
}


def texts(definition: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every string of a definition with its path, in the definition's own order."""
    if isinstance(definition, str):
        yield path, definition
    elif isinstance(definition, dict):
        for key, value in definition.items():
            yield from texts(value, (*path, str(key)))
    elif isinstance(definition, list):
        for index, value in enumerate(definition):
            yield from texts(value, (*path, str(index)))


def matches(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether a path is one of those a pattern names."""
    return len(pattern) == len(path) and all(part in ("*", given) for part, given in zip(pattern, path, strict=True))


def reason(kind: str, path: tuple[str, ...]) -> str | None:
    """Why the words at a path are said, or None where no words stand."""
    return next((why for pattern, why in WORDS.get(kind, {}).items() if matches(pattern, path)), None)


def extract(
    fileobj: IO[bytes], _keywords: object, _comment_tags: object, **_options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel's side: each text of one compiled definition, with its place and reason as the comment."""
    definition = json.load(fileobj)
    kind, name = definition["kind"], definition["id"]
    for path, text in texts(definition):
        why = reason(kind, path)
        if why and text:
            place = ".".join(part for part in path[1:-1] if not part.isdigit())
            yield 0, "_", text, [f"{kind} {name}{', ' + place if place else ''}: {why}"]
