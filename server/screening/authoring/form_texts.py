"""What a form asks beside the signs, in the words of the phone, so that their translations are found again."""

Choices = dict[str, str]

ANSWERS: Choices = {
    "yes": "Yes",
    "no": "No",
    "dont_know": "I don’t know",
    "declined": "They did not want to say",
    "not_asked": "Not asked",
}
_DANGER: Choices = {"now": "Yes, now", "ongoing": "It goes on", "none": "Not that I know"}

# What is asked first, by fact.
FACTS: dict[str, tuple[str, Choices]] = {
    "age": (
        "Who is it about?",
        {
            "adult": "An adult",
            "under16": "Under 16",
            "16-17": "16 or 17",
            "unsure": "Someone who may be under 18",
        },
    ),
    "contact": (
        "Did you meet them?",
        {
            "in_person": "Yes, in person",
            "remote": "By phone or online",
            "third_party": "No, I saw or heard about it",
        },
    ),
    "danger": ("Is someone in danger?", _DANGER),
}

# What a yes on a marked sign asks, by fact.
ONCE: dict[str, tuple[str, Choices]] = {
    "danger": ("Is it happening now?", _DANGER),
    "parent_care": (
        "Is the other person a parent or usual carer, giving ordinary care?",
        {"yes": "Yes", "no": "No", "unknown": "Not sure"},
    ),
}
