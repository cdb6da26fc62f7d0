"""A team's key changes with nobody at the phone: what waited arrives and opens, what is new follows the signed key, and
a key that only an operator vouches for gets nothing."""

import base64
import json
from typing import Any

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, expect

from server import clock
from tests.journeys.conftest import Pocket
from tests.journeys.rows import moment
from tests.journeys.site import Site
from tests.journeys.words import Say, phone_says
from tests.journeys.worker import Worker
from tests.sealing import formats

pytestmark = pytest.mark.journey

TEAM = "Clyde Valley social work"
NOTE = {"where": "The yellow gate", "safe_contact": "", "words_used": "", "reach_me": "0141 496 0123"}
NOTE_WAITS = "The answers have arrived. The note is still on this phone only."
STORED = "Stored. No person has read it yet."


class Keyholder:
    """Who holds the team's keys: opens what the server has, and renews them as a browser of the inbox would."""

    def __init__(self, site: Site) -> None:
        self.site = site
        council = site.coordinator("council")
        with self.site.database() as rows:
            asked = "SELECT member.identity_wrapped, team_wrap.file, team_wrap.team_id FROM member JOIN team_wrap ON "
            asked += "team_wrap.member_id = member.id WHERE member.sign_in_name = 'council'"
            wrapped, wrap, self.team = rows.execute(asked).fetchone()
        identity = json.loads(pyrage.passphrase.decrypt(wrapped, council["passphrase"]))["secret"]
        self.keys: list[dict[str, Any]] = json.loads(_open(wrap, identity))["keys"]

    def renew(self) -> str:
        """A new key that the one before vouches for. Out: its recipient."""
        before = formats.from_base64url(self.keys[-1]["ed25519"])
        age, vouch = self._new_key()
        n = len(self.keys)
        signature = formats.signed(before, formats.rotation_text(self.team, n, formats.vouch_key(before), age, vouch))
        self.tell(age, vouch, signature)
        return age

    def tell(self, age: str, vouch: str, signature: str) -> None:
        """What whoever writes to the database can write."""
        with self.site.database() as rows:
            (n,) = rows.execute("SELECT max(n) + 1 FROM team_key WHERE team_id = ?", (self.team,)).fetchone()
            rows.execute(
                "INSERT INTO team_key (team_id, n, age_recipient, vouch_key, signature, made_at) VALUES (?,?,?,?,?,?)",
                (self.team, n, age, vouch, signature, moment(clock.now())),
            )
            rows.execute("UPDATE team SET age_recipient = ?, vouch_key = ? WHERE id = ?", (age, vouch, self.team))

    def take_back(self) -> None:
        """The last key of the history is removed, and the one before it is the team's again."""
        with self.site.database() as rows:
            asked = "SELECT n, age_recipient, vouch_key FROM team_key WHERE team_id = ? ORDER BY n DESC LIMIT 2"
            (n, _, _), (_, age, vouch) = rows.execute(asked, (self.team,)).fetchall()
            rows.execute("DELETE FROM team_key WHERE team_id = ? AND n = ?", (self.team, n))
            rows.execute("UPDATE team SET age_recipient = ?, vouch_key = ? WHERE id = ?", (age, vouch, self.team))

    def _new_key(self) -> tuple[str, str]:
        opening, signing = pyrage.x25519.Identity.generate(), Ed25519PrivateKey.generate().private_bytes_raw()
        new = {"n": len(self.keys) + 1, "x25519": str(opening), "ed25519": formats.base64url(signing)}
        self.keys.append(new)
        return str(opening.to_public()), formats.vouch_key(signing)

    def notes(self) -> dict[str, str]:
        """The recipient of each note that the server has, by reference."""
        with self.site.database() as rows:
            asked = "SELECT reference, recipient FROM sealed_note JOIN referral ON referral.id = referral_id"
            return {str(reference): str(recipient) for reference, recipient in rows.execute(asked)}

    def opens(self, reference: str, number: int) -> dict[str, str]:
        """What the note says, opened with the team's key of this number."""
        with self.site.database() as rows:
            asked = "SELECT file FROM sealed_note JOIN referral ON referral.id = referral_id WHERE reference = ?"
            (file,) = rows.execute(asked, (reference,)).fetchone()
        text: dict[str, str] = json.loads(_open(file, self.keys[number - 1]["x25519"]))["text"]
        return text


def _open(file: bytes, secret: str) -> bytes:
    opened: bytes = pyrage.decrypt(file, [pyrage.x25519.Identity.from_str(secret)])
    return opened


def _done(worker: Worker) -> None:
    worker.button("Done").click()
    expect(worker.heading("Start a check")).to_be_visible()


def _open_settings(worker: Worker) -> None:
    worker.page.locator("header.bar button").first.click()
    expect(worker.heading("Language and settings")).to_be_visible()


def _leave_settings(worker: Worker) -> None:
    worker.page.locator("header.bar button").first.click()
    expect(worker.heading("Start a check")).to_be_visible()


def test_a_renewed_key_is_followed_and_what_waited_opens(site: Site, pocket: Pocket, locale: str) -> None:
    say: Say = phone_says(locale)
    holder = Keyholder(site)
    worker = Worker(pocket.on().pages[0], say)
    worker.join(site.coordinator("council")["invitation"])
    worker.ready_without_signal()
    worker.first_look()
    old = worker.write_and_send(NOTE, TEAM)
    expect(worker.page.get_by_text(say(STORED)).first).to_be_visible()
    _done(worker)

    # No signal any more; a second check waits on the phone, which is put away. Meanwhile the team renews its key.
    site.kill()
    worker.first_look()
    waiting = worker.write_and_send(NOTE, TEAM)
    expect(worker.heading("Kept, and not sent yet")).to_be_visible()
    pocket.off()
    renewed = holder.renew()
    site.start()

    # Switched on again, the phone sends by itself what was sealed to the key of before.
    page: Page = pocket.on().pages[0]
    worker = Worker(page, say)
    worker.open_home(site.field_origin)
    page.locator("nav.tabs button").last.click()
    expect(page.get_by_text(say(STORED))).to_have_count(2)
    assert holder.opens(old, 1) == NOTE
    assert holder.opens(waiting, 1) == NOTE

    # It was in contact within the hour; with the next receipt it hears of the new key, follows it and says so once.
    page.locator("nav.tabs button").first.click()
    worker.first_look()
    worker.write_and_send(NOTE, TEAM)
    expect(page.get_by_text(say(STORED)).first).to_be_visible()
    _done(worker)
    _open_settings(worker)
    line = say("The team’s key was renewed on {day}: nothing to do.").partition("{")[0].strip("\u2068 ")
    expect(page.get_by_text(line)).to_be_visible()
    _leave_settings(worker)
    _open_settings(worker)
    expect(page.get_by_text(site.coordinator("council")["organisation"])).to_be_visible()
    expect(page.get_by_text(line)).to_be_hidden()

    _leave_settings(worker)
    worker.first_look()
    new = worker.write_and_send(NOTE, TEAM)
    expect(page.get_by_text(say(STORED)).first).to_be_visible()
    assert holder.notes()[new] == renewed
    assert holder.opens(new, 2) == NOTE
    assert holder.opens(old, 1) == NOTE


def test_a_key_that_an_operator_put_there_gets_nothing_and_the_note_waits(
    site: Site, pocket: Pocket, locale: str
) -> None:
    say: Say = phone_says(locale)
    holder = Keyholder(site)
    page: Page = pocket.on().pages[0]
    worker = Worker(page, say)
    invitation = site.coordinator("council")["invitation"]
    worker.join(invitation)

    operator = pyrage.x25519.Identity.generate()
    theirs = base64.urlsafe_b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode().rstrip("=")
    holder.tell(str(operator.to_public()), theirs, "")
    # With the receipt of the first referral at the latest, the phone hears of the other key.
    worker.first_look()
    before = worker.write_and_send(NOTE, TEAM)
    expect(page.get_by_text(say(STORED)).first).to_be_visible()
    _done(worker)
    _open_settings(worker)
    changed = say(
        "The team’s key was changed and nothing vouches for it. Your answers go; the note waits. "
        "Ask your team for a new invitation."
    )
    expect(page.get_by_text(changed)).to_be_visible()

    _leave_settings(worker)
    worker.first_look()
    held = worker.write_and_send(NOTE, TEAM)
    expect(page.get_by_text(say(NOTE_WAITS))).to_be_visible()
    assert held not in holder.notes()
    assert str(operator.to_public()) not in holder.notes().values()

    # The link itself is believed, and nothing else: the note waits until the server names the team's own key again.
    page.goto(invitation)
    worker.button("Join").click()
    expect(page.get_by_text(changed)).to_be_visible()
    assert held not in holder.notes()
    holder.take_back()
    worker.join(invitation)
    page.locator("nav.tabs button").last.click()
    expect(page.get_by_text(say(STORED))).to_have_count(2)
    expect(page.get_by_text(say(NOTE_WAITS))).to_have_count(0)
    assert holder.opens(before, 1) == NOTE
    assert holder.opens(held, 1) == NOTE
