"""The exported form asks the same people the same questions as the engine, in the same order; pyxform takes it."""

import random
from functools import cache
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from pyxform.xls2xform import convert

from server.cli.form_words import languages
from server.cli.workbook import workbook
from server.screening.authoring.xlsform import Language, xlsform
from server.screening.checklist import load_sources
from server.screening.compiling import checklist_names, compiled_list
from server.screening.narrowing import asked_of
from server.screening.own_content import SHIPPED
from server.screening.pathway import holds
from server.screening.screen import NoSuchRoute, route_of
from tests.screening.authoring.odk_reading import XForm

SOURCES = load_sources(SHIPPED)
LISTS = checklist_names(SHIPPED)
ENGLISH = [Language("English (en)", str)]


@cache
def definition(name: str) -> dict[str, Any]:
    return compiled_list(SHIPPED / "checklists" / f"{name}.yaml", SOURCES)


@cache
def form(name: str) -> XForm:
    return XForm(convert(BytesIO(workbook(xlsform(definition(name), ENGLISH))), file_type=".xlsx").xform)


def signs_of(names: list[str], name: str) -> list[str]:
    known = {sign.replace("-", "_"): sign for sign in definition(name)["indicators"]}
    return [known[one.partition("__")[2]] for one in names if "__" in one]


def asked(name: str, facts: dict[str, str]) -> list[str]:
    checklist = definition(name)
    # What nobody said: the protective default of every pathway.
    age = "not_a_person" if checklist["subject"] == "place" else facts.get("age", "unsure")
    try:
        route = route_of(checklist, {"subject": checklist["subject"], "age": age})
    except NoSuchRoute:
        return []
    return list(asked_of(checklist, route, facts.get("setting"))["items"])


def ways(name: str) -> list[dict[str, str]]:
    """Every age and setting that the form can be given, none included."""
    checklist = definition(name)
    ages = ["", "adult", "under16", "16-17", "unsure"] if checklist["subject"] == "person" else [""]
    settings = ["", "any", *checklist["part_order"]] if checklist["part_order"] else [""]
    return [
        {fact: value for fact, value in (("age", age), ("setting", setting)) if value}
        for age, setting in product(ages, settings)
    ]


@pytest.mark.parametrize("name", LISTS)
def test_pyxform_takes_the_form_without_a_word(name: str) -> None:
    done = convert(BytesIO(workbook(xlsform(definition(name), languages()))), file_type=".xlsx")
    assert done.warnings == []
    assert definition(name)["title"] in done.xform


@pytest.mark.parametrize("name", LISTS)
def test_the_form_shows_what_the_engine_asks_in_its_order(name: str) -> None:
    for facts in ways(name):
        assert signs_of(form(name).shown(facts), name) == asked(name, facts), facts


@pytest.mark.parametrize("name", LISTS)
def test_a_yes_asks_again_what_its_mark_calls_for(name: str) -> None:
    chance = random.Random(name)
    checklist, xform = definition(name), form(name)
    for facts in ways(name):
        shown = [one for one in xform.shown(facts) if "__" in one]
        given = {one: chance.choice(["yes", "yes", "no", "dont_know"]) for one in chance.sample(shown, len(shown) // 4)}
        yes = signs_of([one for one, answer in given.items() if answer == "yes"], name)
        marks = {mark for sign in yes for mark in checklist["indicators"][sign]["marks"]}
        may_be_child = checklist["subject"] == "person" and facts.get("age") != "adult"
        again = [one for one in xform.shown({**facts, **given}) if one.endswith("_at_once")]
        assert again == [
            f"{fact}_at_once"
            for fact, asks in (
                ("danger", "danger" in marks),
                ("parent_care", "parent_exempt" in marks and may_be_child),
            )
            if asks
        ]


def test_an_answer_that_is_no_longer_shown_calls_for_nothing() -> None:
    given = {"age": "under16", "adult_told_adult__threatened_now": "yes"}
    assert "danger_at_once" not in form("first-look").shown(given)
    assert "danger_at_once" in form("first-look").shown({**given, "age": "adult"})


def test_a_list_that_is_not_for_them_says_so() -> None:
    assert "not_this_list" in form("adult").shown({"age": "under16"})
    assert "not_this_list" not in form("adult").shown({"age": "adult"})
    assert "not_this_list" not in form("adult").shown({})


def test_no_question_for_the_person_is_in_the_form() -> None:
    for name in LISTS:
        said = str(xlsform(definition(name), ENGLISH))
        for sign in definition(name)["indicators"].values():
            question = sign.get("person_question")
            # In two words of the bank both questions are the same sentence by nature.
            assert not question or question == sign["question"] or repr(question) not in said


def test_every_name_is_there_once_and_plain() -> None:
    for name in LISTS:
        rows = xlsform(definition(name), ENGLISH)["survey"]
        names = [row["name"] for row in rows if row["type"] != "end_group"]
        assert len(names) == len(set(names))
        assert all(one.replace("_", "a").isalnum() and one.isascii() for one in names)


def test_translated_words_stand_in_a_column_of_their_own_and_english_where_there_is_none() -> None:
    said = {"Adult": "بالغ", "Yes": "نعم"}
    arabic = Language("العربية (ar)", lambda english: said.get(english, english))
    sheets = xlsform(definition("adult"), [*ENGLISH, arabic])
    yes = next(row for row in sheets["choices"] if (row["list_name"], row["name"]) == ("answer", "yes"))
    assert (yes["label::English (en)"], yes["label::العربية (ar)"]) == ("Yes", "نعم")
    no = next(row for row in sheets["choices"] if (row["list_name"], row["name"]) == ("answer", "no"))
    assert no["label::العربية (ar)"] == "No"
    assert sheets["settings"][0]["default_language"] == "English (en)"
    assert [language.name for language in languages()][:2] == ["English (en)", "العربية (ar)"]
    assert languages()[1].say("Yes") == "نعم"
    assert languages()[0].say("Yes") == "Yes"


def test_the_form_tells_its_versions() -> None:
    settings = xlsform(definition("first-look"), ENGLISH)["settings"][0]
    checklist = definition("first-look")
    assert settings["version"] == f"{checklist['version']}.{checklist['bank_version']}"
    assert settings["form_id"] == "heed_first_look"


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        ({"any": [{"fact": "age", "in": ["adult"]}, {"fact": "contact", "in": ["remote"]}]}, "adult or remote"),
        ({"all": [{"fact": "age", "in": ["adult"]}, {"fact": "contact", "in": ["remote"]}]}, "adult and remote"),
        ({"not": {"any": [{"fact": "subject", "in": ["place"]}, {"fact": "age", "in": ["adult"]}]}}, "not adult"),
        ({"not": {"fact": "subject", "in": ["place"]}}, "always"),
        ({"any": []}, "never"),
    ],
)
def test_every_form_of_predicate_says_in_the_form_what_it_says_to_the_engine(when: Any, facts: str) -> None:
    bent = {**definition("begging"), "route_order": ["adult"]}
    bent["routes"] = {"adult": {**definition("begging")["routes"]["adult"], "when": when}}
    xform = XForm(convert(BytesIO(workbook(xlsform(bent, ENGLISH))), file_type=".xlsx").xform)
    for age, contact in product(["adult", "under16"], ["remote", "in_person"]):
        given = {"age": age, "contact": contact}
        shown = bool(signs_of(xform.shown(given), "begging"))
        assert shown == holds(when, {}, {"subject": "person", **given}), (facts, given)
