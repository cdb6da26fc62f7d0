"""There is no session but our own: what would be lost in silence is refused."""

import pytest
from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface


def test_writing_into_flask_s_own_is_refused(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(RuntimeError, match="session"):
        session["member"] = 1


def test_a_cookie_of_it_is_not_even_read(app: Flask) -> None:
    signed = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signed is not None
    with app.test_request_context(headers={"Cookie": f"session={signed.dumps({'member': 1})!s}"}):
        assert not session
