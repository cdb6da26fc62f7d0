"""Short keys are the same in both languages, and no word is lost between the two parts."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from server.screening import definitions
from server.translating import catalogues, word_keys

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).parent / "node"
SCRIPT = """
import { keyOf } from "./frontend/src/words/key.ts";
import { readFileSync } from "node:fs";
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(keyOf)));
"""


def test_the_phone_makes_the_same_keys() -> None:
    texts = ["", "a", "foobar", "ع", "𝄞 beyond the first plane", *(one for one, _ in catalogues.english("phone"))]
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", SCRIPT],
        cwd=ROOT,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert json.loads(done.stdout) == [word_keys.key_of(text) for text in texts]


@given(some.text())
def test_a_key_is_short_and_has_only_small_letters_and_digits(text: str) -> None:
    key = word_keys.key_of(text)
    assert len(key) <= 6
    assert key.isascii()
    assert key.isalnum()
    assert key == key.lower()


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_all_parts_together_hold_every_word_once(tag: str) -> None:
    parts = word_keys.in_parts(tag)
    first = parts[0]
    whole = catalogues.words(tag)
    keyed = {word_keys.key_of(english): said for english, said in whole["messages"].items()}
    assert {key: said for part in parts for key, said in part["messages"].items()} == keyed
    assert sum(len(part["messages"]) for part in parts) == len(keyed)
    assert {name: first[name] for name in ("locale", "dir", "state", "categories")} == {
        name: whole[name] for name in ("locale", "dir", "state", "categories")
    }


def test_the_first_part_has_all_that_a_first_look_says() -> None:
    first, rest, _abroad = word_keys.in_parts("ar")
    shipped = definitions.shipped().values()
    look = next(one for one in shipped if one["id"] == "first-look")
    adult = next(one for one in shipped if one["id"] == "adult")
    for sign in look["indicators"].values():
        assert word_keys.key_of(sign["question"]) in first["messages"]
    only_adult = set(adult["indicators"]) - set(look["indicators"])
    assert any(word_keys.key_of(adult["indicators"][sign]["question"]) in rest["messages"] for sign in only_adult)


def test_words_of_later_screens_come_later() -> None:
    first, rest, _abroad = word_keys.in_parts("ar")
    assert word_keys.key_of("Join a team") in first["messages"], "home says it too"
    assert word_keys.key_of("You have joined") in rest["messages"]


def test_words_of_other_nations_are_a_burden_to_nobody_at_home() -> None:
    first, rest, abroad = word_keys.in_parts("ar")
    said = {word_keys.key_of(text) for text in ("California", "Swansea")}
    assert said <= abroad["messages"].keys()
    assert word_keys.key_of("Glasgow City") in first["messages"]
    assert said.isdisjoint({*first["messages"], *rest["messages"]})


def test_later_sources_are_those_that_the_first_file_does_without() -> None:
    sources = ROOT / "frontend" / "src"
    first = _reached(sources / "main.tsx")
    saying = {path.removeprefix("frontend/src/") for said in catalogues.sources("phone").values() for path in said}
    assert {name for name in saying if (sources / name).is_file() and sources / name not in first} == (
        word_keys.LATER_SOURCES
    )


def _reached(start: Path) -> set[Path]:
    """The files that a file imports, and theirs, without what it fetches later (`import()`) and mere types."""
    found: set[Path] = set()
    waiting = [start]
    while waiting:
        file = waiting.pop()
        if file in found or file.suffix == ".css":
            continue
        found.add(file)
        named = re.findall(r'(?m)^(?:import|export) (?!type )[^;]*?"(\.[^"]+)"', file.read_text("utf-8"))
        waiting += [(file.parent / name).resolve() for name in named]
    return found


def test_two_texts_with_one_key_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_keys, "key_of", lambda text: str(len(text)))
    with pytest.raises(word_keys.KeysCollide):
        word_keys.in_parts("ar")


def test_a_packed_part_gives_back_what_was_packed() -> None:
    part = word_keys.in_parts("ar")[1]
    packed = word_keys.packed(part)
    assert dict(zip(packed["keys"].split(" "), packed["said"], strict=True)) == part["messages"]
    assert packed["categories"] == part["categories"]
    assert "messages" not in packed
