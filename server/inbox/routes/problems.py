"""The page for a form that is too old. Every other fault has its page from server/errors.py."""

from flask import Blueprint, render_template

from server.inbox.forms.base import FormExpired


def register(blueprint: Blueprint) -> None:
    """The handlers of this file."""
    blueprint.register_error_handler(FormExpired, _expired)


def _expired(_error: Exception) -> tuple[str, int]:
    return render_template("inbox/error.html", status=400, expired=True), 400
