"""The steps of making an account by a link, as a browser takes them."""

import re

from werkzeug.test import TestResponse

from tests.inbox.conftest import Browser, Hands

NEW = "gravel teapot eleven orbit"


def opened(browser: Browser, secret: str) -> TestResponse:
    return browser.submit("/welcome", "/welcome", secret=secret)


def named(browser: Browser, secret: str, **changes: str) -> TestResponse:
    opened(browser, secret)
    return browser.submit("/welcome/name", "/welcome/name", **{"name": "east-1", **changes})


def shown_secret(page: TestResponse) -> str:
    found = re.search(r'translate="no">([A-Z2-7 ]+)</bdi>', page.text)
    assert found
    return found[1].replace(" ", "")


def finish(browser: Browser, hands: Hands, **changes: str) -> TestResponse:
    code = hands.code(shown_secret(browser.get("/welcome/factor")))
    return browser.submit("/welcome/factor", "/welcome/factor", **{"password_new": NEW, "code": code, **changes})
