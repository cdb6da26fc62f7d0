"""Flask's own session, which Heed does without: a phone sends no cookie, and the one of a signed-in browser names a row
(inbox/browser_session.py)."""

from flask import Flask, Request
from flask.sessions import SessionInterface


class NoSession(SessionInterface):
    """Nothing is read from a request or added to an answer; whoever writes into `flask.session` is told so."""

    def open_session(self, app: Flask, request: Request) -> None:
        """None: Flask puts in its place what refuses to be written."""
        return
