"""The phone turned round: a worker asks in the language of the app, the person answers in theirs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from server.translating import person_words
from server.translating.word_keys import key_of
from tests.journeys.conftest import PHONE, spoken
from tests.journeys.looking import assert_good
from tests.journeys.site import Site
from tests.journeys.words import checklist, phone_says
from tests.journeys.worker import Worker

pytestmark = pytest.mark.journey

PERSON = "ar"
#: A yes to its question means that the sign is not there; and one where a yes means that it is.
TURNED, STRAIGHT = "little-or-no-pay", "debt-cannot-be-paid"


@pytest.fixture
def worker(site: Site, browser: Browser, locale: str) -> Worker:
    context = browser.new_context(viewport=PHONE, locale=spoken(locale))
    worker = Worker(context.new_page(), phone_says(locale))
    worker.join(site.coordinator("council")["invitation"])
    worker.ready_without_signal()
    return worker


def test_an_answer_in_another_language_is_turned_and_only_the_worker_goes_on(worker: Worker, locale: str) -> None:
    said, page = to_person(), worker.page
    worker.begin_first_look()
    worker.three_facts(danger="Not that I know")
    go_to(worker, TURNED)
    worker.button("Show it in their language").click()
    expect(page.get_by_text(worker.say("Let them point to their language."))).to_be_visible()
    assert_good(page, "pick a language", locale)
    page.get_by_role("button", name=said("This is my language.")).click()
    expect(person_heading(page)).to_have_text(said(question(TURNED)))
    assert_good(page, "a question to the person", locale)
    page.get_by_role("button", name=said("Yes"), exact=True).click()
    expect(person_heading(page)).to_have_text(said("Thank you. Please give the phone back."))
    assert_good(page, "thank you", locale)
    expect(page.get_by_role("main").get_by_role("button")).to_have_text([said("Go back")])
    worker.button("I have the phone back").click()
    expect(worker.button("No")).to_have_attribute("aria-pressed", "true")

    worker.button("Show it in their language").click()
    page.get_by_role("button", name=said("I do not understand")).click()
    expect(person_heading(page)).to_have_text(said("Would you like an interpreter? It is free."))
    page.get_by_role("button", name=said("Go back"), exact=True).click()
    page.get_by_role("button", name=said("No"), exact=True).click()
    worker.button("I have the phone back").click()
    expect(worker.button("Yes")).to_have_attribute("aria-pressed", "true")
    expect(worker.button("They said it")).to_have_attribute("aria-pressed", "true")
    worker.button("Next").click()

    go_to(worker, STRAIGHT)
    worker.button("Show it in their language").click()
    page.get_by_role("button", name=said("Stop"), exact=True).click()
    worker.button("I have the phone back").click()
    expect(worker.button("Next")).to_be_hidden()
    worker.button("Show it in their language").click()
    page.get_by_role("button", name=said("Yes"), exact=True).click()
    worker.button("Take back").click()
    expect(worker.button("Yes")).to_have_attribute("aria-pressed", "true")


def test_consent_is_never_asked_from_a_draft_nor_in_a_language_that_nobody_chose(worker: Worker, locale: str) -> None:
    said, page = to_person(), worker.page
    worker.first_look()
    worker.button("How to ask if they agree").first.click()
    consent = person_words.cards()["messages"]
    first = consent["card.consent.what"]["text"]
    expect(worker.heading("How to ask if they agree")).to_be_visible()
    # English stands for itself; in any other language these words are a draft.
    if locale == "en":
        expect(page.get_by_text(first)).to_be_visible()
    else:
        expect(page.get_by_text(first)).to_be_hidden()
    assert_good(page, "consent, to the worker", locale)
    worker.button("Show it in their language").click()
    page.get_by_role("button", name=said("This is my language.")).click()
    expect(person_heading(page)).to_have_text(said("Would you like an interpreter? It is free."))
    expect(page.get_by_text(first)).to_have_count(0)
    assert_good(page, "consent, not in a draft", locale)
    worker.button("Take back").click()
    page.go_back()
    worker.button("What to say before they go").click()
    worker.button("Show it in their language").click()
    expect(person_heading(page)).to_have_text(said("You have a right to be safe."))
    assert_good(page, "a right, to the person", locale)
    page.get_by_role("button", name=said("Stop"), exact=True).click()
    expect(person_heading(page)).to_have_text(said("Thank you. Please give the phone back."))
    worker.button("I have the phone back").click()
    expect(worker.heading("What to say before they go")).to_be_visible()


def test_a_child_is_spoken_to_in_words_for_a_child(worker: Worker, locale: str) -> None:
    page = worker.page
    worker.open_checklist("first-look")
    worker.button("What to say first").click()
    worker.button("Someone who may be under 18").click()
    told = to_person() if locale == PERSON else str
    expect(page.get_by_text(told("I am here to listen. You are not in trouble with me."))).to_be_visible()
    expect(page.get_by_text(told("You do not have to talk to me."))).to_have_count(0)
    expect(worker.button("Show it in their language")).to_have_count(0)
    assert_good(page, "what to say first, a child", locale)
    worker.button("An adult").click()
    expect(page.get_by_text(told("You do not have to talk to me."))).to_be_visible()
    assert_good(page, "what to say first, an adult", locale)


def to_person() -> Callable[[str], str]:
    """What is said to the person: a text without a translation fails here, as it must."""
    messages = person_words.words(PERSON)["messages"]
    return lambda english: str(messages[key_of(english)])


def question(sign: str) -> str:
    return str(checklist("first-look")["indicators"][sign]["person_question"])


def person_heading(page: Page) -> Locator:
    """The large words of the card."""
    return page.locator(f"[lang={PERSON}] > h1")


def go_to(worker: Worker, sign: str) -> None:
    """Skips on to this sign."""
    wanted = worker.heading(checklist("first-look")["indicators"][sign]["question"])
    heading = worker.page.get_by_role("heading", level=1)
    while not wanted.is_visible():
        before = heading.inner_text()
        worker.button("Skip").click()
        expect(heading).not_to_have_text(before)
