"""The first tables. A step that was released is never changed: the next one mends it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first release."""
    op.create_table(
        "definition",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_definition"),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_installation_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_installation"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("nation", sa.String(length=10), nullable=False),
        sa.Column("first_responder", sa.String(length=10), nullable=False),
        sa.Column("duty_to_notify", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("name", name="uq_organisation_name"),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("reading_hours", sa.String(length=200), nullable=False),
        sa.Column("urgent_number", sa.String(length=40), nullable=False),
        sa.Column("age_recipient", sa.String(length=100), nullable=True),
        sa.Column("vouch_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_team_organisation_id_organisation"),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
    )
    op.create_index("ix_team_organisation_id", "team", ["organisation_id"])

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_invitation_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("secret_hash", name="uq_invitation_secret_hash"),
    )
    op.create_index("ix_invitation_team_id", "invitation", ["team_id"])

    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("sign_in_name", sa.String(length=80), nullable=False),
        sa.Column("display_name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("totp_secret", sa.String(length=64), nullable=False),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("identity_recipient", sa.String(length=100), nullable=True),
        sa.Column("identity_wrapped", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_member_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint("sign_in_name", name="uq_member_sign_in_name"),
    )
    op.create_index("ix_member_team_id", "member", ["team_id"])

    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name="fk_device_invitation_id_invitation"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_device_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        sa.UniqueConstraint("token_hash", name="uq_device_token_hash"),
    )
    op.create_index("ix_device_invitation_id", "device", ["invitation_id"])
    op.create_index("ix_device_team_id", "device", ["team_id"])

    op.create_table(
        "member_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_member_session_member_id_member"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_member_session"),
    )
    op.create_index("ix_member_session_ends_at", "member_session", ["ends_at"])
    op.create_index("ix_member_session_member_id", "member_session", ["member_id"])

    op.create_table(
        "team_wrap",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_team_wrap_member_id_member"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_team_wrap_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", "member_id", name="pk_team_wrap"),
    )
    op.create_index("ix_team_wrap_member_id", "team_wrap", ["member_id"])

    op.create_table(
        "referral",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("coded", sa.Text(), nullable=False),
        sa.Column("coded_sha256", sa.String(length=64), nullable=False),
        sa.Column("receipt_sha256", sa.String(length=64), nullable=False),
        sa.Column("checklist_hash", sa.String(length=64), nullable=False),
        sa.Column("pathway_hash", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("age", sa.String(length=40), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("concern", sa.String(length=10), nullable=False),
        sa.Column("could_be", sa.String(length=10), nullable=False),
        sa.Column("server_concern", sa.String(length=10), nullable=True),
        sa.Column("server_could_be", sa.String(length=10), nullable=True),
        sa.Column("rescored", sa.String(length=10), nullable=False),
        sa.Column("urgency_rank", sa.Integer(), nullable=False),
        sa.Column("urgent_because", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("claimed_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed_as", sa.String(length=40), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("rescored IN ('same', 'differs', 'not')", name="ck_referral_rescored"),
        sa.CheckConstraint("state IN ('stored', 'read', 'acted', 'closed')", name="ck_referral_state"),
        sa.ForeignKeyConstraint(["claimed_by"], ["member.id"], name="fk_referral_claimed_by_member"),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_referral_device_id_device"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_referral_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
        sa.UniqueConstraint("receipt_sha256", name="uq_referral_receipt_sha256"),
    )
    op.create_index("ix_referral_claimed_by", "referral", ["claimed_by"])
    op.create_index("ix_referral_device_id", "referral", ["device_id"])
    op.create_index("ix_referral_reference", "referral", ["reference"])
    op.create_index(
        "ix_referral_team_id_state_urgency_rank_due_at",
        "referral",
        ["team_id", "state", "urgency_rank", "due_at"],
    )

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_event_member_id_member"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_event_organisation_id_organisation"),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_event_referral_id_referral"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_member_id", "event", ["member_id"])
    op.create_index("ix_event_organisation_id", "event", ["organisation_id"])
    op.create_index("ix_event_referral_id", "event", ["referral_id"])

    op.create_table(
        "sealed_note",
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("recipient", sa.String(length=100), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_sealed_note_referral_id_referral"),
        sa.PrimaryKeyConstraint("referral_id", name="pk_sealed_note"),
    )
