"""What `heed words check` finds in a catalogue: one sample for each kind of fault."""

import pytest
from babel.messages.catalog import Catalog

from server.translating import check
from server.translating.catalogues import Locale

ARABIC = Locale("ar", "العربية", "rtl", "draft by machine", ("zero", "one", "two", "few", "many", "other"))
ALBANIAN = Locale("sq", "Shqip", "ltr", "draft by machine", ("one", "other"))
PLURAL = ("{n} sign", "{n} signs")


def kinds(english: object, translated: object, locale: Locale = ALBANIAN, **flags: object) -> list[str]:
    """The kinds of fault found when one English message has this translation."""
    template, catalogue = Catalog(), Catalog(locale=locale.tag)
    template.add(english)
    catalogue.add(english, translated, **flags)
    return [fault.kind for fault in check.faults(template, catalogue, locale)]


@pytest.mark.parametrize(
    ("english", "translated", "kind"),
    [
        ("Send", "", "missing"),
        ("Send to {team}", "Dërgo te", "placeholders"),
        ("Send to {team}", "Dërgo te {ekipi}", "placeholders"),
        ("Due %(when)s", "Deri", "placeholders"),
        ("Send", "Dërgo ", "spaces"),
        ("Send", "\nDërgo", "spaces"),
        ("Send", "<b>Dërgo</b>", "markup"),
        ("Read <b>all</b>", "Lexo", "markup"),
        ("Send", "\N{RIGHT-TO-LEFT OVERRIDE}Dërgo", "direction"),
        ("Send", "\N{FIRST STRONG ISOLATE}Dërgo", "direction"),
        ("Call 999", "Telefono 99", "numbers"),
        ("Call 999", "Telefono ٩٩٩", "numbers"),
        ("Send", "Dërgojeni menjëherë te ekipi", "too long"),
        (PLURAL, ("{n} shenjë", ""), "plurals"),
        (PLURAL, ("{n} shenjë", "shenja"), "placeholders"),
    ],
)
def test_each_fault_is_found(english: object, translated: object, kind: str) -> None:
    assert kinds(english, translated) == [kind]


def test_sound_words_have_no_fault() -> None:
    assert kinds("Send to {team}", "Dërgo te {team}") == []
    assert kinds("Ring 101 or 999", "Telefono 999 ose 101") == []
    assert kinds(PLURAL, ("një shenjë", "{n} shenja")) == []
    isolated = "اتصل \N{LEFT-TO-RIGHT ISOLATE}{number}\N{POP DIRECTIONAL ISOLATE}"
    assert kinds("Call {number}", isolated, ARABIC) == []


def test_arabic_needs_six_forms_and_the_number_from_few_on() -> None:
    six = ("لا علامات", "علامة واحدة", "علامتان", "{n} علامات", "{n} علامة", "{n} علامة")
    assert kinds(PLURAL, six, ARABIC) == []
    assert kinds(PLURAL, (*six[:3], "علامات", *six[4:]), ARABIC) == ["placeholders"]
    assert kinds(PLURAL, (*six[:5], ""), ARABIC) == ["plurals"]


def test_a_fuzzy_entry_is_not_finished() -> None:
    assert kinds("Send", "Dërgo", flags=["fuzzy"]) == ["fuzzy"]


def test_words_that_are_no_longer_said_are_stale() -> None:
    template, catalogue = Catalog(), Catalog(locale="sq")
    catalogue.add("Send", "Dërgo")
    assert [fault.kind for fault in check.faults(template, catalogue, ALBANIAN)] == ["stale"]


def test_a_changed_sentence_is_missing_and_says_what_it_was() -> None:
    template, catalogue = Catalog(), Catalog(locale="sq")
    catalogue.add("Call the police if you are in danger", "Telefono policinë")
    template.add("Call the police if you are in danger.")
    catalogue.update(template, no_fuzzy_matching=True)
    (fault,) = check.faults(template, catalogue, ALBANIAN)
    assert (fault.kind, "if you are in danger”" in fault.advice) == ("missing", True)


def test_a_catalogue_with_another_number_of_plural_forms_is_refused() -> None:
    found = check.faults(Catalog(), Catalog(locale="sq"), ARABIC)
    assert [fault.kind for fault in found] == ["plurals"]
