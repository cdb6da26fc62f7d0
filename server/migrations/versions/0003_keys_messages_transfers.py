"""Rosters and key histories, recovery, sealed messages, passing on, unlocking: what sealing needs beyond one key."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the new tables, widen the old ones, and begin each team's history with the key that it has."""
    _keys()
    _messages()
    _transfers()
    op.add_column("member", sa.Column("drilled_at", _MOMENT, nullable=True))
    op.add_column("passkey", sa.Column("identity_wrap", sa.LargeBinary(), nullable=True))
    op.add_column("member_session", sa.Column("unlock_half", sa.LargeBinary(length=32), nullable=True))
    op.add_column("invitation", sa.Column("voucher", sa.LargeBinary(), nullable=True))
    op.execute(
        "INSERT INTO team_key (team_id, n, age_recipient, vouch_key, signature, made_at) "
        "SELECT id, 1, age_recipient, vouch_key, '', CURRENT_TIMESTAMP FROM team "
        "WHERE age_recipient IS NOT NULL AND vouch_key IS NOT NULL"
    )
    # What somebody who left had taken on stayed "acted" with nobody on it, and so was never overdue.
    op.execute("UPDATE referral SET state = 'read' WHERE state = 'acted' AND claimed_by IS NULL")


def _keys() -> None:
    op.create_table(
        "team_key",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("age_recipient", sa.String(length=100), nullable=False),
        sa.Column("vouch_key", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=100), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name="fk_team_key_made_by_member"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_team_key_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", "n", name="pk_team_key"),
    )
    op.create_index("ix_team_key_made_by", "team_key", ["made_by"])
    op.create_table(
        "team_roster",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(length=100), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name="fk_team_roster_made_by_member"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_team_roster_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", "version", name="pk_team_roster"),
    )
    op.create_index("ix_team_roster_made_by", "team_roster", ["made_by"])
    op.create_table(
        "recovery_wrap",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=100), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("checked_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_recovery_wrap_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", name="pk_recovery_wrap"),
    )


def _messages() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("read_at", _MOMENT, nullable=True),
        sa.CheckConstraint("direction IN ('to_team', 'to_phone', 'internal')", name="ck_message_direction"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_message_member_id_member"),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_message_referral_id_referral"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_message_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint(
            "referral_id", "team_id", "direction", "seq", name="uq_message_referral_id_team_id_direction_seq"
        ),
    )
    op.create_index("ix_message_team_id", "message", ["team_id"])
    op.create_index("ix_message_member_id", "message", ["member_id"])


def _transfers() -> None:
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("from_team_id", sa.Integer(), nullable=False),
        sa.Column("to_team_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("signature", sa.String(length=100), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("offered_by", sa.Integer(), nullable=False),
        sa.Column("offered_at", _MOMENT, nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("opened_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('offered', 'accepted', 'refused', 'revoked', 'done')", name="ck_transfer_state"),
        sa.CheckConstraint(
            "purpose IN ('protect', 'investigate', 'regulate', 'support', 'immigration')",
            name="ck_transfer_purpose",
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["member.id"], name="fk_transfer_answered_by_member"),
        sa.ForeignKeyConstraint(["from_team_id"], ["team.id"], name="fk_transfer_from_team_id_team"),
        sa.ForeignKeyConstraint(["offered_by"], ["member.id"], name="fk_transfer_offered_by_member"),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_transfer_referral_id_referral"),
        sa.ForeignKeyConstraint(["to_team_id"], ["team.id"], name="fk_transfer_to_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_transfer"),
    )
    for columns in (("referral_id",), ("to_team_id", "state"), ("from_team_id", "state")):
        op.create_index(f"ix_transfer_{'_'.join(columns)}", "transfer", list(columns))
    for column in ("offered_by", "answered_by"):
        op.create_index(f"ix_transfer_{column}", "transfer", [column])
