"""Who may do what: roles, passkeys, links, remits, rota, invitations with several teams, and a chained record.

Long because a step that was released is one file for good: it is read from top to bottom, table by table.
"""

import datetime
import hashlib
import json
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_OLD_HOURS = "Monday to Friday, 08:00 to 18:00"
_HOURS = [{"days": [1, 2, 3, 4, 5], "opens": "08:00", "closes": "18:00"}]
# As the chain was defined when this step was released.
_BY_PHONES = ("stored", "note_stored", "note_replaced")


def upgrade() -> None:
    """Make the new tables, widen the old ones, give every row of before what it lacks."""
    _new_tables()
    _organisations_and_teams()
    _members()
    _phones()
    _referrals()
    _events()


def _new_tables() -> None:
    op.create_table(
        "team_conflict",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_team_conflict_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_team_conflict_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", "organisation_id", name="pk_team_conflict"),
    )
    op.create_index("ix_team_conflict_organisation_id", "team_conflict", ["organisation_id"])
    op.create_table(
        "rota_turn",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_rota_turn_member_id_member"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_rota_turn_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", "day", "member_id", name="pk_rota_turn"),
    )
    op.create_index("ix_rota_turn_member_id", "rota_turn", ["member_id"])
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=2048), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("backed_up", sa.Boolean(), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.Column("last_challenge_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_passkey_member_id_member"),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
    )
    op.create_index("ix_passkey_member_id", "passkey", ["member_id"])
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_recovery_code_member_id_member"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
        sa.UniqueConstraint("code_hash", name="uq_recovery_code_code_hash"),
    )
    op.create_index("ix_recovery_code_member_id", "recovery_code", ["member_id"])
    op.create_table(
        "account_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("display_name", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('setup', 'organisation', 'member', 'way_back')", name="ck_account_link_kind"),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name="fk_account_link_made_by_member"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_account_link_member_id_member"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_account_link_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_account_link_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_account_link"),
        sa.UniqueConstraint("secret_hash", name="uq_account_link_secret_hash"),
    )
    for column in ("organisation_id", "team_id", "member_id", "made_by"):
        op.create_index(f"ix_account_link_{column}", "account_link", [column])
    for table, one in (("invitation_team", "invitation"), ("device_team", "device")):
        op.create_table(
            table,
            sa.Column(f"{one}_id", sa.Integer(), nullable=False),
            sa.Column("team_id", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint([f"{one}_id"], [f"{one}.id"], name=f"fk_{table}_{one}_id_{one}"),
            sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=f"fk_{table}_team_id_team"),
            sa.PrimaryKeyConstraint(f"{one}_id", "team_id", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_team_id", table, ["team_id"])
    op.create_table(
        "audit_head",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_audit_head_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_audit_head"),
    )
    op.create_table(
        "audit_checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.CheckConstraint("reason IN ('made', 'cut')", name="ck_audit_checkpoint_reason"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_audit_checkpoint_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit_checkpoint"),
    )
    op.create_index("ix_audit_checkpoint_organisation_id", "audit_checkpoint", ["organisation_id"])


def _organisations_and_teams() -> None:
    connection = op.get_bind()
    with op.batch_alter_table("organisation") as change:
        change.add_column(sa.Column("is_host", sa.Boolean(), nullable=True))
    # Whoever was there first runs the server.
    connection.execute(sa.text("UPDATE organisation SET is_host = (id = (SELECT min(id) FROM organisation))"))
    with op.batch_alter_table("organisation") as change:
        change.alter_column("is_host", existing_type=sa.Boolean(), nullable=False)

    with op.batch_alter_table("team") as change:
        for column in ("ages", "kinds", "subjects", "hours"):
            change.add_column(sa.Column(column, sa.JSON(), nullable=True))
    team = sa.table(
        "team",
        sa.column("reading_hours", sa.String),
        *(sa.column(name, sa.JSON) for name in ("ages", "kinds", "subjects", "hours")),
    )
    all_of_it = {"ages": ["child", "adult"], "kinds": [], "subjects": ["person", "place"], "hours": []}
    connection.execute(sa.update(team).values(**all_of_it))
    # The only words that were ever written there; other ones cannot be read as hours, and the team says them anew.
    connection.execute(sa.update(team).where(team.c.reading_hours == _OLD_HOURS).values(hours=_HOURS))
    with op.batch_alter_table("team") as change:
        for column in ("ages", "kinds", "subjects", "hours"):
            change.alter_column(column, existing_type=sa.JSON(), nullable=False)
        change.drop_column("reading_hours")


def _members() -> None:
    connection = op.get_bind()
    with op.batch_alter_table("member") as change:
        change.alter_column("sign_in_name", existing_type=sa.String(length=80), nullable=True)
        change.alter_column("password_hash", existing_type=sa.String(length=200), nullable=True)
        change.alter_column("totp_secret", existing_type=sa.String(length=64), nullable=True)
        change.add_column(sa.Column("roles", sa.JSON(), nullable=True))
        change.add_column(sa.Column("handle", sa.LargeBinary(length=32), nullable=True))
        change.add_column(sa.Column("joined_at", _MOMENT, nullable=True))
        change.add_column(sa.Column("left_at", _MOMENT, nullable=True))
    member = sa.table(
        "member",
        sa.column("id", sa.Integer),
        sa.column("roles", sa.JSON),
        sa.column("handle", sa.LargeBinary),
        sa.column("joined_at", _MOMENT),
    )
    for number in list(connection.scalars(sa.select(member.c.id))):
        # There were no roles: whoever was there did everything.
        told = {"roles": ["administrator", "lead"], "handle": secrets.token_bytes(32), "joined_at": sa.func.now()}
        connection.execute(sa.update(member).where(member.c.id == number).values(**told))
    with op.batch_alter_table("member") as change:
        change.alter_column("roles", existing_type=sa.JSON(), nullable=False)
        change.alter_column("handle", existing_type=sa.LargeBinary(length=32), nullable=False)
        change.create_unique_constraint("uq_member_handle", ["handle"])
    # Who is signed in signs in again: a session of before does not say how.
    connection.execute(sa.text("DELETE FROM member_session"))
    with op.batch_alter_table("member_session") as change:
        change.add_column(sa.Column("public_id", sa.String(length=16), nullable=False))
        change.add_column(sa.Column("how", sa.String(length=10), nullable=False))
        change.create_unique_constraint("uq_member_session_public_id", ["public_id"])


def _phones() -> None:
    connection = op.get_bind()
    with op.batch_alter_table("invitation") as change:
        change.add_column(sa.Column("uses", sa.Integer(), nullable=True))
        change.add_column(sa.Column("made_by", sa.Integer(), nullable=True))
        change.add_column(sa.Column("ended_at", _MOMENT, nullable=True))
        change.create_foreign_key("fk_invitation_made_by_member", "member", ["made_by"], ["id"])
        change.create_index("ix_invitation_made_by", ["made_by"])
    connection.execute(
        sa.text(
            "UPDATE invitation SET uses = uses_left + "
            "(SELECT count(*) FROM device WHERE device.invitation_id = invitation.id)"
        )
    )
    with op.batch_alter_table("invitation") as change:
        change.alter_column("uses", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("device") as change:
        change.add_column(sa.Column("second_of", sa.Integer(), nullable=True))
        change.add_column(sa.Column("code", sa.String(length=6), nullable=True))
        change.add_column(sa.Column("accepted", sa.Integer(), nullable=True))
        for column in ("held_at", "revoked_at", "wipe_asked_at", "wiped_at"):
            change.add_column(sa.Column(column, _MOMENT, nullable=True))
        change.create_foreign_key("fk_device_second_of_device", "device", ["second_of"], ["id"])
        change.create_index("ix_device_second_of", ["second_of"])
    # Phones of before do not know a code of theirs: they are told apart by their number.
    connection.execute(sa.text("UPDATE device SET accepted = 0, code = CAST(id AS VARCHAR(6))"))
    with op.batch_alter_table("device") as change:
        change.alter_column("code", existing_type=sa.String(length=6), nullable=False)
        change.alter_column("accepted", existing_type=sa.Integer(), nullable=False)
        change.create_unique_constraint("uq_device_team_id_code", ["team_id", "code"])


def _referrals() -> None:
    connection = op.get_bind()
    with op.batch_alter_table("referral") as change:
        change.add_column(sa.Column("sender_organisation_id", sa.Integer(), nullable=True))
        change.add_column(sa.Column("new_phone", sa.Boolean(), nullable=True))
        change.add_column(sa.Column("held", sa.Boolean(), nullable=True))
        change.create_foreign_key(
            "fk_referral_sender_organisation_id_organisation", "organisation", ["sender_organisation_id"], ["id"]
        )
        change.create_index("ix_referral_sender_organisation_id", ["sender_organisation_id"])
    # Until now a phone could send to its own team only.
    referral = sa.table("referral", sa.column("new_phone", sa.Boolean), sa.column("held", sa.Boolean))
    connection.execute(sa.update(referral).values(new_phone=False, held=False))
    connection.execute(
        sa.text(
            "UPDATE referral SET sender_organisation_id = "
            "(SELECT organisation_id FROM team WHERE team.id = referral.team_id)"
        )
    )
    with op.batch_alter_table("referral") as change:
        change.alter_column("new_phone", existing_type=sa.Boolean(), nullable=False)
        change.alter_column("held", existing_type=sa.Boolean(), nullable=False)


def _events() -> None:
    connection = op.get_bind()
    with op.batch_alter_table("event") as change:
        change.drop_index("ix_event_organisation_id")
        change.add_column(sa.Column("seq", sa.Integer(), nullable=True))
        change.add_column(sa.Column("about_kind", sa.String(length=20), nullable=True))
        change.add_column(sa.Column("about_id", sa.String(length=40), nullable=True))
        change.add_column(sa.Column("detail", sa.JSON(), nullable=True))
        change.add_column(sa.Column("hash", sa.String(length=64), nullable=True))
    _chain_what_is_there(connection)
    with op.batch_alter_table("event") as change:
        change.alter_column("seq", existing_type=sa.Integer(), nullable=False)
        change.alter_column("detail", existing_type=sa.JSON(), nullable=False)
        change.alter_column("hash", existing_type=sa.String(length=64), nullable=False)
        change.create_unique_constraint("uq_event_organisation_id_seq", ["organisation_id", "seq"])


def _chain_what_is_there(connection: sa.Connection) -> None:
    event = sa.table(
        "event",
        *(sa.column(name, sa.Integer) for name in ("id", "organisation_id", "member_id", "seq")),
        *(sa.column(name, sa.String) for name in ("kind", "referral_id", "hash")),
        sa.column("detail", sa.JSON),
        sa.column("at", _MOMENT),
    )
    heads: dict[int, tuple[int, str]] = {}
    for row in connection.execute(sa.select(event).order_by(event.c.id)).mappings().all():
        seq, before = heads.get(row["organisation_id"], (0, "0" * 64))
        at = row["at"].replace(tzinfo=row["at"].tzinfo or _utc()).astimezone(_utc())
        told = [before, row["organisation_id"], seq + 1, row["kind"], row["member_id"], row["referral_id"]]
        told += [None, None, {}, (at.date() if row["kind"] in _BY_PHONES else at).isoformat()]
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        link = hashlib.sha256(text.encode()).hexdigest()
        change = {"seq": seq + 1, "hash": link, "detail": {}}
        connection.execute(sa.update(event).where(event.c.id == row["id"]).values(**change))
        heads[row["organisation_id"]] = (seq + 1, link)
    for organisation_id, (seq, link) in heads.items():
        head = sa.table("audit_head", *(sa.column(name) for name in ("organisation_id", "seq", "hash")))
        connection.execute(sa.insert(head).values(organisation_id=organisation_id, seq=seq, hash=link))


def _utc() -> datetime.tzinfo:
    return datetime.UTC
