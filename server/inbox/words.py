"""The inbox's words for the codes of a referral. A code that is not known here is shown as it came: a newer
phone may send it, and hiding it would hide something.
"""

from server.locale import _
from server.services.list_counts import MOST_COUNTED


def concern(code: str) -> str:
    """How strong the signs are."""
    return {
        "none": _("No signs"),
        "low": _("Few signs"),
        "some": _("Some signs"),
        "strong": _("Strong signs"),
    }.get(code, code)


def urgency(code: str) -> str:
    """When somebody should act."""
    return {
        "now": _("Now"),
        "today": _("Today"),
        "24h": _("Within 24 hours"),
        "5d": _("Within 5 working days"),
        "ready": _("Keep ready"),
    }.get(code, code)


def because(code: str) -> str:
    """Why a referral is urgent."""
    return {
        "danger_now": _("Danger now"),
        "child": _("Child"),
        "unsafe_tonight": _("Unsafe tonight"),
        "decisive_sign": _("Decisive sign"),
    }.get(code, code)


def kind(code: str) -> str:
    """What somebody is made to do."""
    return {
        "labour": _("Labour"),
        "sexual": _("Sexual"),
        "criminal": _("Criminal"),
        "domestic": _("Domestic work"),
        "organ": _("Organ"),
        "forced_marriage": _("Forced marriage"),
        "begging": _("Begging"),
        "financial": _("Money or benefits"),
        "other": _("Other kind"),
        "unknown": _("Kind not known"),
    }.get(code, code)


def who(subject: str, age: str) -> str:
    """Whom it is about."""
    if subject == "place":
        return _("A place")
    return {
        "under16": _("Child, under 16"),
        "16-17": _("Child, 16 or 17"),
        "unsure": _("Child or adult, not sure"),
        "adult": _("Adult"),
        "unknown": _("Age not known"),
    }.get(age, age)


def reach(code: str) -> str:
    """How the worker can be reached."""
    return {
        "sealed_number": _("Number in the sealed note"),
        "app": _("Reads the answer in the app"),
        "ring": _("Will ring you"),
        # words: the worker chose to hear no more of it; nothing can be sent to the phone
        "none": _("Wants no follow-up"),
    }.get(code, code)


def part_of_day(code: str) -> str:
    """When on that day."""
    return {
        "night": _("at night"),
        "morning": _("in the morning"),
        "afternoon": _("in the afternoon"),
        "evening": _("in the evening"),
    }.get(code, code)


def note(state: str) -> str:
    """Where the sealed note is."""
    return {
        "none": _("No note"),
        "waiting": _("Note waits on the phone"),
        "stored": _("Note, not opened"),
        "read": _("Note, opened"),
    }.get(state, state)


def state(code: str) -> str:
    """Where the referral stands."""
    return {
        "stored": _("Not read yet"),
        "read": _("Read"),
        "acted": _("Someone has it"),
        "closed": _("Closed"),
    }.get(code, code)


def known(code: str) -> str:
    """How a sign is known."""
    return {
        "seen": _("seen"),
        "heard": _("heard"),
        # words: the person themself told the worker
        "person_said": _("they said"),
        "other_said": _("someone else said"),
    }.get(code, code)


def answer(code: str) -> str:
    """What was answered about a sign. "Not asked" is never a gap, and never the same as declined."""
    return {
        "yes": _("Yes"),
        "no": _("No"),
        "dont_know": _("Don't know"),
        "declined": _("Did not want to say"),
        "not_asked": _("Not asked"),
    }.get(code, code)


def element(code: str) -> str:
    """The parts of trafficking in law, in plain words."""
    return {
        # words: headings of the three pillars, as on the phone: act, means, purpose
        "act": _("What was done"),
        "means": _("How"),
        "purpose": _("What for"),
        "other": _("Around it"),
    }.get(code, code)


def raised(code: str) -> str:
    """Why the worker lifted the concern above what the signs add up to."""
    return {
        "worry": _("a worry they could not put into signs"),
        "pattern": _("a pattern over time"),
        "told_in_confidence": _("something told in confidence"),
        "other_signs": _("signs that are not on the list"),
    }.get(code, code)


def outcome(code: str) -> str:
    """As what a referral was closed."""
    return {
        "acted_support": _("Passed to support"),
        "acted_police": _("Passed to the police"),
        "child_protection": _("Child protection has it"),
        "no_exploitation_other_help": _("Not exploitation, other help given"),
        "not_enough": _("Not enough to act on"),
        "duplicate": _("Came twice: the other one goes on"),
        # words: the worker took it back with their phone, before anybody had read it
        "withdrawn": _("Taken back by the worker"),
    }.get(code, code)


def kept_because(code: str) -> str:
    """Why a referral is kept longer than usual."""
    return {
        "proceedings": _("A court or tribunal needs it"),
        "police_work": _("The police still work on it"),
        "protection": _("It is still needed to keep someone safe"),
        # words: the person whom the referral is about asked that it is kept
        "person_asked": _("The person asked for it"),
        "complaint": _("A complaint about it is open"),
    }.get(code, code)


def deleted_because(code: str) -> str:
    """Why a referral was deleted."""
    return {
        # words: so many days after it was closed, so many days after it came: the time to keep it was over
        "closed": _("it was closed long enough ago"),
        "age": _("it came long enough ago"),
        "operator": _("whoever runs the server was asked to"),
    }.get(code, code)


def show(code: str) -> str:
    """The name of a list."""
    return {
        "to-act": _("To act on"),
        "mine": _("Mine"),
        "unclaimed": _("Unclaimed"),
        "overdue": _("Overdue"),
        # words: a list of referrals about which the worker has written something that nobody has opened
        "messages": _("New messages"),
        "danger": _("Danger now"),
        "child": _("Child"),
        "unsafe": _("Unsafe tonight"),
        "closed": _("Closed"),
        "known": _("From known phones"),
        "held": _("Held"),
        # words: a list of referrals that will be deleted within 14 days
        "leaving": _("Deleted soon"),
    }.get(code, code)


def is_or_more(number: int) -> bool:
    """Whether the count of a list stands for itself and more: beyond it nothing is counted."""
    return number >= MOST_COUNTED


def nothing_in(code: str) -> str:
    """What an empty list says."""
    return {
        "to-act": _("Nothing to act on. What phones send comes here, most urgent first."),
        "mine": _("You have not claimed anything that is still open."),
        "unclaimed": _("Everything that is open has somebody."),
        "overdue": _("Nothing waits longer than it should."),
        "messages": _("No worker has written anything that is not opened yet."),
        "closed": _("Nothing has been closed yet."),
        "known": _("Nothing that is open came from a phone that you know."),
        "held": _("Nothing is held."),
        "leaving": _("Nothing will be deleted within the next 14 days."),
    }.get(code, _("Nothing like this is open."))


def role(code: str) -> str:
    """A role in the inbox."""
    return {
        "coordinator": _("Coordinator"),
        "lead": _("Lead"),
        "administrator": _("Administrator"),
        "analyst": _("Analyst"),
    }.get(code, code)


def nation(code: str) -> str:
    """A nation that has a pathway pack."""
    return {
        "GB-SCT": _("Scotland"),
        "GB-ENG": _("England"),
        "GB-WLS": _("Wales"),
        "GB-NIR": _("Northern Ireland"),
        "US": _("United States"),
    }.get(code, code)
