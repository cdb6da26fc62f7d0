"""Runs every bench, or those that are named: python -m tests.load [sealing] [screening] [intake] [inbox] [memory]."""

import sys

from tests.load import inbox, intake, memory, screening, sealing

BENCHES = {
    "sealing": sealing.run,
    "screening": screening.run,
    "intake": intake.run,
    "inbox": inbox.run,
    "memory": memory.run,
}


def main(names: list[str]) -> int:
    """Prints each table as it is ready. Out: 0, or 2 when a name is none of ours."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"There is no bench {', '.join(unknown)}. Choose from: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    for name in names or BENCHES:
        print(BENCHES[name](), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
