"""A compiled checklist as an XLSForm: the same questions, to the same people, in other form programs.

It records answers and scores nothing. What is put to the person on the show-card stays out: without the show-card's
rules it could be read to a child, or with somebody listening.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from server.screening.authoring.form_texts import ANSWERS, FACTS, ONCE, Choices
from server.screening.sections import KINDS

Definition = Mapping[str, Any]
Row = dict[str, str]
Sheets = dict[str, list[Row]]


class Language(NamedTuple):
    """`name` as XLSForm writes it, such as English (en); `say` gives the words for an English text, the text itself
    where nothing better is known."""

    name: str
    say: Callable[[str], str]


class _Group(NamedTuple):
    name: str
    title: str
    shown: str
    signs: list[str]


def xlsform(checklist: Definition, languages: list[Language]) -> Sheets:
    """The sheets survey, choices and settings, rows in order; the first language is the form's own.

    A question is named <section>__<sign>, - written as _, and a section is named after its route and part.
    """
    form = _Form(checklist, languages)
    return {
        "survey": list(form.survey()),
        "choices": list(form.choices()),
        "settings": [
            {
                "form_title": languages[0].say(checklist["title"]),
                "form_id": f"heed_{_name(checklist['id'])}",
                "version": f"{checklist['version']}.{checklist['bank_version']}",
                "default_language": languages[0].name,
            }
        ],
    }


class _Form:
    def __init__(self, checklist: Definition, languages: list[Language]) -> None:
        self._list = checklist
        self._languages = languages
        # A place has no age and is not met; both are fixed by the pathways, so the form asks neither.
        self._asked = ("age", "contact", "danger") if checklist["subject"] == "person" else ("danger",)
        self._settings: Choices = {"any": "None of these"} | {
            part: checklist["parts"][part]["title"] for part in checklist["part_order"]
        }

    def survey(self) -> Iterator[Row]:
        about = "ask" if self._list["subject"] == "person" else "look"
        yield self._note("before_you_start", [f"Before you {about}", *self._list["before_you_start"]])
        yield self._note("leave_out", ["Leave out", *self._list["what_not_to_ask"]])
        for fact in self._asked:
            yield self._fact(fact, FACTS[fact][0], "")
        if self._list["part_order"]:
            yield self._row("select_one setting", "setting", "Where are you, or what is it about?", required="yes")
        routes = [self._xpath(self._list["routes"][route]["when"]) for route in self._list["route_order"]]
        if "" not in routes:
            none = f"not({' or '.join(f'({one})' for one in routes)})"
            blank = "${age} != ''"
            yield {**self._note("not_this_list", ["This list is not for them. Choose another list."])} | {
                "relevant": f"{blank} and {none}"
            }
        groups = list(self._groups())
        for group in groups:
            yield self._row("begin_group", group.name, group.title, relevant=group.shown)
            for sign in group.signs:
                told = self._list["indicators"][sign]
                yield self._row(
                    "select_one answer", f"{group.name}__{_name(sign)}", told["question"], hint=told["look_for"]
                )
            yield {"type": "end_group", "name": group.name}
        for ask in self._list["asks"]:
            yield from self._asked_at_once(ask, groups)

    def choices(self) -> Iterator[Row]:
        lists = {fact: FACTS[fact][1] for fact in self._asked} | {"answer": ANSWERS}
        lists |= {ask["fact"]: ONCE[ask["fact"]][1] for ask in self._list["asks"] if ask["fact"] not in lists}
        if self._list["part_order"]:
            lists["setting"] = self._settings
        for listed, choices in lists.items():
            for name, label in choices.items():
                yield {"list_name": listed, "name": name, **self._said("label", label)}

    def _groups(self) -> Iterator[_Group]:
        """Every section that anybody may see, in an order that holds on every route and in every setting: by kind, the
        list's own before those of its parts."""
        for route in self._list["route_order"]:
            body = self._list["routes"][route]
            here = self._xpath(body["when"])
            found = [(section, "", here) for section in body["sections"]]
            for part in self._list["part_order"]:
                joined = self._list["parts"][part]["routes"].get(route)
                own = joined["sections"] if joined else []
                there = _both(here, f"${{setting}} = '{part}'")
                found += [(section, part, there) for section in own if section not in body["sections"]]
            taken: set[str] = set()
            for kind in KINDS:
                for section, part, shown in found:
                    if section["kind"] == kind:
                        name = _name("_".join(filter(None, (route, part, section["id"]))))
                        name = name if name not in taken else f"{name}_{len(taken)}"
                        taken.add(name)
                        yield _Group(name, section["title"], shown, section["indicators"])

    def _asked_at_once(self, ask: Definition, groups: list[_Group]) -> Iterator[Row]:
        """What a yes on a marked sign asks; a form cannot ask it between two signs, so it stands at the end."""
        marked = [
            f"${{{group.name}__{_name(sign)}}} = 'yes'"
            for group in groups
            for sign in group.signs
            if ask["mark"] in self._list["indicators"][sign]["marks"]
        ]
        when = self._xpath(ask["when"])
        if marked and when != _NEVER:
            shown = _both(when, f"({' or '.join(marked)})")
            yield self._fact(ask["fact"], ONCE[ask["fact"]][0], shown, f"{ask['fact']}_at_once")

    def _fact(self, fact: str, question: str, shown: str, name: str = "") -> Row:
        needed = {"required": "yes"} if fact == "age" else {}
        return self._row(f"select_one {fact}", name or fact, question, relevant=shown, **needed)

    def _note(self, name: str, lines: list[str]) -> Row:
        row: Row = {"type": "note", "name": name}
        for language in self._languages:
            first, *others = (language.say(line) for line in lines)
            row[f"label::{language.name}"] = "\n".join([first, *(f"- {line}" for line in others)])
        return row

    def _row(self, kind: str, name: str, label: str, hint: str = "", **others: str) -> Row:
        row = {"type": kind, "name": name, **self._said("label", label), **others}
        return {**row, **self._said("hint", hint)} if hint else row

    def _said(self, column: str, text: str) -> Row:
        return {f"{column}::{language.name}": language.say(text) for language in self._languages}

    def _xpath(self, predicate: Definition) -> str:
        """A predicate of the branching as XPath over the form's own questions; empty when it always holds."""
        if "not" in predicate:
            inner = self._xpath(predicate["not"])
            return {"": _NEVER, _NEVER: ""}.get(inner, f"not({inner})")
        for operator, neutral, decides in (("all", "", _NEVER), ("any", _NEVER, "")):
            if operator in predicate:
                parts = [self._xpath(part) for part in predicate[operator]]
                if decides in parts:
                    return decides
                left = [f"({part})" for part in parts if part != neutral]
                return f" {'and' if operator == 'all' else 'or'} ".join(left) or neutral
        if predicate["fact"] == "subject":
            return "" if self._list["subject"] in predicate["in"] else _NEVER
        if predicate["fact"] == "age" and "age" not in self._asked:
            return "" if "not_a_person" in predicate["in"] else _NEVER
        return " or ".join(f"${{{predicate['fact']}}} = '{value}'" for value in predicate["in"])


_NEVER = "false()"


def _both(one: str, other: str) -> str:
    return f"({one}) and {other}" if one else other


def _name(text: str) -> str:
    """A text as the name of a question: letters, digits and _ only, which every form program takes."""
    return re.sub(r"[^A-Za-z0-9_]", "_", text)
