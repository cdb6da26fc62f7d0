"""Someone of eleven can follow the words of content: a grade of about 6, none over 9 (see reading_grade.py).

A short text is too little to grade: the texts of one sign, or one list, are graded together. Fragments ("Two
versions.") make such a grade easier than its hardest part, so each part long enough is graded alone as well.
"""

import re
from collections.abc import Iterator
from statistics import median

import pytest

from server.screening import reading
from server.screening.bank import load_bank
from server.screening.definitions import CONTENT
from tests.screening.reading_grade import grade, syllables

SIGNS = load_bank(CONTENT).indicators
LONGEST_SENTENCE = 22  # words
LONG_ENOUGH = 12  # words; below that one long word is worth several grades

# Parts that may be harder, each with its reason.
HARDER = {
    "Before they came, did someone threaten to report the person to police or immigration?": "words people know",
    "A second visit, for an everyday reason, is often better than more questions.": "everyday words, if long",
    "I may have to tell others if you cannot keep yourself safe because of illness or disability.": "said whole",
}


def _texts_of_signs() -> Iterator[tuple[str, list[str]]]:
    for sign in SIGNS.values():
        asked = [sign.person_question] if sign.person_question else []
        yield sign.id, [sign.label, sign.question, sign.why, sign.look_for, *asked]


def _texts_of_checklists() -> Iterator[tuple[str, list[str]]]:
    for path in sorted((CONTENT / "checklists").glob("*.yaml")):
        source = reading.read_yaml(path)
        yield f"{path.stem}: headings", [source["title"], source["for_whom"], *(s["title"] for s in source["sections"])]
        for name in ("before_you_start", "what_not_to_ask"):
            yield f"{path.stem}: {name}", source[name]


def _texts_of_cards() -> Iterator[tuple[str, list[str]]]:
    for group in reading.read_yaml(CONTENT / "cards.yaml")["groups"]:
        yield (
            f"cards: {group['id']}",
            [said[key] for said in group["messages"] for key in ("text", "note") if key in said],
        )


TEXTS = dict([*_texts_of_signs(), *_texts_of_checklists(), *_texts_of_cards()])


def test_the_middle_text_is_for_someone_of_eleven() -> None:
    assert median(grade(parts) for parts in TEXTS.values()) <= 6
    # The question alone decides what is answered; many are one sentence, so only their middle is held.
    assert median(grade([sign.question]) for sign in SIGNS.values()) <= 6
    for field in ("label", "person_question"):
        assert grade([text for sign in SIGNS.values() if (text := getattr(sign, field))]) <= 6, field


def test_no_text_is_hard() -> None:
    assert {name: round(grade(parts), 1) for name, parts in TEXTS.items() if grade(parts) > 9} == {}


def test_no_part_of_a_text_is_hard_but_for_a_reason() -> None:
    long_enough = {part for parts in TEXTS.values() for part in parts if len(part.split()) >= LONG_ENOUGH}
    hard = {part: round(grade([part]), 1) for part in long_enough if grade([part]) > 9}
    assert hard.keys() == HARDER.keys(), hard


def test_no_sentence_is_long() -> None:
    sentences = [part for parts in TEXTS.values() for text in parts for part in re.split(r"[.!?]+", text)]
    assert [part for part in sentences if len(part.split()) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize(
    ("word", "count"),
    [("sign", 1), ("people", 2), ("licence", 2), ("locked", 1), ("wanted", 2), ("phones", 1), ("places", 2),
     ("person", 2), ("immigration", 4), ("trafficking", 3), ("seaman's", 2), ("being", 2), ("serious", 3)],
)  # fmt: skip
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_hard_text_is_graded_hard() -> None:
    legal = "Operational indicators necessitate multidisciplinary consideration of contractual irregularities."
    assert grade([legal]) > 20 > 4 > grade(["Did someone lie to the person about the job?"])
