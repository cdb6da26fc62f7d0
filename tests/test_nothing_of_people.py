"""A whole journey from one address with one browser's name, and every door knocked on: no row, no log line and no file
of the server holds either. Planted ones are found."""

import hashlib
import http.client
import json
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection, MetaData, create_engine, text

from server import clock
from tests import inviting
from tests.conftest import application
from tests.inbox.every_address import Address, addresses, numbers_of
from tests.journeys.markers import traces
from tests.journeys.one_time import fresh_code
from tests.partnership import PASSWORD, Side, found
from tests.referrals import REFERRALS, bearer, receipt_header, referral, sealed
from tests.served import Served

#: Linux lets one process come from any address of the loopback: one that nothing else of this machine has.
PEER = "127.77.31.9" if sys.platform == "linux" else "127.0.0.1"
AGENT, LANGUAGE = "Zephyrphone/77.31 (Quaylantern 9)", "gd-GB-x-quay"
FORWARDED, FORWARDED_V6 = "203.0.113.77", "2001:db8::77:31"
TOLD = {
    "User-Agent": AGENT,
    "Sec-CH-UA": f'"{AGENT}"',
    "Accept-Language": LANGUAGE,
    "X-Forwarded-For": f"{FORWARDED}, {FORWARDED_V6}",
    "X-Real-IP": FORWARDED,
    "Forwarded": f'for="[{FORWARDED_V6}]"',
}
PLAIN: tuple[str, ...] = (PEER, "127.0.0.1", FORWARDED, FORWARDED_V6, AGENT, "Zephyrphone", "Quaylantern", LANGUAGE)
#: A hash of an address is an address to whoever tries the four thousand million of them.
MARKERS: list[str | bytes] = [
    *PLAIN,
    *(hash_of(told.encode()).digest() for told in PLAIN for hash_of in (hashlib.sha256, hashlib.sha1, hashlib.md5)),
]
#: Too short to be looked for in the files, where chance would find them: texts and blobs of the rows only.
PACKED = (socket.inet_aton(PEER), socket.inet_aton(FORWARDED))
LOCAL_V6 = b"::1"


@dataclass
class Somebody:
    """Speaks with one host of the server, always from PEER and always with TOLD."""

    port: int
    host: str
    cookies: dict[str, str] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, str]:
        """A body that is a string is a form. Out: the status and what the server said."""
        form = isinstance(body, str)
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {**TOLD, "Host": f"{self.host}:{self.port}", "Content-Type": kind, "Cookie": cookie, **(headers or {})}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(PEER, 0))
        try:
            connection.request(method, path, body if form or body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            for header in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: one.value for name, one in SimpleCookie(header).items()}
            self.statuses.append(answer.status)
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def submit(self, path: str, page: str, **values: str) -> int:
        """Sends a form with the proof that stands on a page."""
        shown = re.search(r'name="csrf_token"[^>]*value="([\w-]+)"', self.ask("GET", page)[1])
        proof = shown[1] if shown else ""
        return self.ask("POST", path, urlencode({"csrf_token": proof, **values}))[0]


def _files(folder: Path) -> dict[str, bytes]:
    """The server's files: database, WAL, log. Looked at as bytes, so that deleted rows count too."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_no_row_and_no_log_line_holds_an_address_or_a_browsers_name(served: Served, engine_url: str) -> None:
    with application(engine_url) as app:
        with app.app_context():
            team = found().home
        doors = list(addresses(app, numbers_of(app, team)))
        with app.app_context():
            invitation = inviting.invite(team.team_id, 5, clock.now())
    served.start()
    phone = Somebody(served.port, "localhost")
    coordinator = Somebody(served.port, "inbox.localhost")
    number = _as_worker(phone, invitation)
    _as_coordinator(coordinator, team, number)
    _at_every_door(coordinator, doors)
    _not_even_http(served.port)

    running = {**_rows(engine_url), **_files(served.log.parent)}
    served.end()
    held = {**running, **_rows(engine_url), **{f"ended {name}": was for name, was in _files(served.log.parent).items()}}
    assert sum(name.startswith("text") for name in held) > 200, "too few rows: this test would prove nothing"
    assert b"/api/v1/referrals 201" in held["server.log"], "the log has no lines: this test would prove nothing"
    assert traces(MARKERS, held) == []
    assert _short(held) == []

    # The same search finds what is planted: in a text, in bytes, in a hash, in the log.
    hashed = hashlib.sha256(PEER.encode()).digest()
    with _connected(engine_url) as connection:
        connection.execute(text("UPDATE team SET name = :told"), {"told": f"of {AGENT}!"})
        connection.execute(text("UPDATE member SET display_name = :told"), {"told": f"from {FORWARDED}, ::1"})
        told = {"told": b"\0" + hashed + PACKED[0] + b"\1"}
        assert connection.execute(text("UPDATE message SET file = :told"), told).rowcount == 1
        connection.commit()
    rows = _rows(engine_url)
    for marker in (AGENT, FORWARDED, hashed):
        assert traces([marker], rows), marker
    assert {name.split()[1] for name in _short(rows)} == {"member.display_name", "message.file"}
    assert traces(MARKERS, {"log": f'GET /?from={PEER.replace(".", "%2E")} "{AGENT}"'.encode()})


def _as_worker(phone: Somebody, invitation: str) -> str:
    """Joins, sends, asks and writes, and does each of them wrongly too. Out: the referral's number."""
    status, joined = phone.ask("POST", "/api/v1/devices", {"invitation": invitation})
    assert status == 201, joined
    token = bearer(json.loads(joined)["device_token"])
    receipt = bytes(range(16))
    body = referral(sealed=sealed(), receipt=receipt)
    assert phone.ask("POST", REFERRALS, body, token)[0] == 201
    assert phone.ask("POST", REFERRALS, body, token)[0] == 200
    assert phone.ask("POST", REFERRALS, body, bearer("nobody's"))[0] == 401
    assert phone.ask("POST", REFERRALS, {**body, "coded": {}}, token)[0] == 422
    assert phone.ask("POST", REFERRALS, {"much": "x" * 300_000}, token)[0] == 413
    letter = {"seq": 1, "mac": "0" * 64, **sealed()}
    assert phone.ask("POST", "/api/v1/follow-up/messages", letter, receipt_header(receipt))[0] == 201
    assert phone.ask("GET", "/api/v1/follow-up", headers=receipt_header(receipt))[0] == 200
    for path in ("/", "/api/v1/health", "/api/v1/content", "/api/v1/devices/current", f"/?{AGENT[:11]}", "/nowhere"):
        phone.ask("GET", path, headers=token)
    assert phone.ask("POST", "/api/v1/devices", {"invitation": "no such link"})[0] >= 400
    assert phone.ask("DELETE", "/api/v1/devices/current", headers=token)[0] in (200, 204)
    return str(body["id"])


def _as_coordinator(desk: Somebody, team: Side, number: str) -> None:
    """Signs in after two tries, reads, claims, closes, makes links and takes the record along."""
    right = {"name": team.sign_in_name, "password": PASSWORD}
    for wrong in ({**right, "password": "wrong"}, {**right, "name": "nobody"}):
        assert desk.submit("/sign-in", "/sign-in", **wrong, code="000000") == 422
    desk.submit("/sign-in/recovery", "/sign-in/recovery", name=team.sign_in_name, code="AAAA-BBBB-CCCC-DDDD")
    assert _sign_in(desk, team) == 303
    page = f"/referrals/{number}"
    for path in ("/", page, f"{page}/note", f"{page}/messages", "/audit", "/keys/state", "/account"):
        assert desk.ask("GET", path)[0] == 200, path
    assert desk.submit(f"{page}/claim", page, version="1") == 303
    assert desk.submit(f"{page}/close", page, version="2", outcome="no_exploitation_other_help") == 303
    assert desk.submit("/audit/export", "/audit") == 200
    assert desk.submit(f"/teams/{team.team_id}/invitations", f"/teams/{team.team_id}/phones") < 500


def _sign_in(desk: Somebody, team: Side) -> int:
    code = fresh_code(team.totp_secret)
    return desk.submit("/sign-in", "/sign-in", name=team.sign_in_name, password=PASSWORD, code=code)


def _at_every_door(desk: Somebody, doors: list[Address]) -> None:
    """Every address of the inbox: pages first, then each change with a good proof, signing out the last."""
    doors.sort(key=lambda door: (door.method != "GET", "sign" in door.path, "leave" in door.path))
    for door in doors:
        is_page = door.method == "GET"
        status = desk.ask("GET", door.path)[0] if is_page else desk.submit(door.path, "/account", note="x")
        assert status < 500, door
    assert desk.statuses.count(200) > len(doors) / 2, "most doors stayed shut: this test would prove nothing"


def _not_even_http(port: int) -> None:
    """What the web server answers before the program hears of it: it may have a log of its own."""
    for line in (b"\x16\x03\x01\x02\x00\x01 not a request\r\n\r\n", b"GET / HTTP/9\r\nUser-Agent: " + AGENT.encode()):
        with socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(PEER, 0)) as raw:
            raw.sendall(line + b"\r\n\r\n")
            with suppress(OSError):
                raw.recv(200)


def _short(held: dict[str, bytes]) -> list[str]:
    """Which texts hold the short spelling of the loopback, and which blobs an address in four bytes."""
    looked_for = {"text": (LOCAL_V6,), "bytes": PACKED}
    return [name for name, value in held.items() if any(one in value for one in looked_for.get(name.split()[0], ()))]


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """A connection of its own to the server's database."""
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _rows(url: str) -> dict[str, bytes]:
    """Every value of every column of every table that the database itself knows of, as `text table.column row`, or
    `bytes …`."""
    held: dict[str, bytes] = {}
    with _connected(url) as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            for at, row in enumerate(connection.execute(table.select())):
                for column, value in row._mapping.items():
                    is_bytes = isinstance(value, (bytes, memoryview))
                    name = f"{'bytes' if is_bytes else 'text'} {table.name}.{column} {at}"
                    held[name] = bytes(value) if is_bytes else str(value).encode()
    return held
