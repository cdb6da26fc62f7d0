"""Deleting on time, sweeps, and finding things among a million: tombstones, milestones, months, shelves."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_SHELF = "CASE WHEN state = 'closed' THEN 'closed' WHEN held THEN 'held' ELSE 'open' END"
_DRAWN = (
    ("shelf", 10, _SHELF),
    ("said", 12, "replace(substr(reference, 4), '-', '')"),
    ("said_end", 12, "substr(reference, 9)"),
)
_FLAGS = (("danger", "danger_now"), ("child", "child"), ("unsafe", "unsafe_tonight"))
_LIST = ("team_id", "shelf", "urgency_rank", "due_at", "id")
_COUNTED = ("state", "claimed_by", "danger", "child", "unsafe", "new_phone")
_INDEXES = (
    ("team_id", "closed_at"),
    ("team_id", "received_at"),
    ("team_id", "state", "due_at"),
    ("team_id", "said"),
    ("team_id", "said_end"),
    ("device_id", "received_at"),
    ("state", "due_at"),
    ("closed_at",),
    ("received_at",),
)


def upgrade() -> None:
    """Make the new tables, widen the referral, and let events outlive what they tell of."""
    _tables()
    _referral()
    with op.batch_alter_table("event") as event:
        event.drop_constraint("fk_event_referral_id_referral", type_="foreignkey")
    op.create_index("ix_event_organisation_id_at", "event", ["organisation_id", "at"])
    op.drop_index("ix_message_team_id", "message")
    op.create_index("ix_message_team_id_direction_read_at", "message", ["team_id", "direction", "read_at"])


def _tables() -> None:
    op.create_table(
        "tombstone",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("receipt_sha256", sa.String(length=64), nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("closed_as", sa.String(length=40), nullable=True),
        sa.Column("deleted_at", _MOMENT, nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.CheckConstraint("why IN ('closed', 'age', 'operator')", name="ck_tombstone_why"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_tombstone_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_tombstone"),
        sa.UniqueConstraint("receipt_sha256", name="uq_tombstone_receipt_sha256"),
    )
    for column in ("team_id", "deleted_at"):
        op.create_index(f"ix_tombstone_{column}", "tombstone", [column])
    op.create_table(
        "month_count",
        sa.Column("team_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_month_count_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", "month", "what", name="pk_month_count"),
    )
    op.create_table(
        "milestone",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_milestone"),
    )


def _referral() -> None:
    # SQLite adds a drawn column to a table that is there only when it is not stored; PostgreSQL, until 18, only stored.
    stored = True if op.get_bind().dialect.name == "postgresql" else None
    for name, _code in _FLAGS:
        op.add_column("referral", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("referral", sa.Column("past_due_at", _MOMENT, nullable=True))
    op.add_column("referral", sa.Column("warned_days", sa.Integer(), nullable=True))
    op.add_column("referral", sa.Column("kept_until", _MOMENT, nullable=True))
    op.add_column("referral", sa.Column("kept_because", sa.String(length=20), nullable=True))
    for name, length, drawn in _DRAWN:
        op.add_column("referral", sa.Column(name, sa.String(length), sa.Computed(drawn, persisted=stored)))
    _draw_flags()
    for name in ("team_id_state_urgency_rank_due_at", "device_id"):
        op.drop_index(f"ix_referral_{name}", "referral")
    op.create_index("ix_referral_list", "referral", [*_LIST, *_COUNTED])
    for columns in _INDEXES:
        op.create_index(f"ix_referral_{'_'.join(columns)}", "referral", list(columns))


def _draw_flags() -> None:
    """From the list of reasons, which is JSON: as text, because that is the same on both engines."""
    for name, code in _FLAGS:
        op.execute(
            sa.text(f"UPDATE referral SET {name} = :yes WHERE CAST(urgent_because AS TEXT) LIKE :code").bindparams(  # noqa: S608
                sa.bindparam("yes", True, sa.Boolean()), sa.bindparam("code", f"%{json.dumps(code)}%")
            )
        )
