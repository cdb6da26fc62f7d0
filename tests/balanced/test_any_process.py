"""What one process hands out, every other takes back: files, forms, sign-in steps, challenges, referrals; and what
nginx may ask twice."""

import json
import re
import secrets
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.balanced.fleet import Answer, Fleet
from tests.journeys.one_time import fresh_code
from tests.referrals import REFERRALS, receipt_header, referral
from tests.services.accounts.authenticator import Authenticator

# Each request goes to one of three at random: so many miss one of them once in a million times.
_TIMES = 36


class Visitor:
    """A browser at the inbox without a screen: keeps its cookies, and may be answered by any process."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.cookies: dict[str, str] = {}
        self.by: set[int] = set()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, **fields: str) -> Answer:
        sent = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.fleet.inbox_origin}
        return self._ask("POST", path, urlencode(fields).encode(), sent)

    def sign_in(self, account: dict[str, str]) -> None:
        """With the password and a code."""
        given = {"password": account["password"], "code": fresh_code(account["totp_secret"])}
        page = self.get("/sign-in")
        answer = self.post("/sign-in", csrf_token=_token(page), name=account["sign_in_name"], **given)
        assert answer.status == 303, answer.body

    def sign_out(self) -> None:
        left = self.post("/sign-out", csrf_token=_token(self.get("/account")))
        assert left.status == 303, left.body

    def _ask(self, method: str, path: str, body: bytes, more: dict[str, str]) -> Answer:
        if self.cookies:
            more = {**more, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        answer = self.fleet.ask(method, path, body, more, host="inbox.")
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        self.by |= set(answer.by)
        return answer


def test_every_process_serves_the_same_files_under_the_same_names(standing_fleet: Fleet) -> None:
    for path in ("/", "/sw.js", "/api/v1/content", "/api/v1/openapi.json"):
        answers = [standing_fleet.ask("GET", path) for _ in range(_TIMES)]
        assert {answer.status for answer in answers} == {200}, path
        assert len({(answer.body, answer.headers.get("ETag")) for answer in answers}) == 1, path
        assert len({answer.by[-1] for answer in answers}) == len(standing_fleet.servers)
    index = standing_fleet.ask("GET", "/api/v1/content")
    known = {"If-None-Match": index.headers["ETag"]}
    assert {standing_fleet.ask("GET", "/api/v1/content", headers=known).status for _ in range(_TIMES)} == {304}
    named = [f"/api/v1/{url}" for url in re.findall(rb'"url":"([^"]+)"', index.body) for url in [url.decode()]]
    named += re.findall(r'(?:src|href)="(/assets/[^"]+)"', standing_fleet.ask("GET", "/").body.decode())
    assert len(named) > 3
    for path in named:
        answers = [standing_fleet.ask("GET", path) for _ in range(4)]
        assert len({(answer.status, answer.body, answer.headers.get("ETag")) for answer in answers}) == 1, path
        assert answers[0].status == 200
        assert "immutable" in answers[0].headers["Cache-Control"]


def test_every_form_is_taken_by_any_process(standing_fleet: Fleet) -> None:
    """The page of a form, and the form, are most often two processes' work."""
    account = standing_fleet.coordinator("council")
    visitor = Visitor(standing_fleet)
    for _ in range(3):
        visitor.sign_in(account)
        # Signed in everywhere at once.
        assert {visitor.get("/account").status for _ in range(_TIMES // 3)} == {200}
        visitor.sign_out()
        # And signed out everywhere at once.
        assert {visitor.get("/account").status for _ in range(_TIMES // 3)} == {303}
    assert visitor.by == set(standing_fleet.ports)


def test_a_passkey_s_question_and_its_answer_may_meet_two_processes(standing_fleet: Fleet) -> None:
    visitor, passkey = Visitor(standing_fleet), Authenticator(standing_fleet.inbox_origin)
    visitor.sign_in(standing_fleet.coordinator("council"))
    page = visitor.get("/account/passkey")
    options = re.search(rb"data-options='([^']+)'", page.body)
    assert options
    made = json.dumps(passkey.create(json.loads(options[1])))
    assert visitor.post("/account/passkey", csrf_token=_token(page), passkey=made).status == 303
    visitor.by.clear()
    for _ in range(6):
        visitor.sign_out()
        # A passkey's questions are told apart by their second, and no person answers two in one.
        time.sleep(1.1)
        page = visitor.get("/sign-in")
        answer = json.dumps(passkey.get(visitor.get("/sign-in/options").json()))
        assert visitor.post("/sign-in/passkey", csrf_token=_token(page), passkey=answer).status == 303
    assert visitor.by == set(standing_fleet.ports)


def test_a_new_code_app_may_be_shown_by_one_process_and_taken_by_another(standing_fleet: Fleet) -> None:
    """Its secret is in no row and in no request: every process works out the same one."""
    visitor = Visitor(standing_fleet)
    visitor.sign_in(standing_fleet.coordinator("council"))
    page = visitor.get("/account/code-app")
    draw = re.search(rb'name="draw"[^>]* value="([^"]+)"', page.body)
    assert draw
    shown = {_shown_secret(page)}
    for _ in range(_TIMES // 3):
        again = visitor.post("/account/code-app", csrf_token=_token(page), draw=draw[1].decode(), code="000000")
        shown.add(_shown_secret(again))
    assert len(shown) == 1
    assert len(visitor.by) == len(standing_fleet.servers)


def test_tries_to_guess_a_password_are_counted_by_all_together(standing_fleet: Fleet) -> None:
    account = standing_fleet.coordinator("charity")
    visitor = Visitor(standing_fleet)

    def try_in(password: str) -> Answer:
        page = visitor.get("/sign-in")
        code = fresh_code(account["totp_secret"]) if password == account["password"] else "000000"
        return visitor.post(
            "/sign-in", csrf_token=_token(page), name=account["sign_in_name"], password=password, code=code
        )

    for _ in range(12):
        assert try_in("not this one at all").status != 303
    assert len(visitor.by) > 1
    assert try_in(account["password"]).status != 303, "the right password went through in the middle of guessing"


def test_a_code_is_good_once_wherever_it_is_shown(standing_fleet: Fleet) -> None:
    account = standing_fleet.coordinator("council")
    code = fresh_code(account["totp_secret"])
    statuses = []
    for _ in range(4):
        visitor = Visitor(standing_fleet)
        page = visitor.get("/sign-in")
        given = {"name": account["sign_in_name"], "password": account["password"], "code": code}
        statuses.append(visitor.post("/sign-in", csrf_token=_token(page), **given).status)
    assert statuses.count(303) == 1


def test_a_referral_sent_again_and_again_is_stored_once(standing_fleet: Fleet) -> None:
    phone = standing_fleet.phone()
    body, receipt = referral(receipt=(secret := secrets.token_bytes(16))), receipt_header(secret)
    answers = [standing_fleet.ask("POST", REFERRALS, json.dumps(body).encode(), phone) for _ in range(_TIMES)]
    assert [answer.status for answer in answers] == [201] + [200] * (_TIMES - 1)
    assert len({answer.json()["reference"] for answer in answers}) == 1
    told = {standing_fleet.ask("GET", "/api/v1/follow-up", headers=receipt).json()["state"] for _ in range(6)}
    assert told == {"stored"}
    other = json.dumps({**referral(), "id": body["id"]}).encode()
    assert {standing_fleet.ask("POST", REFERRALS, other, phone).status for _ in range(6)} == {409}


def _token(page: Answer) -> str:
    found = re.search(rb'name="csrf_token"[^>]* value="([^"]+)"', page.body)
    assert found, page.body[:2000]
    return found[1].decode()


def _shown_secret(page: Answer) -> str:
    found = re.search(r'translate="no">([A-Z2-7 ]+)</bdi>', page.body.decode())
    assert found
    return found[1]
