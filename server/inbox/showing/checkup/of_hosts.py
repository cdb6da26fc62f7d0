"""The words for what the two names answered."""

from server.inbox.showing.checkup.said import Said, Words, number_in, one_of
from server.locale import _, ngettext
from server.services.checkup.finding import Finding


def _https(finding: Finding) -> Said:
    sentences = {
        "good": (_("%(field)s and %(inbox)s answer, with a certificate that can be trusted."), ""),
        "this_machine": (
            _("%(field)s and %(inbox)s: only this machine can use them."),
            _("That is right to try Heed out. For people at work, set two addresses with https."),
        ),
        "away": (
            _("This server could not reach %(field)s and %(inbox)s."),
            _("Some networks do not let a server ask itself. Open both addresses in a browser, and look for the lock."),
        ),
        "refused": (
            _("The certificate of %(field)s or %(inbox)s cannot be trusted."),
            _("Renew the certificate in the proxy. Until then phones cannot send."),
        ),
        "no_https": (
            _("%(field)s or %(inbox)s answers, but not by https."),
            _("Set up https in the proxy. Until then phones cannot send."),
        ),
    }
    return one_of(_("Both addresses are reached by https"), sentences, finding)


def _certificate(finding: Finding) -> Said:
    sentences = {
        "good": (_("The first one ends %(at)s."), ""),
        "look": (
            _("One ends %(at)s."),
            _("Look why the proxy has not renewed it. When it ends, phones cannot send."),
        ),
        "unseen": (_("Not all certificates could be seen from here."), _look_in_browser()),
    }
    return one_of(_("Certificates last two more weeks"), sentences, finding)


def _headers(finding: Finding) -> Said:
    sentences = {
        "good": (_("The rules for browsers are whole on both addresses."), ""),
        "policy": (
            _("%(origin)s: the rules against foreign scripts are changed or gone."),
            _("Let the proxy hand on Content-Security-Policy as it comes. See deploy/ for examples."),
        ),
        "hsts": (
            _("%(origin)s does not tell browsers to stay with https."),
            _("Let the proxy hand on Strict-Transport-Security as it comes. See deploy/ for examples."),
        ),
        "unseen": (_("The addresses did not answer this server."), _ask_by_hand()),
    }
    return one_of(_("Browsers are told what they may do"), sentences, finding)


def _apart(finding: Finding) -> Said:
    sentences = {
        "good": (_("Each answers for itself only, and the phone app sets no cookie."), ""),
        "cookie": (
            _("%(origin)s sets a cookie."),
            _("Heed sets none there: find what in front of it does, and switch that off."),
        ),
        "other": (
            _("%(origin)s answers with pages of the other address."),
            _("Let the proxy hand on the name that was asked for (Host) as it comes."),
        ),
        "own": (
            _("%(origin)s does not answer with its own pages."),
            _("Let the proxy hand on the name that was asked for (Host) as it comes."),
        ),
        "unseen": (_("The addresses did not answer this server."), _ask_by_hand()),
    }
    return one_of(_("Phone app and inbox are kept apart"), sentences, finding)


def _host_clock(finding: Finding) -> Said:
    sentences = {
        "good": (_("Less than a minute apart."), ""),
        "wrong": (
            ngettext("%(num)s second apart.", "%(num)s seconds apart.", number_in(finding)),
            _("Set both clocks by the network (NTP)."),
        ),
        "unseen": (_("No answer carried a time."), _("Compare the proxy’s clock with this server’s.")),
    }
    return one_of(_("The proxy’s clock agrees with this server’s"), sentences, finding)


def _look_in_browser() -> str:
    return _("Open both addresses in a browser, and look at the certificate behind the lock.")


def _ask_by_hand() -> str:
    return _(
        "Check by hand: “curl -sI” with each address shows what it answers. docs/deploy.md says what should be there."
    )


HOSTS: dict[str, Words] = {
    "https": _https,
    "certificate": _certificate,
    "headers": _headers,
    "apart": _apart,
    "host_clock": _host_clock,
}
