"""Which language a page is in: asked once for a request, and said anew when a session is taken up within it."""

import pytest
from flask import Flask

from server import locale


@pytest.mark.parametrize(
    ("path", "asked", "said"), [("/", "ar", "ar"), ("/?language=ar", "en", "ar"), ("/", "xx", "en")]
)
def test_a_stranger_s_is_what_a_link_or_the_browser_asks_for(app: Flask, path: str, asked: str, said: str) -> None:
    with app.test_request_context(path, headers={"Accept-Language": asked}):
        assert locale.current().tag == said


def test_a_session_s_comes_first_also_when_it_begins_within_a_request(app: Flask) -> None:
    with app.test_request_context("/?language=en"):
        assert (locale.current().tag, locale.gettext("Sign in")) == ("en", "Sign in")
        locale.say_in("ar")
        assert locale.current().tag == "ar"
        assert locale.gettext("Sign in") != "Sign in"
        locale.say_in(None)
        assert locale.current().tag == "en"


def test_nothing_of_it_is_left_to_the_next_request_nor_outside_of_one(app: Flask) -> None:
    with app.app_context():
        with app.test_request_context("/"):
            locale.say_in("ar")
            assert locale.current().tag == "ar"
        assert locale.current().tag == "en"
        with app.test_request_context("/"):
            assert locale.current().tag == "en"
