"""The kinds of events, by what a reader of the audit looks for."""

from server.services.audit.chain import BY_PHONES

# Every kind of event, by what a reader looks for. tests/shape/test_audit.py holds that none is left out.
PASSING_ON = "passing on"
GROUPS: dict[str, tuple[str, ...]] = {
    "sign-ins": (
        "signed_in",
        "signed_in_recovery",
        "password_changed",
        "totp_changed",
        "passkey_added",
        "passkey_removed",
        "recovery_codes_made",
        "session_ended",
        "sessions_ended",
    ),
    "referrals": (
        "stored",
        "note_stored",
        "note_replaced",
        "read",
        "note_opened",
        "claimed",
        "closed",
        "message_received",
        "messages_opened",
        "message_sent",
        "note_added",
        "withdrawn",
        "past_due",
        "kept_longer",
        "deletion_announced",
        "deleted",
    ),
    PASSING_ON: (
        "passed_on",
        "pass_accepted",
        "pass_refused",
        "pass_revoked",
        "pass_opened",
        "pass_done",
    ),
    "people": (
        "link_made",
        "link_used",
        "link_ended",
        "account_made",
        "roles_changed",
        "left",
        "handed_over",
        "way_back_made",
    ),
    "phones": (
        "invitation_made",
        "invitation_ended",
        "invitation_held",
        "phone_joined",
        "phone_revoked",
        "phone_held",
        "phone_released",
        "wipe_asked",
        "phone_wiped",
        "phone_left",
    ),
    "team": (
        "organisation_added",
        "team_added",
        "team_changed",
        "hours_changed",
        "rota_changed",
        "conflict_changed",
    ),
    "keys": (
        "keys_made",
        "identity_made",
        "member_admitted",
        "roster_changed",
        "keys_renewed",
        "keys_lost",
        "recovery_used",
        "recovery_checked",
        "drill_done",
        "passkey_unlocks",
    ),
    "audit": ("audit_exported", "audit_checkpointed", "record_cut"),
    "server": ("backup_put_back",),
}

# What phones do themselves. Other events without a member are those of the `heed` command, or, in passing on, of the
# other team, whose people this organisation need not know.
# Of these the day only is kept: their hour would tell the hour at which a referral came.
BY_DAY = BY_PHONES | {"past_due", "deletion_announced", "deleted"}
PHONES = BY_PHONES | {"phone_joined", "phone_wiped", "phone_left"}
PHONE, COMMAND, PARTNER = "phone", "heed", "partner"
