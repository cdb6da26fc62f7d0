"""What every form of the inbox has: the proof that it was sent from our page.

The proof is the session's own value, kept on the server; on the sign-in page, where there is no session yet,
it is what a cookie of this host repeats. Labels stand in the templates.
"""

import hmac
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from wtforms.csrf.core import CSRF
from wtforms.validators import ValidationError

from server.inbox.browser_session import binding


class FormExpired(BadRequest):
    """The form was not sent from a page of this session: ask for the page again and send it from there."""


class SessionProof(CSRF):
    """WTForms' hook: the token of a page is the value its session is bound to."""

    def generate_csrf_token(self, csrf_token_field: Any) -> str:
        """What the page's form carries."""
        return binding()

    def validate_csrf_token(self, form: Any, field: Any) -> None:
        """Raises ValidationError when the form carries another one, or none."""
        if not hmac.compare_digest(str(field.data or "").encode(), binding().encode()):
            raise ValidationError("expired")


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """The parent of all forms; by itself, a button alone."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = True
        csrf_class = SessionProof
        csrf_field_name = "csrf_token"

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Fields only: Flask-WTF would put files and JSON in their place, and no field of ours takes those."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            return request.form if request.method == "POST" else None

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether the form was sent with sound fields. Raises FormExpired when it is not from our page."""
        sound = bool(super().validate_on_submit(extra_validators))
        if "csrf_token" in self.errors:
            raise FormExpired
        return sound
