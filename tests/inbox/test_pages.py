"""Every page renders, in English and Arabic, in its direction, with nothing of a referral unescaped."""

from collections.abc import Callable

import pytest

from server.services.intake import Stored
from server.translating.catalogues import locales
from tests.inbox.conftest import Browser
from tests.referrals import AGE_FILE, coded

Send = Callable[..., Stored]
PAGES = ("/", "/?show=closed", "/?q=7K3M", "/keys")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_its_language_and_direction(coordinator: Browser, path: str) -> None:
    for locale in locales():
        coordinator.submit("/language", "/", language=locale.tag, back=path)
        page = coordinator.get(path)
        assert page.status_code == 200
        assert f'<html lang="{locale.tag}" dir="{locale.dir}">' in page.text


def test_a_browser_gets_the_language_it_asks_for(stranger: Browser) -> None:
    page = stranger.get("/sign-in", headers={"Accept-Language": "ar, en;q=0.5"})
    assert '<html lang="ar" dir="rtl">' in page.text
    assert '<html lang="ar" dir="rtl">' in stranger.get("/sign-in?language=ar").text
    assert '<html lang="en" dir="ltr">' in stranger.get("/sign-in?language=xx").text


def test_a_language_that_is_not_offered_changes_nothing(coordinator: Browser) -> None:
    assert coordinator.submit("/language", "/", language="tlh", back="/keys").location == "/keys"
    assert '<html lang="en"' in coordinator.get("/").text


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"])
def test_no_form_leads_to_another_host(coordinator: Browser, back: str) -> None:
    assert coordinator.submit("/language", "/", language="ar", back=back).location == "/"


def test_no_page_has_script_or_style_in_it(coordinator: Browser, send: Send) -> None:
    number = send(file=AGE_FILE).id
    for path in (*PAGES, f"/referrals/{number}", "/nowhere"):
        page = coordinator.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script type="module" src="/static/') == 1


def test_what_is_searched_for_is_escaped(coordinator: Browser) -> None:
    page = coordinator.get('/?q="><script>alert(1)</script>').text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_codes_of_a_newer_phone_are_shown_as_they_came(coordinator: Browser, send: Send) -> None:
    part = coded()
    part["answers"]["sign-of-tomorrow"] = {"answer": "yes", "known": ["seen"]}
    part["actions"].append(["action.of.tomorrow", "today"])
    part["area"], part["setting"] = "area-of-tomorrow", "boat"
    page = coordinator.get(f"/referrals/{send(part).id}").text
    for code in ("sign-of-tomorrow", "action.of.tomorrow", "area-of-tomorrow", "Not scored again here."):
        assert code in page
    assert "Do not visit before you have spoken with the worker." in page


def test_an_unknown_list_of_signs_is_shown_by_codes(coordinator: Browser, send: Send) -> None:
    part = coded()
    part["checklist"]["hash"] = part["pathway"]["hash"] = "0" * 64
    page = coordinator.get(f"/referrals/{send(part).id}").text
    assert "shown by their codes" in page
    assert next(iter(part["answers"])) in page
