"""A passkey in a browser without a finger to touch it: Chromium's virtual authenticator, through its debugger."""

from typing import Any

from playwright.sync_api import CDPSession, Page


class VirtualAuthenticator:
    """Belongs to one page. It says yes by itself and holds what a phone or laptop would hold."""

    def __init__(self, page: Page) -> None:
        self._debugger: CDPSession = page.context.new_cdp_session(page)
        self._debugger.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
            "hasPrf": True,
        }
        self._id = self._debugger.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def credentials(self) -> list[dict[str, Any]]:
        """What it holds, private keys included: never on the wire."""
        found = self._debugger.send("WebAuthn.getCredentials", {"authenticatorId": self._id})
        return list(found["credentials"])

    def take(self, credentials: list[dict[str, Any]]) -> None:
        """Put what another page's authenticator holds into this one: the same device, another window."""
        for credential in credentials:
            sent = {"authenticatorId": self._id, "credential": credential}
            self._debugger.send("WebAuthn.addCredential", sent)

    def refuse(self) -> None:
        """From now on the holder is not verified: a finger that does not fit."""
        sent = {"authenticatorId": self._id, "isUserVerified": False}
        self._debugger.send("WebAuthn.setUserVerified", sent)
