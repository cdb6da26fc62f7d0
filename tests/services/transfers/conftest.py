"""Two organisations on each engine; the other team has keys, so that something can be passed on to it."""

import pytest
from flask import Flask

from tests.partnership import Partnership, found
from tests.services.transfers.passing import give_keys


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        made = found()
        give_keys(made.other)
        return made
