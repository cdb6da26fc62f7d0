"""Keys by script: what is told, what is taken, and how each refusal is answered."""

from flask import Flask

from server import clock
from server.models import Passkey
from server.services.accounts.sessions import IDLE
from server.services.transaction import writing
from tests.clients import inbox_client
from tests.inbox.conftest import Browser, Hands
from tests.inbox.keys.keyholder import OK, Keyholder, b64, signed
from tests.partnership import Partnership
from tests.services.keys import browsers
from tests.services.keys.browsers import TeamBrowser


def test_before_there_are_keys_the_state_says_so(maker: Keyholder, partnership: Partnership) -> None:
    told = maker.state()
    assert told.pop("csrf")
    assert told.pop("session")
    me = partnership.other.member_id
    assert told == {
        "team": {"id": partnership.other.team_id, "name": "The other team", "age_recipient": None, "vouch_key": None},
        "member": {"id": me, "key": None, "drilled_at": None},
        "identity_wrapped": None,
        "passkeys": [],
        "team_wrap": None,
        "half": None,
        "history": [],
        "roster": None,
        "recovery": None,
        "members": [{"id": me, "name": "Coordinator, other", "key": None, "has_wrap": False}],
        "gone": [],
        "drill_due": False,
        # The home team has a recipient of old tests and no history: nothing could be believed of it.
        "partners": [],
    }


def test_first_keys_are_taken_once_and_told(maker: Keyholder, hands: Hands) -> None:
    fields = maker.first_keys()
    answer = maker.send("", **fields)
    assert (answer.status_code, answer.json) == OK
    told = maker.state()
    [key] = told["history"]
    assert key == {
        "n": 1,
        "age_recipient": fields["team_recipient"],
        "vouch_key": fields["vouch_key"],
        "signature": "",
    }
    assert (told["team"]["age_recipient"], told["team"]["vouch_key"]) == (key["age_recipient"], key["vouch_key"])
    assert told["member"]["key"] == fields["identity_recipient"]
    assert told["member"]["drilled_at"] == hands.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (told["identity_wrapped"], told["team_wrap"]) == (fields["identity_wrapped"], fields["team_wrap"])
    assert told["roster"] == {"body": fields["roster_body"], "signature": fields["roster_signature"]}
    assert told["recovery"]["recipient"] == fields["recovery_recipient"]
    assert told["recovery"]["file"] == fields["recovery_file"]
    assert told["members"][0]["has_wrap"] is True
    again = maker.send("", **maker.first_keys())
    assert (again.status_code, again.json) == (409, {"problem": "stale"})


def test_what_is_not_sealed_or_not_signed_is_refused(maker: Keyholder) -> None:
    good = maker.first_keys()
    wrong: list[dict[str, object]] = [
        {"identity_wrapped": b64(b"AGE-SECRET-KEY-1")},
        {"identity_wrapped": b64(maker.identity.wrapped + bytes(8 * 1024))},
        {"team_wrap": "not base64"},
        {"team_recipient": "age1short"},
        {"vouch_key": ""},
        {"n": "one"},
        {"n": 2},
        {"recovery_file": ""},
        {"recovery_recipient": ""},
        {"roster_signature": "A" * 86},
        {"roster_body": "x" * (256 * 1024 + 1)},
    ]
    for change in wrong:
        answer = maker.send("", **{**good, **change})
        assert answer.status_code == 422, change
        assert (answer.json or {})["problem"]
    assert maker.state()["team"]["age_recipient"] is None


def test_a_form_that_is_not_from_our_page_changes_nothing(holder: Keyholder) -> None:
    before = holder.state()
    for token in (None, "", "not-the-token"):
        data = {} if token is None else {"csrf_token": token}
        assert holder.browser.host.post("/keys/half", data={**data, "half": b64(b"h" * 32)}).status_code == 400
    assert holder.state() == before


def test_a_colleague_is_let_in(holder: Keyholder, colleague: Keyholder) -> None:
    number = colleague.member_id
    told = {one["id"]: one for one in holder.state()["members"]}
    assert told[number] == {"id": number, "name": "A colleague", "key": colleague.identity.recipient, "has_wrap": False}
    wrap = browsers.wrap()
    fields = {
        "member_id": number,
        "key": colleague.identity.recipient,
        "team_wrap": b64(wrap),
        **signed(holder.roster(2, **{f"n{number}": colleague.identity.recipient})),
    }
    # Who cannot open notes cannot let themselves in, whatever they hold.
    answer = colleague.send("/members", **fields)
    assert (answer.status_code, answer.json) == (403, {"problem": "not-theirs"})
    assert holder.send("/members", **{**fields, "member_id": 2**31}).status_code == 422
    answer = holder.send("/members", **fields)
    assert (answer.status_code, answer.json) == OK
    assert colleague.state()["team_wrap"] == b64(wrap)
    answer = holder.send("/members", **fields)
    assert (answer.status_code, answer.json) == (409, {"problem": "stale"})


def test_one_who_can_open_notes_keeps_their_key_unless_the_words_are_lost(holder: Keyholder) -> None:
    another = browsers.identity()
    fields = {"identity_recipient": another.recipient, "identity_wrapped": b64(another.wrapped)}
    assert holder.send("/identity", **fields).status_code == 409
    assert holder.send("/identity", **fields, team_wrap=b64(browsers.wrap())).status_code == 422
    assert holder.state()["member"]["key"] == holder.identity.recipient
    assert holder.send("/identity", **fields, words_lost="1").status_code == 200
    told = holder.state()
    assert (told["member"]["key"], told["team_wrap"]) == (another.recipient, None)


def test_the_recovery_sheet_brings_somebody_back(holder: Keyholder, colleague: Keyholder) -> None:
    number, new = colleague.member_id, browsers.identity()
    answer = colleague.send(
        "/identity",
        identity_recipient=new.recipient,
        identity_wrapped=b64(new.wrapped),
        team_wrap=b64(browsers.wrap()),
        used_recovery="1",
        **signed(holder.roster(2, **{f"n{number}": new.recipient})),
    )
    assert (answer.status_code, answer.json) == OK
    told = colleague.state()
    assert told["member"]["key"] == new.recipient
    assert told["team_wrap"]


def test_other_words_for_the_same_key(holder: Keyholder) -> None:
    wrapped = browsers.wrap()
    assert holder.send("/words", identity_wrapped=b64(wrapped)).status_code == 200
    assert holder.state()["identity_wrapped"] == b64(wrapped)
    assert holder.send("/words", identity_wrapped=b64(b"words")).status_code == 422


def test_a_passkey_opens_its_own_members_key(app: Flask, holder: Keyholder, partnership: Partnership) -> None:
    with app.app_context(), writing() as session:
        rows = [
            Passkey(
                member_id=who, credential_id=b"\xff%d" % who, public_key=b"k", backed_up=False, added_at=clock.now()
            )
            for who in (partnership.other.member_id, partnership.home.member_id)
        ]
        session.add_all(rows)
        session.flush()
        own, theirs = (row.id for row in rows)
    wrap = b64(browsers.wrap())
    assert holder.send("/passkey", passkey_id=theirs, identity_wrap=wrap).status_code == 422
    assert holder.send("/passkey", passkey_id=own, identity_wrap=wrap).status_code == 200
    [told] = holder.state()["passkeys"]
    assert (told["id"], told["identity_wrap"]) == (own, wrap)
    assert "=" not in told["credential_id"]
    assert told["credential_id"].startswith("_")
    # Gone with other words, if the member wants so.
    assert holder.send("/words", identity_wrapped=wrap, drop_passkeys="1").status_code == 200
    assert holder.state()["passkeys"][0]["identity_wrap"] is None


def test_a_half_is_this_browsers_alone(app: Flask, hands: Hands, holder: Keyholder, partnership: Partnership) -> None:
    half = b64(b"h" * 32)
    assert holder.send("/half", half=half).status_code == 200
    assert holder.state()["half"] == half
    assert holder.send("/half", half=b64(b"h" * 31)).status_code == 422
    second = Browser(inbox_client(app))
    hands.move(minutes=1)
    side = partnership.other
    assert second.sign_in(side, code=hands.code(side.totp_secret)).status_code == 303
    assert Keyholder(second, holder.keys).state()["half"] is None
    hands.move(seconds=IDLE.total_seconds())
    assert holder.browser.get("/keys/state").status_code == 401


def test_drills(holder: Keyholder, colleague: Keyholder, hands: Hands) -> None:
    assert holder.send("/drill", what="nothing").status_code == 422
    assert colleague.send("/drill", what="words").status_code == 422
    hands.move(minutes=1)
    now = hands.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert holder.send("/drill", what="words").status_code == 200
    assert holder.send("/drill", what="recovery").status_code == 200
    told = holder.state()
    assert (told["member"]["drilled_at"], told["recovery"]["checked_at"]) == (now, now)


def test_teams_with_keys_are_told_of_each_other(
    hands: Hands, holder: Keyholder, coordinator: Browser, partnership: Partnership
) -> None:
    [partner] = Keyholder(coordinator, TeamBrowser(partnership.home.team_id)).state()["partners"]
    assert partner == {
        "team": partnership.other.team_id,
        "name": "The other team",
        "organisation": "The other council",
        "history": holder.state()["history"],
    }
