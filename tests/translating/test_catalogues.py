"""The words as phones and inbox get them."""

import re

import pytest
from babel import Locale as CldrLocale
from babel.messages.catalog import Catalog

from server.screening.canonical import canonical_json
from server.translating import catalogues, check, extract, pseudo


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what another one kept."""
    monkeypatch.delenv("HEED_PSEUDO_LOCALE", raising=False)
    for kept in (catalogues.locales, catalogues.translations):
        kept.cache_clear()


def test_english_and_arabic_are_offered_with_direction_and_state() -> None:
    offered = {locale.tag: locale for locale in catalogues.locales()}
    assert catalogues.locales()[0].tag == "en"
    assert (offered["en"].dir, offered["en"].state) == ("ltr", "source")
    assert (offered["ar"].dir, offered["ar"].state) == ("rtl", "draft by machine")
    assert "en-XA" not in offered


@pytest.mark.parametrize("domain", catalogues.DOMAINS)
def test_arabic_is_complete_and_sound(domain: str) -> None:
    template = extract.template(domain)
    found = check.faults(template, catalogues.catalogue("ar", domain), catalogues.locale("ar"))
    assert [str(fault) for fault in found] == []


def test_words_have_the_shape_of_the_wire() -> None:
    words = catalogues.words("ar")
    assert set(words) == {"locale", "dir", "state", "categories", "messages"}
    assert words["categories"] == ["zero", "one", "two", "few", "many", "other"]
    assert words["messages"]["Call 999"] == "اتصل بالرقم 999"
    for forms in words["messages"].values():
        assert forms if isinstance(forms, str) else len(forms) == 6 and all(forms)
    assert canonical_json(words)


def test_english_words_hold_plural_forms_alone() -> None:
    words = catalogues.words("en")
    assert words["categories"] == ["one", "other"]
    assert all(len(forms) == 2 and key == forms[0] for key, forms in words["messages"].items())
    plural = [one for one, other in catalogues.english("phone") if other]
    assert sorted(words["messages"]) == sorted(plural)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(catalogues.UnknownLocale):
        catalogues.words("xx")


def test_fuzzy_and_empty_entries_never_reach_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Catalog(locale="ar")
    held.add("Send", "إرسال")
    held.add("Skip", "تخطٍّ", flags=["fuzzy"])
    held.add("Back", "")
    held.add(("{n} sign", "{n} signs"), ("أ", "ب", "ج", "د", "ه", ""))
    monkeypatch.setattr(catalogues, "catalogue", lambda _tag, _domain: held)
    assert catalogues.words("ar")["messages"] == {"Send": "إرسال"}
    assert catalogues.translations("ar", "inbox").gettext("Skip") == "Skip"


def test_the_gettext_rule_of_each_catalogue_is_that_of_its_categories() -> None:
    """The phone chooses by CLDR category, the inbox by the rule in the file: both must agree."""
    for locale in catalogues.locales()[1:]:
        cldr = CldrLocale.parse(locale.tag, sep="-").plural_form
        for domain in catalogues.DOMAINS:
            held = catalogues.catalogue(locale.tag, domain)
            held.add(("{n} x", "{n} xs"), tuple(locale.plurals))
            try:
                catalogues.translations.cache_clear()
                chosen = catalogues.translations(locale.tag, domain)
                for number in range(205):
                    assert chosen.ngettext("{n} x", "{n} xs", number) == cldr(number), number
            finally:
                held.delete("{n} x")
                catalogues.translations.cache_clear()


def test_the_made_up_language_comes_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEED_PSEUDO_LOCALE", "1")
    words = catalogues.words(pseudo.TAG)
    assert words["state"] == "for testing"
    assert all(one != shown for one, shown in words["messages"].items())


def test_disguise_keeps_what_is_filled_in() -> None:
    disguised = pseudo.disguise("Send to {team} by %(when)s <b>now</b>")
    assert re.findall(r"\{\w+\}|%\(\w+\)s|</?b>", disguised) == ["{team}", "%(when)s", "<b>", "</b>"]
    assert "Send" not in disguised
