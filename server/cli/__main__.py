"""Lets `python -m server.cli` be the `heed` command, also where nothing was installed on PATH."""

from server.cli import main

main()
