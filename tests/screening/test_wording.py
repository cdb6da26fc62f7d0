"""Words that are never used of anybody, grounds that are never a sign, and how the bank speaks to whom."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import polib
import pytest

from server.screening import concern, reading
from server.screening.bank import Indicator, load_bank
from server.screening.definitions import CONTENT
from server.screening.ladders import Ladders
from server.screening.reading import ContentError
from server.screening.sign_filters import SignFilters

BANK = load_bank(CONTENT)
SIGNS = BANK.indicators
SOURCE = reading.read_yaml(CONTENT / "indicators.yaml")
TRANSLATIONS = Path(__file__).parents[2] / "translations"

# The list in translations/README.md, with the forms of each word.
NEVER_SAID = re.compile(r"\b(victim|suspect|illegal|rescu|prostitut|trafficker)\w*", re.IGNORECASE)
# Names that others gave: of a service, and of two Acts.
NAMES = ("Fire and rescue service", "Justice for Victims of Trafficking Act", "Trafficking Victims Protection Act")
# Where something comes from, and keys that nobody reads on a screen.
NOT_PROSE = {"source", "source_keys", "sources", "id", "ilo_item", "note"}

GROUNDS = re.compile(
    r"\b(nationalit\w*|ethnic\w*|races?|racial|skin colour|foreign\w*|languages?|accents?|migra\w*|immigra\w*|"
    r"refugees?|asylum|visas?|permits?|sponsor\w*|status|right to (?:stay|work)|religio\w*|faiths?|beliefs?|customs?|"
    r"communit\w*|travell?ers?|sells? sex|selling sex|sex work\w*|(?:refus|declin)\w* to (?:answer|say|talk))\b",
    re.IGNORECASE,
)
# A sign may name a ground only as what somebody else used, or took, and its text says that the ground is no sign.
NOT_THE_GROUND = {
    "lied-about-sexual-work": "Selling sex by choice is not a sign.",
    "lied-about-visa": "Their status itself is never a sign.",
    "threat-report-before": "The person's status is not a sign.",
    "threat-report-now": "The person's status is not your question.",
    "no-status-used": "A person's status is never a sign.",
    "language-or-reading-used": "Speaking another language is never a sign.",
    "beliefs-used": "Faith and custom are not signs.",
    "visa-tied-to-boss": "Having such a visa is not a sign.",
    "transit-visa-working-inshore": "A visa is never a sign, so this is not scored.",
    "care-visa-fees": "Lawful visa costs are not a sign.",
    "sex-earnings-taken": "Sharing rent or paying a helper by choice is not a sign.",
    "moved-between-flats-or-towns": "Choosing to tour is not a sign.",
    "place-run-by-someone-else": "Managers may run a place lawfully.",  # its permit is the firm's, to run the place
}
FIELDS_NEVER_FILTERED = (
    *("nationality", "ethnicity", "language", "immigration_status", "religion", "sex_work"),
    *("refusal", "gender", "sex", "country", "age"),
)


def _prose(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in NOT_PROSE:
                yield from _prose(part, f"{where} {key}")
    elif isinstance(value, list):
        for part in value:
            yield from _prose(part, f"{where} {part['id']}" if isinstance(part, dict) and "id" in part else where)


def _words_of_content() -> Iterator[tuple[str, str]]:
    for path in sorted(CONTENT.rglob("*.yaml")):
        yield from _prose(reading.read_yaml(path), path.stem)


def _words_of_screens() -> Iterator[tuple[str, str]]:
    for path in sorted(TRANSLATIONS.rglob("*.po")):
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                yield path.stem, f"{entry.msgid} {entry.msgid_plural or ''}"


@pytest.mark.parametrize("words", [_words_of_content, _words_of_screens])
def test_no_word_calls_anyone_what_they_are_not(words: Any) -> None:
    said = list(words())
    assert len(said) > 500
    for name in NAMES:
        said = [(where, text.replace(name, "")) for where, text in said]
    assert [(where, text) for where, text in said if NEVER_SAID.search(text)] == []


def _grounds_in(sign: Indicator) -> bool:
    spoken = (sign.id.replace("-", " "), sign.label, sign.question, sign.person_question)
    return any(GROUNDS.search(text) for text in spoken)


def test_who_a_person_is_is_never_a_sign() -> None:
    assert {sign.id for sign in SIGNS.values() if _grounds_in(sign)} == NOT_THE_GROUND.keys()
    for sign, said in NOT_THE_GROUND.items():
        assert said in f"{SIGNS[sign].why} {SIGNS[sign].look_for}", sign


@pytest.mark.parametrize("field", FIELDS_NEVER_FILTERED)
def test_no_filter_knows_who_a_person_is(field: str) -> None:
    with pytest.raises(ContentError):
        SignFilters({"set": {field: "any"}}, BANK, "ladders.yaml").in_set(SIGNS["lied-about-job"], "set")
    assert field not in {one.name for one in fields(Indicator)}


def test_every_sign_says_where_it_comes_from_and_whether_it_was_checked() -> None:
    for sign in SIGNS.values():
        assert sign.source.strip(), sign.id
        assert sign.checked, sign.id
        named = set(re.findall(r"SRC-[A-Z0-9]+(?:-[A-Z0-9]+)*", sign.source))
        assert named <= SOURCE["source_keys"].keys(), sign.id


def test_the_worker_is_asked_about_the_person_and_the_person_about_themselves() -> None:
    to_you = re.compile(r"\byours?\b|\byou\b", re.IGNORECASE)
    # What health staff know from their own care; and whether anybody lets the worker speak to people alone.
    of_the_worker = {"child-sexual-health-worry", "always-with-minder", "place-workers-not-seen-alone"}
    addressed = {sign.id for sign in SIGNS.values() if to_you.search(f"{sign.question} {sign.label}")}
    assert addressed == of_the_worker
    asked = {sign.id: sign.person_question for sign in SIGNS.values() if sign.person_question}
    assert [name for name, question in asked.items() if not to_you.search(question)] == []


def test_a_persons_no_never_lifts_concern_by_itself() -> None:
    # A "no" has many ordinary reasons (no account at all, nothing promised): what decides alone is asked straight.
    ladders = Ladders(CONTENT / "ladders.yaml", BANK)
    turned = [sign.id for sign in SIGNS.values() if sign.person_yes_means == "no_sign"]
    assert turned
    for name in turned:
        ladder = ladders.compiled("adult", [name], frozenset())
        assert concern.evaluate(ladder, {name: "yes"}, {})["concern"] in {"none", "low"}, name


def test_a_list_of_signs_names_each_in_few_words_of_its_own() -> None:
    labels = [sign.label for sign in SIGNS.values()]
    assert [label for label in labels if not label or len(label) > 50 or len(label.split()) > 9] == []
    assert [label for label in labels if label.endswith((".", "?"))] == []
    assert len(set(labels)) == len(labels)
