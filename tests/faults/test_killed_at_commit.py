"""The server dies with a referral written and not yet committed, or committed and not yet answered: it is stored whole
or not at all, and once when it is sent again."""

from pathlib import Path

from server.extensions import db
from server.models import Referral
from tests.conftest import application
from tests.faults.conftest import Serve
from tests.faults.phones import Phones
from tests.served import Served

INSIDE = Path(__file__).parent / "inside"
# Commits of referrals that go well before.
_BEFORE = 2


def test_each_side_of_a_commit(served: Served) -> None:
    phones = Phones(served)
    for side in ("before", "after"):
        _start_to_die(served, side, _BEFORE + 1)
        for _ in range(_BEFORE):
            assert phones.send().status == 201
        last = phones.new()
        assert phones.send(last).status == 0
        _wait_for_its_end(served)
        with application(served.database_url) as app, app.app_context():
            assert (db.session.get(Referral, last["id"]) is not None) == (side == "after")
    served.settings = {}
    served.start()
    # What was stored without anybody hearing of it is a referral like any other.
    assert phones.send(last).status == 200
    phones.assert_nothing_lost()


def test_in_the_middle_of_a_commit_that_many_share(sqlite_url: str, serve: Serve) -> None:
    served = serve(sqlite_url)
    phones = Phones(served)
    _start_to_die(served, "before", 20)
    with phones.sending(8) as answers:
        _wait_for_its_end(served)
    assert {answer.status for answer in answers} == {0, 201}
    served.settings = {}
    served.start()
    phones.assert_nothing_lost()


def _start_to_die(served: Served, side: str, number: int) -> None:
    served.settings = {"PYTHONPATH": str(INSIDE), "HEED_TEST_COMMIT": f"{side} {number}"}
    served.start()


def _wait_for_its_end(served: Served) -> None:
    assert served.process is not None
    served.process.wait(timeout=60)
