"""Two teams, and a referral of the first to write about; on both engines."""

import pytest
from flask import Flask

from server import clock
from tests.partnership import Partnership, found
from tests.services.messages.talking import Talk, talk

NOW = clock.now()


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


@pytest.fixture
def about(engine_app: Flask, sides: Partnership) -> Talk:
    with engine_app.app_context():
        return talk(sides.home, NOW)
