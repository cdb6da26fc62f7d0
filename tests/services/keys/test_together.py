"""Two colleagues at the same moment: one is done, the other is told to look again; nobody who leaves keeps a wrap."""

import copy
import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy import update

from server.database import WRITES
from server.extensions import db
from server.models import Member
from server.services.accounts import members
from server.services.keys import state
from server.services.keys.admission import admit
from server.services.keys.first_keys import save_first_keys
from server.services.keys.given import Wraps
from server.services.keys.renewal import renew
from server.services.keys.rosters import change_roster
from tests.services.keys import browsers
from tests.services.keys.conftest import NOW, Desk


def _at_once(app: Flask, *deeds: Callable[[], None]) -> list[str]:
    """Do all of them at the same moment. Out: what became of each, sorted."""
    together, ends = threading.Barrier(len(deeds)), []

    def work(deed: Callable[[], None]) -> None:
        with app.app_context():
            together.wait()
            try:
                deed()
                ends.append("done")
            except Exception as error:
                ends.append(type(error).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def _member(number: int) -> Member:
    return db.session.get_one(Member, number)


def test_two_who_make_first_keys(engine_app: Flask, before: Desk) -> None:
    def first_keys(number: int) -> Callable[[], None]:
        browser, identity, sheet = copy.deepcopy(before.browser), browsers.identity(), browsers.sheet()
        key = browser.next_key()
        signed = browser.roster(1, {number: identity.recipient}, sheet.recipient)
        return lambda: save_first_keys(_member(number), identity, key, browsers.wrap(), sheet, signed, NOW)

    assert _at_once(engine_app, first_keys(before.maker_id), first_keys(before.colleague_id)) == ["KeysStale", "done"]
    assert before.counts() == (1, 1)
    assert len(before.wraps()) == 1


def test_two_who_renew(engine_app: Flask, desk: Desk) -> None:
    def renewal() -> Callable[[], None]:
        browser = copy.deepcopy(desk.browser)
        key, sheet = browser.next_key(), browsers.sheet(desk.sheet.recipient)
        signed = browser.roster(2, desk.members, sheet.recipient)
        wraps = Wraps({desk.maker_id: browsers.wrap()})
        return lambda: renew(_member(desk.maker_id), key, wraps, sheet, signed, NOW)

    assert _at_once(engine_app, renewal(), renewal(), renewal()) == ["KeysStale", "KeysStale", "done"]
    assert desk.counts() == (2, 2)
    assert desk.team.vouch_key == state.history(desk.team)[-1].vouch_key


def test_two_who_change_the_roster(engine_app: Flask, desk: Desk) -> None:
    def change() -> Callable[[], None]:
        sheet = browsers.sheet()
        signed = desk.browser.roster(2, desk.members, sheet.recipient)
        return lambda: change_roster(_member(desk.maker_id), signed, sheet, NOW)

    assert _at_once(engine_app, change(), change()) == ["KeysStale", "done"]
    assert desk.counts() == (1, 2)


def test_a_colleague_who_leaves_while_being_let_in_keeps_no_wrap(engine_app: Flask, desk: Desk) -> None:
    key = desk.colleague_makes_their_key().recipient
    signed = desk.browser.roster(2, {**desk.members, desk.colleague_id: key}, desk.sheet.recipient)

    def let_in() -> None:
        admit(_member(desk.maker_id), desk.colleague_id, key, browsers.wrap(), signed, NOW)

    def leave() -> None:
        members.leave(_member(desk.maker_id), _member(desk.colleague_id), None, NOW)

    assert _at_once(engine_app, let_in, leave) in (["KeysRefused", "done"], ["done", "done"])
    assert desk.colleague_id not in desk.wraps()


def test_who_is_about_to_leave_is_waited_for(engine_app: Flask, desk: Desk) -> None:
    key = desk.colleague_makes_their_key().recipient
    signed = desk.browser.roster(2, {**desk.members, desk.colleague_id: key}, desk.sheet.recipient)
    db.session.rollback()
    ends: list[str] = []

    def let_in() -> None:
        ends.extend(
            _at_once(engine_app, lambda: admit(_member(desk.maker_id), desk.colleague_id, key, wrap, signed, NOW))
        )

    wrap, admission = browsers.wrap(), threading.Thread(target=let_in)
    with db.engine.connect().execution_options(**{WRITES: True}) as leaving, leaving.begin():
        leaving.execute(update(Member).where(Member.id == desk.colleague_id).values(left_at=NOW))
        admission.start()
        # Long enough to get past a row that nobody locked; whoever is slower than that is refused all the same.
        admission.join(1)
    admission.join()
    assert ends == ["KeysRefused"]
    assert desk.colleague_id not in desk.wraps()
