"""The page about keys, which holds no secret and no form; and who may ask a script's questions."""

import pytest

from tests.inbox.conftest import Browser


def test_the_page_carries_nothing_that_a_form_would_send(outsider: Browser) -> None:
    page = outsider.get("/keys")
    assert page.status_code == 200
    work = page.text.partition("<h1>")[2].partition("</main>")[0]
    assert work
    # What people type into it, words above all, has no name: no form, sent by mistake, could carry it.
    assert " name=" not in work.replace(' name="csrf_token"', "")


@pytest.mark.parametrize("path", ["/keys/state", "/keys"])
def test_nobody_else_is_told_or_taken_seriously(stranger: Browser, path: str) -> None:
    answer = stranger.get(path) if path == "/keys/state" else stranger.host.post(path)
    assert (answer.status_code, answer.data) == (401, b"")
