"""The setting of a referral by its name: on its line and on its page, in the reader's language."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from server.inbox.showing.setting_names import setting_name
from server.screening.definitions import shipped
from server.services.intake import Stored
from tests.inbox.conftest import Browser
from tests.referrals import coded, definition

Send = Callable[..., Stored]


def of_workplace(setting: str) -> dict[str, object]:
    """A coded part of the list for a person at work."""
    key, checklist = definition("checklist", "workplace")
    part = coded({}, age="adult")
    return part | {
        "checklist": {"id": "workplace", "version": checklist["version"], "hash": key},
        "setting": setting,
    }


def setting_said(page: str) -> str:
    found = re.search(r"<dt>Setting</dt><dd[^>]*>([^<]*)</dd>", page)
    assert found
    return found[1]


def test_a_setting_is_called_by_the_title_of_its_part(coordinator: Browser, send: Send) -> None:
    stored = send(of_workplace("farm"))
    assert setting_said(coordinator.get(f"/referrals/{stored.id}").text) == "Farm and food packing"
    place = re.search(r"<small>([^<]*)</small>", coordinator.get("/").text)
    assert place
    assert place[1].endswith("· Farm and food packing")


def test_no_setting_is_said_to_be_not_said(coordinator: Browser, send: Send) -> None:
    stored = send(of_workplace("any"))
    assert setting_said(coordinator.get(f"/referrals/{stored.id}").text) == "Not said"
    assert "any" not in re.findall(r"<small>([^<]*)</small>", coordinator.get("/").text)[0]


def test_a_setting_that_is_not_known_here_keeps_its_code(coordinator: Browser, send: Send) -> None:
    stored = send(of_workplace("moon-base"))
    assert setting_said(coordinator.get(f"/referrals/{stored.id}").text) == "moon-base"
    assert "moon-base" in coordinator.get("/").text


@pytest.mark.parametrize("subject", ["person", "place"])
def test_every_part_of_every_list_has_its_own_name(app: Flask, subject: str) -> None:
    """Also in the list of referrals, where the sender's list is not at hand."""
    with app.test_request_context():
        for definition in shipped().values():
            if definition["kind"] != "checklist" or definition["subject"] != subject:
                continue
            for code, part in definition["parts"].items():
                assert setting_name(code, subject, definition) == part["title"]
                assert setting_name(code, subject) == part["title"], f"{code} is the name of two parts"
