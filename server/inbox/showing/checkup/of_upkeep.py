"""The words for the machine, the database, backups and sweeps."""

from functools import partial

from server.inbox.showing.checkup.said import Said, Words, number_in, one_of
from server.locale import _, ngettext
from server.services.checkup.finding import Finding
from server.services.checkup.sweeps import SWEEPS


def _disk(finding: Finding) -> Said:
    sentences = {
        "good": (_("%(free)s MiB are free. The database has %(size)s MiB."), ""),
        "short": (
            _("%(free)s MiB are free. The database has %(size)s MiB."),
            _("Make room, or move to a larger disk. When it is full, phones keep what they cannot send."),
        ),
        "elsewhere": (
            _("The database has %(size)s MiB. The disk it lies on cannot be seen from here."),
            _("Ask whoever runs PostgreSQL whether there is room for it twice."),
        ),
    }
    return one_of(_("There is room for the database twice"), sentences, finding)


def _newest_event(finding: Finding) -> Said:
    sentences = {
        "good": (_("Nothing in the record lies ahead."), ""),
        "wrong": (
            _("The record has something from %(at)s, which is still to come."),
            _("The clock was wrong then, or is now. Set it by the network (NTP)."),
        ),
    }
    return one_of(_("The clock was not put back"), sentences, finding)


def _database_clock(finding: Finding) -> Said:
    sentences = {
        "good": (_("Less than five seconds apart."), ""),
        "wrong": (
            ngettext("%(num)s second apart.", "%(num)s seconds apart.", number_in(finding)),
            _("Set both clocks by the network (NTP)."),
        ),
    }
    return one_of(_("The database’s clock agrees with this server’s"), sentences, finding)


def _recipient(finding: Finding) -> Said:
    sentences = {
        "good": (_("A key is set. Its other half must not be on this server."), ""),
        "wrong": (
            _("No key is set, so no backup is made."),
            _("Make a key with “age-keygen” on another machine. Set HEED_BACKUP_RECIPIENT to its age1… line."),
        ),
    }
    return one_of(_("Backups are sealed to a key"), sentences, finding)


def _backup_made(finding: Finding) -> Said:
    advice = _("Run “heed backup”, and look why the timer did not. docs/backup.md says how.")
    sentences = {
        "good": (_("The last was made %(at)s. None may be kept for more than 90 days."), ""),
        "late": (_("The last was made %(at)s."), advice),
        "never": (_("None was ever made."), advice),
    }
    return one_of(_("A backup was made in the last two days"), sentences, finding)


def _backup_put_back(finding: Finding) -> Said:
    advice = _("Put one back on another machine with “heed restore”, then come back here and say so.")
    sentences = {
        "good": (_("The last time was %(at)s."), ""),
        "late": (_("The last time was %(at)s."), advice),
        "never": (_("Nobody ever did. So nobody knows whether backups can be opened."), advice),
    }
    return one_of(_("A backup was put back in the last half year"), sentences, finding)


def _sweep(name: str, finding: Finding) -> Said:
    title = {
        "deadlines": _("Late referrals are noticed"),
        "notices": _("Teams are told before something is deleted"),
        "retention": _("Referrals are deleted on time"),
        "counts": _("The months are counted"),
    }[name]
    advice = _("Start the server again: the clock that does this starts with it. Look into its log, too.")
    sentences = {
        "good": (_("Last done %(at)s."), ""),
        "late": (_("Last done %(at)s. That is too long ago."), advice),
        "never": (_("This was never done."), advice),
    }
    return one_of(title, sentences, finding)


def _overdue(finding: Finding) -> Said:
    sentences = {
        "good": (_("Nothing."), ""),
        "wrong": (
            ngettext(
                "%(num)s referral should have been deleted a day ago or more.",
                "%(num)s referrals should have been deleted a day ago or more.",
                number_in(finding),
            ),
            _("Start the server again: the clock that deletes starts with it. Look into its log, too."),
        ),
    }
    return one_of(_("Nothing is kept for too long"), sentences, finding)


def _durable(finding: Finding) -> Said:
    sentences = {
        "good": (_("What a phone was told is stored survives a power cut."), ""),
        "wrong": (
            _("A power cut could lose what a phone was told is stored."),
            _("Start the server again: it says which setting is wrong, and what to do."),
        ),
    }
    return one_of(_("Stored means stored"), sentences, finding)


def _release(finding: Finding) -> Said:
    sentences = {
        "good": (_("Both are of the same release."), ""),
        "wrong": (
            _("They are of different releases."),
            _("Start the server again: it brings the database up to date."),
        ),
    }
    return one_of(_("The database is as new as the program"), sentences, finding)


def _demonstration(finding: Finding) -> Said:
    sentences = {
        "good": (_("It is not the demonstration."), ""),
        "look": (
            _("This is the demonstration. Everybody knows its keys."),
            _("Enter nothing that is true. For people at work, begin with “heed setup”."),
        ),
    }
    return one_of(_("This server is for people at work"), sentences, finding)


UPKEEP: dict[str, Words] = {
    "disk": _disk,
    "newest_event": _newest_event,
    "database_clock": _database_clock,
    "recipient": _recipient,
    "backup_made": _backup_made,
    "backup_put_back": _backup_put_back,
    **{f"sweep_{name}": partial(_sweep, name) for name in SWEEPS},
    "overdue": _overdue,
    "durable": _durable,
    "release": _release,
    "demonstration": _demonstration,
}
