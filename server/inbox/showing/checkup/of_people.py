"""The words for keys, and for the people who are there for what is sent."""

from server.inbox.showing.checkup.said import Said, Words, one_of
from server.locale import _
from server.services.checkup.finding import Finding


def _team_keys(finding: Finding) -> Said:
    sentences = {
        "good": (_("All of them."), ""),
        "wrong": (
            _("These teams have none. Notes for them wait on the phones."),
            _("Ask a lead of each team to open Keys and make them."),
        ),
    }
    return one_of(_("Every team has keys"), sentences, finding)


def _key_holders(finding: Finding) -> Said:
    advice = _("Ask the team to let a second member in, under Keys.")
    sentences = {
        "good": (_("In every team that has keys."), ""),
        "look": (_("In these teams one person alone can."), advice),
        "wrong": (
            _("In some of these teams nobody can."),
            _("Where nobody can, ask a lead for the recovery sheet: it is used under Keys. Then let two members in."),
        ),
    }
    return one_of(_("Two people of each team can open its notes"), sentences, finding)


def _drills(finding: Finding) -> Said:
    advice = _("Ask them to type their seven words when the inbox next asks for a practice.")
    sentences = {
        "good": (_("Everybody has, within half a year."), ""),
        "look": (_("In these teams, some have not for half a year."), advice),
        "wrong": (_("In some of these teams, nobody has for half a year."), advice),
    }
    return one_of(_("Key holders have shown that their words still open notes"), sentences, finding)


def _recovery_sheets(finding: Finding) -> Said:
    sentences = {
        "good": (_("All are there, and were checked within a year."), ""),
        "look": (
            _("These teams have not checked theirs for a year."),
            _("Ask a lead to find the sheet and check it, under Keys."),
        ),
        "wrong": (
            _("Some of these teams have none. If all forget their words, their notes are lost."),
            _("Ask a lead to open Keys and print one, and to check the older ones."),
        ),
    }
    return one_of(_("Every team’s recovery sheet is where it should be"), sentences, finding)


def _hours(finding: Finding) -> Said:
    sentences = {
        "good": (_("All do."), ""),
        "wrong": (
            _("These do not. Workers cannot know when somebody will look."),
            _("Set the hours under Team."),
        ),
    }
    return one_of(_("Every team says when it reads"), sentences, finding)


def _urgent_numbers(finding: Finding) -> Said:
    sentences = {
        "good": (_("All have one."), ""),
        "wrong": (
            _("These have none that can be rung from everywhere."),
            _("Set it under Team, with its area code, such as 0141 496 0101."),
        ),
    }
    return one_of(_("Every team has a number for what cannot wait"), sentences, finding)


def _readers(finding: Finding) -> Said:
    advice = _("Ask a lead to invite people, under Team.")
    sentences = {
        "good": (_("In every team."), ""),
        "look": (_("In these teams there is one person. Nobody stands in for them."), advice),
        "wrong": (_("In some of these teams there is nobody."), advice),
    }
    return one_of(_("Two people of each team work with referrals"), sentences, finding)


def _administrators(finding: Finding) -> Said:
    advice = _("Ask an administrator to give the role to one more person, under Team.")
    sentences = {
        "good": (_("In every organisation."), ""),
        "look": (_("In these organisations there is one. Nobody can give them a way back in."), advice),
        "wrong": (
            _("In some of these organisations there is nobody."),
            _("Where nobody has begun, make a new link under Partners. Else use “heed setup --way-back”."),
        ),
    }
    return one_of(_("Every organisation has two administrators"), sentences, finding)


def _rota(finding: Finding) -> Said:
    sentences = {
        "good": (_("Somebody reads in every team that keeps a rota and reads today."), ""),
        "none": (_("No team keeps a rota."), ""),
        "wrong": (
            _("These teams read today, and nobody is on their rota."),
            _("Ring them, and fill the rota under Team."),
        ),
    }
    return one_of(_("Somebody is on the rota today"), sentences, finding)


PEOPLE: dict[str, Words] = {
    "team_keys": _team_keys,
    "key_holders": _key_holders,
    "drills": _drills,
    "recovery_sheets": _recovery_sheets,
    "hours": _hours,
    "urgent_numbers": _urgent_numbers,
    "readers": _readers,
    "administrators": _administrators,
    "rota": _rota,
}
