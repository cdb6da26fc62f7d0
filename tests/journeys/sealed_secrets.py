"""What a browser made and nobody else may ever see, dug out with the words that only the browser showed."""

import base64
import json

import pyrage
from playwright.sync_api import BrowserContext

from tests.journeys.site import EmptySite
from tests.sealing import formats

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def secrets_of(site: EmptySite, sign_in_name: str, passphrase: str) -> list[str | bytes]:
    """The words, the member's identity and both halves of each of the team's keys, as text and as bytes."""
    with site.database() as rows:
        asked = (
            "SELECT member.identity_wrapped, team_wrap.file FROM member "
            "JOIN team_wrap ON team_wrap.member_id = member.id WHERE member.sign_in_name = ?"
        )
        wrapped, team_wrap = rows.execute(asked, (sign_in_name,)).one()
    identity = str(json.loads(pyrage.passphrase.decrypt(wrapped, passphrase))["secret"])
    keyring = json.loads(pyrage.decrypt(team_wrap, [pyrage.x25519.Identity.from_str(identity)]))
    found: list[str | bytes] = [passphrase, identity, _bytes(identity)]
    for key in keyring["keys"]:
        opening, vouching = str(key["x25519"]), str(key["ed25519"])
        found += [opening, _bytes(opening), base64.urlsafe_b64decode(vouching + "=" * (-len(vouching) % 4))]
    return found


def sheet_of(key: str) -> list[str | bytes]:
    """The key on a recovery sheet, as it is printed and typed, and as bytes."""
    joined = "".join(key.split())
    return [key, joined, _bytes(joined)]


def invitation_of(link: str) -> list[str | bytes]:
    """What stands behind the # of an invitation and what is made of it for the team alone, as text and as bytes."""
    secret = link.partition("#")[2].split(".")[1]
    voucher = formats.voucher(secret)
    return [secret, formats.from_base64url(secret), voucher, formats.from_base64url(voucher)]


def watch_results(context: BrowserContext) -> list[bytes]:
    """Collects what passkeys give for opening, so that it can be looked for: the page itself tells nobody."""
    results: list[bytes] = []
    context.expose_binding("tellResult", lambda _source, given: results.append(bytes(given)))
    context.add_init_script(
        """const get = CredentialsContainer.prototype.get;
        CredentialsContainer.prototype.get = async function (...asked) {
          const credential = await get.apply(this, asked);
          const first = credential.getClientExtensionResults().prf?.results?.first;
          if (first) await tellResult([...new Uint8Array(first)]);
          return credential;
        };"""
    )
    return results


def _bytes(bech32: str) -> bytes:
    """The 32 bytes of AGE-SECRET-KEY-1… (BIP 173, without its checksum)."""
    values = [_BECH32.index(letter) for letter in bech32.lower().rpartition("1")[2][:-6]]
    number = int("".join(f"{value:05b}" for value in values)[:256], 2)
    return number.to_bytes(32, "big")
