"""Writes every definition as <kind>.<id>.json into a folder: `python -m server.screening FOLDER`."""

import sys
from pathlib import Path

from server.screening.canonical import canonical_json
from server.screening.definitions import shipped
from server.screening.reading import ContentError


def main(arguments: list[str]) -> int:
    """Writes the files; out: 0, or 2 with a sentence on stderr when the call or the content is wrong."""
    if len(arguments) != 1:
        sys.stderr.write("Say into which folder: python -m server.screening FOLDER\n")
        return 2
    try:
        definitions = shipped().values()
    except ContentError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for definition in definitions:
        (folder / f"{definition['kind']}.{definition['id']}.json").write_bytes(canonical_json(definition))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
