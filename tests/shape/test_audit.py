"""Everything that writes leaves an event: the code of the services is read, function by function, and followed through
what each of them calls. What leaves none is on a list here, with the reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

from server.inbox import event_words
from server.services.audit.kinds import GROUPS

SERVICES = Path(__file__).parents[2] / "server" / "services"
EVENTS = {"add_event", "add_event_for", "add_phone_event", "add_phone_events"}

Name = tuple[str, str]

# module.function: why it leaves no event.
LEAVES_NONE: dict[str, str] = {
    "accounts.enrolment.keep_name": "Nobody can sign in by it yet: the end of the link leaves account_made.",
    "accounts.sessions.current_session": "Puts forward when a session was last seen, at every page.",
    "accounts.sessions.set_locale": "The language of one's own pages is nobody else's business.",
    "accounts.sessions.sign_out": "Takes nothing away but one's own session, and says when somebody went home.",
    "accounts.sign_in.begin_try": "A try that failed is counted at the account: strangers must not fill the record.",
    "counts._write": "Numbers drawn from rows that have their events.",
    "milestones.reached": "Says that a sweep or a backup went well; what it did has its own events.",
    "retention.leftovers.clear": "Takes away what opens nothing any more: nothing changes for anybody.",
    "keys.unlocking.keep_half": "Part of a sign-in, which has its event; when a key is used is the browser's to know.",
    "definitions.keep_shipped": "What a release ships is the release's, not an organisation's deed.",
}


def _modules() -> dict[str, ast.Module]:
    """Every module of the services by its name, such as server.services.audit.export."""
    found = {}
    for path in sorted(SERVICES.rglob("*.py")):
        parts = path.relative_to(SERVICES.parents[1]).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


MODULES = _modules()


def _imported(module: ast.Module) -> dict[str, str]:
    """What each imported name stands for, in full."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def _functions() -> dict[str, ast.FunctionDef]:
    return {
        f"{name}.{node.name}": node
        for name, module in MODULES.items()
        for node in module.body
        if isinstance(node, ast.FunctionDef)
    }


FUNCTIONS = _functions()


def _resolved(full: str) -> str:
    """Where a name that a package passes on is really from."""
    module, _, name = full.rpartition(".")
    while module in MODULES and full not in FUNCTIONS:
        onward = _imported(MODULES[module]).get(name)
        if onward is None or onward == full:
            return full
        full = onward
        module, _, name = full.rpartition(".")
    return full


def _calls(function: str) -> Iterator[str]:
    """The full names of all that a function calls, of ours."""
    module = function.rpartition(".")[0]
    imported = _imported(MODULES[module])
    for node in ast.walk(FUNCTIONS[function]):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            name = node.func.id
            yield _resolved(imported.get(name, f"{module}.{name}"))
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            whose = imported.get(node.func.value.id)
            if whose in MODULES:
                yield _resolved(f"{whose}.{node.func.attr}")


def _writes(function: str) -> bool:
    return any(call == "server.services.transaction.writing" for call in _calls(function))


def _leaves_an_event(function: str, seen: frozenset[str] = frozenset()) -> bool:
    for call in _calls(function):
        if call.rpartition(".")[2] in EVENTS and call.startswith("server.services.events."):
            return True
        if call in FUNCTIONS and call not in seen and _leaves_an_event(call, seen | {function, call}):
            return True
    return False


WRITERS = {function for function in FUNCTIONS if _writes(function)}
SILENT = {function.removeprefix("server.services.") for function in WRITERS if not _leaves_an_event(function)}


def test_there_are_writers_to_look_at() -> None:
    assert len(WRITERS) > 10
    assert "server.services.triage.claim" in WRITERS
    assert "triage.claim" not in SILENT


def test_everything_that_writes_leaves_an_event_or_a_reason() -> None:
    assert SILENT - LEAVES_NONE.keys() == set(), "let it leave an event, or write down here why it need not"


def test_no_reason_is_older_than_the_code() -> None:
    assert LEAVES_NONE.keys() - SILENT == set()
    assert all(reason.endswith(".") for reason in LEAVES_NONE.values())


def test_views_never_write_past_the_services() -> None:
    """A page that opened a transaction of its own could forget the event."""
    for part in ("inbox", "phone"):
        for path in (SERVICES.parent / part).rglob("*.py"):
            text = path.read_text("utf-8")
            assert "writing()" not in text, path.name
            assert "session.commit" not in text, path.name


def _kinds_that_are_left() -> set[str]:
    """Every kind that stands as a word in a call that leaves an event, or in a tuple or choice given to one."""
    return {
        word.value
        for function in FUNCTIONS.values()
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and _named(call) in EVENTS
        for argument in call.args
        for word in ast.walk(argument)
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    }


def _named(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_every_kind_of_event_can_be_looked_for_and_has_words() -> None:
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert len(grouped) == len(set(grouped))
    parts = (
        event_words._referrals,
        event_words._passing_on,
        event_words._keys,
        event_words._accounts,
        event_words._partnership,
        event_words._phones,
    )
    words = {kind for part in parts for kind in part()}
    assert set(grouped) == words
    abouts = {"member", "device", "team", "organisation", "invitation", "link", "session", "passkey", "transfer"}
    assert _kinds_that_are_left() - abouts - set(grouped) == set()
