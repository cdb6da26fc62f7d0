"""Keys that change, by script: another sheet, the next key, a key given up, and forms longer than any other."""

import json

from flask import Flask

from server import clock
from server.models import Member, Team
from server.services.transaction import writing
from tests.inbox.keys.keyholder import OK, Keyholder, b64, signed
from tests.partnership import Partnership
from tests.services.keys import browsers


def test_a_roster_with_another_sheet(holder: Keyholder) -> None:
    holder.sheet = browsers.sheet()
    fields = signed(holder.roster(2))
    sheet = {"recovery_recipient": holder.sheet.recipient, "recovery_file": b64(holder.sheet.file)}
    assert holder.send("/roster", **fields).status_code == 422
    assert holder.send("/roster", **fields, recovery_recipient=holder.sheet.recipient).status_code == 422
    assert holder.send("/roster", **fields, recovery_file=b64(holder.sheet.file)).status_code == 422
    assert holder.send("/roster", **fields, **sheet).status_code == 200
    assert holder.state()["recovery"]["file"] == b64(holder.sheet.file)
    assert holder.send("/roster", **fields, **sheet).status_code == 409


def test_a_key_is_renewed(holder: Keyholder, colleague: Keyholder) -> None:
    fields = holder.renewal(2)
    for wraps in ("", "[", "[]", "{}", '{"x": ""}', '{"1": 1}', "[" * 50_000, json.dumps({"9" * 30: ""})):
        assert holder.send("/renew", **{**fields, "wraps": wraps}).status_code == 422, wraps[:20]
    answer = colleague.send("/renew", **fields)
    assert (answer.status_code, answer.json) == (403, {"problem": "not-theirs"})
    answer = holder.send("/renew", **fields)
    assert (answer.status_code, answer.json) == OK
    told = holder.state()
    assert told["team"]["vouch_key"] == fields["vouch_key"] == told["history"][1]["vouch_key"]
    assert told["recovery"]["file"] == fields["recovery_file"]
    assert holder.send("/renew", **fields).status_code == 409


def test_a_key_is_given_up_by_a_lead_only(holder: Keyholder, colleague: Keyholder) -> None:
    holder.sheet = browsers.sheet()
    fields = {**holder.renewal(2, lost=True), "lost": "1"}
    assert holder.send("/renew", **fields).status_code == 422
    fields["recovery_recipient"] = holder.sheet.recipient
    answer = colleague.send("/renew", **fields)
    assert (answer.status_code, answer.json) == (403, {"problem": "not-theirs"})
    answer = holder.send("/renew", **fields)
    assert (answer.status_code, answer.json) == OK
    assert [key["signature"] for key in holder.state()["history"]] == ["", ""]


def test_a_long_roster_and_many_keyrings_are_read(app: Flask, holder: Keyholder, partnership: Partnership) -> None:
    """More than any other form may hold."""
    with app.app_context(), writing() as session:
        team = session.get_one(Team, partnership.other.team_id)
        more = [
            Member(
                team=team,
                sign_in_name=f"m{n}",
                display_name="M",
                roles=["lead"],
                handle=b"%d" % n,
                joined_at=clock.now(),
            )
            for n in range(30)
        ]
        session.add_all(more)
        session.flush()
        everybody = {f"n{one.id}": browsers.recipient() for one in more}
    fields = holder.renewal(2)
    big = b64(browsers.wrap() + bytes(12 * 1024))
    fields |= signed(holder.roster(2, **everybody))
    fields["wraps"] = json.dumps({str(holder.member_id): big, **{name[1:]: big for name in everybody}})
    assert len(str(fields["wraps"])) > 400_000
    answer = holder.send("/renew", **fields)
    assert (answer.status_code, answer.json) == OK
    assert holder.send("/half", half="A" * 3_000_000).status_code == 413
