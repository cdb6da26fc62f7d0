"""There is no session but our own: what would be lost in silence is refused."""

import pytest
from flask import Flask, session


def test_writing_into_flask_s_own_is_refused(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(RuntimeError, match="session"):
        session["member"] = 1


def test_a_cookie_that_looks_like_one_is_not_even_read(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "session=eyJtZW1iZXIiOjF9.aaaa.bbbb"}):
        assert not session
