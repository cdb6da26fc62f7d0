"""The bank loads whole, and a mistake in it names its file and key."""

from pathlib import Path

import pytest

from server.screening.bank import load_bank
from server.screening.definitions import CONTENT
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace
from tests.screening.drawing import CHECKLISTS

BANK = load_bank(CONTENT)


def test_the_whole_bank_is_there() -> None:
    assert len(BANK.indicators) == 209
    assert len(BANK.ilo_strengths) == 67


def test_a_child_is_never_asked() -> None:
    asked = [sign.id for sign in BANK.indicators.values() if sign.applies_to == "child" and sign.person_question]
    assert asked == []


def test_every_sign_of_a_shipped_checklist_has_a_short_label_of_its_own() -> None:
    labels = {sign: body["label"] for one in CHECKLISTS.values() for sign, body in one["indicators"].items()}
    assert all(len(label.split()) <= 9 and not label.endswith((".", "?")) for label in labels.values())
    assert len(set(labels.values())) == len(labels)


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("indicators.yaml", "  weight: 3\n", "  weight: 4\n", "lied-about-job.weight"),
        ("indicators.yaml", "  weight: 3\n", "  weight: much\n", "lied-about-job.weight"),
        ("indicators.yaml", "  element: means\n", "  element: mean\n", "lied-about-job.element"),
        ("indicators.yaml", "  person_yes_means: no_sign\n", "", "lied-about-job.person_yes_means"),
        (
            "indicators.yaml",
            "  person_yes_means: no_sign\n",
            "  person_yes_means: yes\n",
            "lied-about-job.person_yes_means",
        ),
        ("indicators.yaml", "types: [labour,", "types: [labor,", "lied-about-job.types"),
        ("indicators.yaml", "  evidence: disclosed\n", "", "lied-about-job.evidence"),
        (
            "indicators.yaml",
            "  evidence: disclosed\n",
            "  evidence: disclosed\n  nationality: any\n",
            "lied-about-job.nationality",
        ),
        (
            "indicators.yaml",
            "ilo_item: deceptive-recruitment.nature-of-job",
            "ilo_item: deceptive",
            "lied-about-job.ilo_item",
        ),
        ("indicators.yaml", "- id: lied-about-sexual-work", "- id: lied-about-job", "lied-about-job"),
        ("indicators.yaml", "  weight: 3\n", "  weight: 3\n  weight: 2\n", "(file)"),
        ("ilo-items.yaml", "adult_labour: strong", "adult_labour: hard", "adult_labour"),
    ],
)
def test_a_mistake_names_its_file_and_key(tmp_path: Path, file: str, old: str, new: str, key: str) -> None:
    content = copy_of_content(tmp_path)
    replace(content / file, old, new)
    with pytest.raises(ContentError) as caught:
        load_bank(content)
    assert caught.value.file == file
    assert key in caught.value.key
    assert str(caught.value).startswith(f"{file}: ")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"ilo-items\.yaml: \(file\): cannot be read"):
        load_bank(tmp_path)
