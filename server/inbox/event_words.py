"""What was done, in words: for the timeline of a referral and for the record of an organisation."""

from server.locale import _


def event(code: str) -> str:
    """The words for the kind of an event. One that is not known here is shown as it came: hiding it would hide
    something."""
    return {**_referrals(), **_passing_on(), **_keys(), **_accounts(), **_partnership(), **_phones()}.get(code, code)


def _referrals() -> dict[str, str]:
    return {
        "stored": _("Stored. The phone has its receipt."),
        "note_stored": _("The sealed note arrived."),
        "note_replaced": _("The phone replaced the sealed note."),
        "read": _("Read for the first time. The phone can say so."),
        "note_opened": _("Sealed note fetched to be opened."),
        "claimed": _("Taken on."),
        "closed": _("Closed."),
        "handed_over": _("Handed over to a colleague."),
        "message_received": _("A message from the worker arrived."),
        "messages_opened": _("Messages fetched to be opened."),
        "message_sent": _("A message to the worker was sent."),
        "note_added": _("A note for the team was added."),
        "withdrawn": _("Withdrawn by the worker before anyone had read it."),
        "past_due": _("The time to read it passed, and nobody had read it."),
        "kept_longer": _("A coordinator keeps it longer."),
        "deletion_announced": _("The team was told that it will be deleted."),
        "deleted": _("Deleted on time: only its reference, the days and how it ended are left."),
    }


def _passing_on() -> dict[str, str]:
    return {
        "passed_on": _("A referral was offered to another team."),
        "pass_accepted": _("What was offered was taken on."),
        "pass_refused": _("What was offered was not taken on."),
        "pass_revoked": _("What was offered was taken back."),
        "pass_opened": _("What was passed on was fetched to be opened."),
        "pass_done": _("The team that took it on is done."),
    }


def _keys() -> dict[str, str]:
    return {
        "keys_made": _("The team’s keys were made."),
        "identity_made": _("A member made their key."),
        "member_admitted": _("A colleague was let in to the team’s notes."),
        "roster_changed": _("The team’s roster was changed."),
        "keys_renewed": _("The team’s key was renewed."),
        "keys_lost": _("The team’s key was given up as lost, and a new one made."),
        "recovery_used": _("The recovery sheet was used."),
        "recovery_checked": _("The recovery sheet was checked."),
        "drill_done": _("A member showed that their words still open notes."),
        "passkey_unlocks": _("A passkey can open notes from now on."),
    }


def _accounts() -> dict[str, str]:
    return {
        "signed_in": _("Signed in."),
        "signed_in_recovery": _("Signed in with a recovery code."),
        "link_made": _("A link for a new account was made."),
        "link_used": _("A link was used."),
        "link_ended": _("A link was withdrawn."),
        "account_made": _("An account was made."),
        "way_back_made": _("A link back into an account was made."),
        "password_changed": _("The password was changed."),
        "totp_changed": _("The code app was changed."),
        "passkey_added": _("A passkey was added."),
        "passkey_removed": _("A passkey was removed."),
        "recovery_codes_made": _("New recovery codes were made."),
        "session_ended": _("A sign-in was ended."),
        "sessions_ended": _("All other sign-ins were ended."),
        "roles_changed": _("Roles were changed."),
        "left": _("An account was ended: its holder has left."),
    }


def _partnership() -> dict[str, str]:
    return {
        "organisation_added": _("An organisation was added."),
        "team_added": _("A team was added."),
        "team_changed": _("What the team is for was changed."),
        "hours_changed": _("Reading hours were changed."),
        "rota_changed": _("The rota was changed."),
        "conflict_changed": _("What the team must not be told was changed."),
        "audit_exported": _("The record was exported."),
        "audit_checkpointed": _("The end of the record was written down."),
        "record_cut": _("The oldest part of the record was deleted on time."),
        "backup_put_back": _("An administrator said that a backup was put back on another machine."),
    }


def _phones() -> dict[str, str]:
    return {
        "invitation_made": _("An invitation for phones was made."),
        "invitation_ended": _("An invitation was ended."),
        "invitation_held": _("Everything from the phones of an invitation was held."),
        "phone_joined": _("A phone joined."),
        "phone_held": _("What a phone sent was held."),
        "phone_released": _("What a phone sent was put back."),
        "phone_revoked": _("A phone was taken out."),
        "phone_left": _("A phone left the team."),
        "wipe_asked": _("A phone is to be emptied at its next contact."),
        "phone_wiped": _("A phone said that it is empty."),
    }
