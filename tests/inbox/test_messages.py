"""Messages over HTTP, as the script of a referral's page asks for them; and what the page itself says of them."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from server.services.intake import Stored
from server.services.messages import from_phone
from tests.inbox.conftest import Browser, Hands
from tests.partnership import Partnership
from tests.referrals import AGE_FILE, coded
from tests.services.messages.talking import CEILING, MAC, Talk, sealed_file

Send = Callable[..., Stored]
RECEIPT = b"sixteen bytes ok"


@pytest.fixture
def about(app: Flask, partnership: Partnership, send: Send, hands: Hands) -> Talk:
    return Talk(partnership.home, send(file=AGE_FILE, receipt=RECEIPT, at=hands.now).id, RECEIPT)


@pytest.fixture
def from_worker(app: Flask, about: Talk, hands: Hands) -> Callable[[int], from_phone.Received]:
    """The phone sends a message at a place."""

    def _send(seq: int) -> from_phone.Received:
        with app.app_context():
            return about.from_phone(seq, hands.now, CEILING)

    return _send


def address(about: Talk) -> str:
    return f"/referrals/{about.referral_id}/messages"


def write(browser: Browser, about: Talk, **changes: str) -> Any:
    sealed = {"direction": "to_phone", "seq": "1", "file": base64.b64encode(AGE_FILE).decode(), "mac": MAC, **changes}
    return browser.submit(address(about), "/account", **sealed)


def test_all_that_was_written_is_handed_out_as_it_lies_there(
    coordinator: Browser, about: Talk, from_worker: Callable[[int], from_phone.Received]
) -> None:
    received = from_worker(1)
    assert write(coordinator, about).json == {"ok": True}
    assert write(coordinator, about, direction="internal", mac="").status_code == 200
    answer = coordinator.get(address(about))
    assert answer.headers["Cache-Control"] == "no-store"
    first, second, third = answer.json
    assert first.keys() == {"direction", "seq", "file", "mac", "sha256", "at", "said", "who"}
    assert (first["direction"], first["seq"], first["mac"], first["who"]) == ("to_team", 1, MAC, None)
    assert (base64.b64decode(first["file"]), first["sha256"]) == (sealed_file("to_team 1"), received.sha256)
    assert (second["direction"], second["who"]) == ("to_phone", "Coordinator, home")
    assert (third["direction"], third["mac"]) == ("internal", "")


def test_the_page_counts_and_opening_makes_them_read(
    coordinator: Browser, about: Talk, from_worker: Callable[[int], from_phone.Received]
) -> None:
    page = f"/referrals/{about.referral_id}"
    assert "Nobody has written yet." in coordinator.get(page).text
    from_worker(1)
    from_worker(2)
    assert "2 new messages from the worker." in coordinator.get(page).text
    listed = coordinator.get("/").text
    assert "New message</span>" in listed
    assert "?show=messages" in listed
    assert "HD-" in coordinator.get("/?show=messages").text
    coordinator.get(address(about))
    after = coordinator.get(page).text
    assert "2 messages so far, none of them new." in after
    assert "Messages fetched to be opened." in after
    assert "New message</span>" not in coordinator.get("/").text
    assert "No worker has written anything" in coordinator.get("/?show=messages").text


def test_whose_it_is_is_told_to_open_the_message_first(
    coordinator: Browser, about: Talk, from_worker: Callable[[int], from_phone.Received]
) -> None:
    page = f"/referrals/{about.referral_id}"
    coordinator.submit(f"{page}/claim", page, version="1")
    from_worker(1)
    assert "Open the message before you go on." in coordinator.get(page).text


@pytest.mark.parametrize(
    ("changes", "status", "problem"),
    [
        ({"seq": "2"}, 409, "stale"),
        ({"seq": "0"}, 422, "form"),
        ({"seq": "x"}, 422, "form"),
        ({"direction": "to_team"}, 422, "form"),
        ({"direction": "internal"}, 422, "form"),
        ({"mac": ""}, 422, "form"),
        ({"mac": "A" * 64}, 422, "form"),
        ({"file": "!"}, 422, "form"),
        ({"file": "é"}, 422, "form"),
        ({"file": base64.b64encode(b"words").decode()}, 422, "form"),
        ({"file": base64.b64encode(AGE_FILE + bytes(24 * 1024)).decode()}, 422, "form"),
    ],
)
def test_what_is_not_as_it_should_be_is_refused(
    coordinator: Browser, about: Talk, changes: dict[str, str], status: int, problem: str
) -> None:
    answer = write(coordinator, about, **changes)
    assert (answer.status_code, answer.json) == (status, {"problem": problem})
    assert coordinator.get(address(about)).json == []


def test_after_the_close_nothing_is_written_and_no_form_is_offered(coordinator: Browser, about: Talk) -> None:
    page = f"/referrals/{about.referral_id}"
    assert 'data-write="to_phone"' in coordinator.get(page).text
    coordinator.submit(f"{page}/close", page, version="1", outcome="duplicate")
    assert (write(coordinator, about).status_code, write(coordinator, about).json) == (422, {"problem": "closed"})
    assert "data-write=" not in coordinator.get(page).text


def test_another_team_finds_nothing(outsider: Browser, about: Talk) -> None:
    assert outsider.get(address(about)).status_code == 404
    assert write(outsider, about).status_code == 404


def test_words_cannot_be_sent_by_the_page_itself(coordinator: Browser, about: Talk) -> None:
    """Without the script, a field that has a name would go to the server as it was typed."""
    text = coordinator.get(f"/referrals/{about.referral_id}").text
    section = text.partition('<section class="panel" data-messages')[2].partition("</section>")[0]
    assert section.count("<textarea") == 2
    assert " name=" not in section
    assert "method=" not in section
    assert "action=" not in section


def test_who_wants_to_hear_no_more_is_not_written_to(coordinator: Browser, send: Send) -> None:
    number = send({**coded(), "reach": "none"}, file=AGE_FILE).id
    page = coordinator.get(f"/referrals/{number}").text
    assert "Wants no follow-up" in page
    assert "their phone cannot get messages about this" in page
    assert 'data-write="to_phone"' not in page
    assert 'data-write="internal"' in page


def test_without_the_note_only_the_team_can_be_written_to(coordinator: Browser, send: Send) -> None:
    page = coordinator.get(f"/referrals/{send().id}").text
    assert "The worker can be answered once the sealed note is here" in page
    assert 'data-write="to_phone"' not in page
    assert 'data-write="internal"' in page
