"""Reads content files (YAML and JSON) into plain checked values; whatever is wrong names its file and key.

In these files yes and no are words: every scalar is read as the string that stands there, never as a boolean.
"""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml


class ContentError(Exception):
    """Content that must be put right before anything is served; says which file, which key and what to do."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        # On one line, however many the reader of YAML wrote.
        self.file, self.key, self.problem = file, key, " ".join(problem.split())
        super().__init__(f"{file}: {key}: {self.problem}")


class _WordsOnly(yaml.CBaseLoader):
    """Every scalar a string; a key written twice in one mapping is an error, not a silent last word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key_node.value!r} stands twice", problem_mark=key_node.start_mark
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping at the top of a YAML file, scalars as strings.

    Raises ContentError when the file cannot be read, is no YAML, repeats a key or holds no mapping.
    """
    return parse_yaml(read_text(path), path.name)


def read_text(path: Path) -> str:
    """The text of a file. Raises ContentError when it cannot be read or is not UTF-8."""
    try:
        return decoded(path.read_bytes(), path.name)
    except OSError as problem:
        raise ContentError(path.name, "(file)", f"cannot be read: {problem.strerror}") from problem


def decoded(content: bytes, file: str) -> str:
    """The text that these bytes of `file` hold. Raises ContentError when they are not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ContentError(file, "(file)", "must be saved as UTF-8") from problem


def parse_yaml(text_of_file: str, file: str) -> dict[str, Any]:
    """The mapping at the top of a YAML text, scalars as strings; `file` is named in errors. Raises ContentError."""
    try:
        value = yaml.load(text_of_file, Loader=_WordsOnly)  # noqa: S506  (a base loader: builds strings only)
    except yaml.YAMLError as problem:
        raise ContentError(file, "(file)", f"is not valid YAML: {problem}") from problem
    return mapping(value, file, "(file)")


def read_json(path: Path) -> dict[str, Any]:
    """The object at the top of a JSON file. Raises ContentError as `read_yaml`."""
    try:
        value = json.loads(read_text(path))
    except ValueError as problem:
        raise ContentError(path.name, "(file)", f"is not valid JSON: {problem}") from problem
    return mapping(value, path.name, "(file)")


def mapping(value: object, file: str, key: str) -> dict[str, Any]:
    """`value` when it is a mapping, else ContentError."""
    if not isinstance(value, dict):
        raise ContentError(file, key, "must be a mapping")
    return value


def items(value: object, file: str, key: str) -> list[Any]:
    """`value` when it is a list, else ContentError."""
    if not isinstance(value, list):
        raise ContentError(file, key, "must be a list")
    return value


def text(value: object, file: str, key: str) -> str:
    """`value` when it is a string with something in it, else ContentError."""
    if not isinstance(value, str) or not value.strip():
        raise ContentError(file, key, "must be a text that is not empty")
    return value


def texts(value: object, file: str, key: str) -> list[str]:
    """A list of texts, each there once, else ContentError."""
    found = [text(part, file, f"{key}[{index}]") for index, part in enumerate(items(value, file, key))]
    for part in found:
        if found.count(part) > 1:
            raise ContentError(file, key, f"{part!r} stands twice")
    return found


def integer(value: object, file: str, key: str) -> int:
    """A whole number, written as one, else ContentError."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    raise ContentError(file, key, f"must be a whole number, not {value!r}")


def one_of(value: object, allowed: Collection[str], file: str, key: str) -> str:
    """`value` when it is one of `allowed`, else ContentError that lists them."""
    if not isinstance(value, str) or value not in allowed:
        raise ContentError(file, key, f"{value!r} is not known; use one of {', '.join(sorted(allowed))}")
    return value


def only_keys(
    value: Mapping[str, Any], required: Collection[str], optional: Collection[str], file: str, key: str
) -> None:
    """Raises ContentError when a required key is missing or a key stands there that nobody reads."""
    for name in required:
        if name not in value:
            raise ContentError(file, f"{key}.{name}", "is missing")
    for name in value:
        if name not in required and name not in optional:
            raise ContentError(file, f"{key}.{name}", "is not a key that is read here; check its spelling")
