"""What every command begins with: the settings, and the one way to say that something cannot be done."""

import os

import click

from server.config import Config, ConfigRefused, from_environment


class CannotDo(click.ClickException):
    """A command that ends with one line and exit code 1."""


def settings() -> Config:
    """What the environment says. Raises CannotDo."""
    try:
        return from_environment(os.environ)
    except ConfigRefused as refused:
        raise CannotDo(str(refused)) from None
