"""Words for the person: all of them or none, and consent never from a translation that nobody has checked."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from babel.messages.catalog import Catalog

from server.phone import served_content
from server.screening.bank import load_bank
from server.screening.definitions import CONTENT
from server.translating import catalogues, extract, person_words, pseudo
from server.translating.word_keys import key_of

GUARDED = [one["text"] for one in person_words.cards()["messages"].values() if one["checked_only"]]
WANTED = [english for _place, english, _comments in person_words.messages()]


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees what another one kept."""
    monkeypatch.delenv("HEED_PSEUDO_LOCALE", raising=False)
    kept = (person_words.languages, catalogues.locales)
    for one in kept:
        one.cache_clear()
    yield
    for one in kept:
        one.cache_clear()


def held(monkeypatch: pytest.MonkeyPatch, state: str, **words: str | None) -> None:
    """Romanian with every message, but for those given: None for one that is not there, "?" for an uncertain one."""
    catalogue = Catalog(locale="ro")
    for english in WANTED:
        said = words.get(english, f"ro {english}")
        if said is not None:
            catalogue.add(english, said, flags=["fuzzy"] if said == "?" else [])
    other = catalogues.catalogue
    monkeypatch.setattr(catalogues, "catalogue", lambda tag, domain: catalogue if tag == "ro" else other(tag, domain))
    known = dict(catalogues.known_locales())
    known["ro"] = replace(known["ro"], cards=state)
    monkeypatch.setattr(catalogues, "known_locales", lambda: known)


def offered() -> list[str]:
    return [locale.tag for locale in person_words.languages()]


def test_the_safety_set_is_every_card_and_every_question_to_the_person() -> None:
    cards = {one["text"] for one in person_words.cards()["messages"].values()}
    # A sign of no checklist is asked of nobody.
    questions = {sign.person_question for sign in load_bank(CONTENT).indicators.values() if sign.person_question}
    assert cards <= set(WANTED) <= cards | questions
    assert len(set(WANTED) - cards) > 70
    template = extract.template(person_words.DOMAIN)
    assert {message.id for message in template if message.id} == set(WANTED)


def test_translators_are_told_which_way_round_a_question_asks() -> None:
    comments = {english: " ".join(said) for _place, english, said in person_words.messages()}
    assert "A yes means that the sign is NOT there" in comments["Do you get the money you earn?"]
    assert "A yes means that the sign is there" in comments["Does someone keep you from using your own money?"]


def test_english_and_arabic_are_offered_and_arabic_is_told_to_be_a_draft() -> None:
    assert offered() == ["en", "ar"]
    assert person_words.words("en")["messages"] == {}
    assert person_words.words("ar")["state"] == "draft by machine"


@pytest.mark.parametrize("lost", [None, "", "?"], ids=["not there", "empty", "uncertain"])
@pytest.mark.parametrize("which", [WANTED[0], WANTED[-1], GUARDED[3]], ids=["a card", "a question", "consent"])
def test_a_language_that_lacks_one_message_is_not_offered(
    monkeypatch: pytest.MonkeyPatch, which: str, lost: str | None
) -> None:
    held(monkeypatch, "checked by two", **{which: lost})
    assert "ro" not in offered()
    with pytest.raises(person_words.NotOffered):
        person_words.words("ro")


@pytest.mark.parametrize("state", ["draft by machine", "checked by a speaker", "checked by two"])
def test_consent_leaves_the_server_only_in_words_that_a_speaker_has_checked(
    monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    held(monkeypatch, state)
    assert "ro" in offered()
    told = person_words.words("ro")
    assert told["state"] == state
    given = {english for english in WANTED if key_of(english) in told["messages"]}
    assert given == set(WANTED) - (set(GUARDED) if state == "draft by machine" else set())


def test_a_checked_app_does_not_make_the_words_for_the_person_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(catalogues.known_locales())
    known["ar"] = replace(known["ar"], state="checked by two")
    monkeypatch.setattr(catalogues, "known_locales", lambda: known)
    assert person_words.words("ar")["state"] == "draft by machine"


def test_the_made_up_language_is_for_tests_and_has_no_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEED_PSEUDO_LOCALE", "1")
    messages = person_words.words(pseudo.TAG)["messages"]
    assert messages[key_of("Yes")] == pseudo.disguise("Yes")
    assert not {key_of(english) for english in GUARDED} & messages.keys()


def test_phones_are_told_of_the_languages_and_find_their_words() -> None:
    index = json.loads(served_content.index().body)
    listed = json.loads(served_content.file_named(index["person_words"]["url"].removeprefix("content/")).body)
    english, arabic = listed["languages"]
    assert (english["locale"], english["mine"], "url" in english) == ("en", "This is my language.", False)
    assert (arabic["locale"], arabic["dir"], arabic["state"]) == ("ar", "rtl", "draft by machine")
    words = json.loads(served_content.file_named(arabic["url"].removeprefix("content/")).body)
    assert words == person_words.words("ar")
    assert arabic["mine"] == words["messages"][key_of("This is my language.")]
