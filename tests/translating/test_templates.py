"""The net under the inbox's templates: one failing sample for each rule."""

from pathlib import Path

import pytest

from server.translating import extract, templates


def faults(folder: Path, html: str) -> list[str]:
    """What is found in one page, without the name of the file."""
    (folder / "page.html").write_text(html, "utf-8")
    return [fault.removeprefix("page.html:") for fault in templates.problems(folder)]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (
            "{% if a %}{% elif b %}<p>Hello</p>{% else %}{% endif %}",
            "1 “Hello” stays English: put it in _() or a trans block",
        ),
        (
            "{% if a %}{% else %}<p>Hello</p>{% endif %}",
            "1 “Hello” stays English: put it in _() or a trans block",
        ),
        ("<p>Hello</p>", "1 “Hello” stays English: put it in _() or a trans block"),
        ("\n\n<p>\n  {{ name }} now</p>", "4 “• now” stays English: put it in _() or a trans block"),
        ('<nav aria-label="Filters"></nav>', "1 aria-label stays English: put it in _()"),
        ('<img alt="A road">', "1 alt stays English: put it in _()"),
        ('{{ "Claimed" if mine else "" }}', "1 “Claimed” stays English: put it in _()"),
        ('{{ button("Send it now") }}', "1 “Send it now” stays English: put it in _()"),
        ("{{ _(title) }}", "1 _() takes its English as plain text, or it is lost"),
        ('{{ _("Due " ~ day) }}', "1 _() takes its English as plain text, or it is lost"),
        (
            '{{ ngettext("%(num)s sign", some, 3) }}',
            "1 ngettext() takes its English as plain text, or it is lost",
        ),
    ],
)
def test_each_fault_is_found(tmp_path: Path, html: str, said: str) -> None:
    assert faults(tmp_path, html) == [said]


def test_sound_pages_pass(tmp_path: Path) -> None:
    html = """{% extends "base.html" %}{# A note for developers. #}
    {% block body_class %}desk{% endblock %}{% block main %}<h1 class="big title">{{ _("To act on") }}</h1>
    <p title="{{ _("Due") }}">
    {% trans trimmed n=count %}One sign{% pluralize %}{{ n }} signs{% endtrans %}</p>
    <a href="{{ url_for("inbox.sign_in") }}">{{ name }}</a> · 3
    <p{% if a %}>1{% else %} class="none">2{% endif %}</p>{% endblock %}"""
    assert faults(tmp_path, html) == []


def test_the_inbox_loses_no_words() -> None:
    assert templates.problems(extract.ROOT / "server" / "inbox") == []
