"""No wording of a compiled definition escapes the translators."""

import io
import json
import re

from server.screening.definitions import shipped
from server.translating import definitions

# Two words, or one with a capital: something people read. Codes are single, small and hyphenated.
_READ = re.compile(r"[A-Za-z’']+[ ,][A-Za-z]|^[A-Z][a-z]+$")


def test_every_readable_text_is_translated_or_known_not_to_be_shown() -> None:
    for definition in shipped().values():
        kind = definition["kind"]
        for path, text in definitions.texts(definition):
            hidden = any(definitions.matches(pattern, path) for pattern in definitions.NOT_SHOWN[kind])
            if _READ.search(text) and not hidden:
                assert definitions.reason(kind, path), f"{kind} {'.'.join(path)}: {text}"


def test_each_text_comes_with_its_place_and_reason() -> None:
    definition = {
        "kind": "checklist",
        "id": "adult",
        "title": "Adult",
        "indicators": {"hurt-now": {"question": "Is someone hurting the person?", "marks": ["danger"]}},
    }
    file = io.BytesIO(json.dumps(definition).encode())
    assert list(definitions.extract(file, {}, ())) == [
        (0, "_", "Adult", ["checklist adult: name of the checklist, on the home screen"]),
        (
            0,
            "_",
            "Is someone hurting the person?",
            ["checklist adult, hurt-now: the question of one sign; asked of the worker about the person"],
        ),
    ]
