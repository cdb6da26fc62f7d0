"""For what and on what ground something may be passed on, and the ways in which it can end: codes, and nothing about
one referral."""

# The last one is never needed to protect somebody, and never stands first or chosen anywhere.
PURPOSES = ("protect", "investigate", "regulate", "support", "immigration")

# Why it may be told: the person agreed · a child's safety · somebody's life or safety · law requires it · no person
# is concerned.
GROUNDS = ("consent", "child", "danger", "duty", "place")

REASONS = ("not_ours", "no_room", "known", "too_little", "conflict")

# What has not ended. At most one of these for a referral and a receiving team.
OPEN = ("offered", "accepted")

# Once it is accepted, and as long as it is not taken back, the receiving team sees what was passed on.
TAKEN_ON = ("accepted", "done")


def grounds_for(subject: str) -> tuple[str, ...]:
    """The grounds that can be given for a referral about a person or a place: a place cannot agree, and where a
    person is concerned it is never "no person"."""
    return tuple(ground for ground in GROUNDS if ground != ("consent" if subject == "place" else "place"))
