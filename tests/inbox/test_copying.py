"""Whoever copies what is shown once is told whether it worked: they close the page on the strength of it."""

import re
from pathlib import Path

import pytest

import server.inbox
from server.services.secrets import hash_secret
from tests.inbox.conftest import Browser
from tests.partnership import Partnership

TEMPLATES = Path(server.inbox.__file__).parent / "templates"
PAGES = {
    "an invitation for phones": (
        "/teams/{team}/invitations",
        "/teams/{team}/phones",
        {"uses": "5", "secret_hash": hash_secret("S" * 43)},
    ),
    "an invitation for a colleague": (
        "/teams/{team}/people/invite",
        "/teams/{team}/people/invite",
        {"display_name": "Coordinator, north", "roles": ["coordinator"]},
    ),
    "an invitation for a partner": ("/partners", "/partners", {"name": "North Council", "kind": "GB-SCT.council"}),
    "recovery codes": ("/account/recovery-codes", "/account/recovery-codes", {}),
}


@pytest.mark.parametrize("name", PAGES)
def test_how_copying_went_is_said_once_in_the_section_of_its_button(
    coordinator: Browser, partnership: Partnership, name: str
) -> None:
    to, page, typed = PAGES[name]
    team = partnership.home.team_id
    shown = coordinator.submit(to.format(team=team), page.format(team=team), **typed)
    assert shown.status_code == 200
    if shown.is_json:
        # The browser that made the invitation is told where its page is, and shows the link there by itself.
        shown = coordinator.get(shown.json["to"])
    [around] = [part for part in re.split("<section|</section>", shown.text) if "data-copy=" in part]
    assert around.count('role="status"') == 1
    assert around.count('<template data-message="copied">Copied.</template>') == 1
    assert around.count('<template data-message="not-copied">') == 1


def test_every_copy_button_has_the_same_words_beside_it() -> None:
    written = {path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")}
    buttons = {name for name, text in written.items() if "data-copy=" in text}
    assert len(buttons) >= 3
    assert {name for name in buttons if "{{ copy_messages() }}" not in written[name]} == set()
    assert [name for name, text in written.items() if 'data-message="copied"' in text] == ["inbox/sign_in/parts.html"]
