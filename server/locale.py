"""The language of a page in the inbox: which one, and its words. Babel's catalogues, no cookie of their own.

It never translates what a person typed; only text that stands in our own code, templates and definitions.
"""

from typing import Any

from flask import Flask, request

from server.translating import catalogues
from server.translating.catalogues import Locale

# What a request knows of its language: what its session says, and what came of it.
_OF_SESSION, _OF_PAGE = "heed.session_locale", "heed.page_locale"


def init_app(app: Flask) -> None:
    """Give the templates `_`, `ngettext`, the filter `content` and the page's language as `locale`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    # Not "newstyle", which would take translations for markup: a catalogue may hold words only.
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.filters["content"] = content
    app.context_processor(lambda: {"locale": current()})


def offered() -> tuple[Locale, ...]:
    """The languages that can be chosen, English first."""
    return catalogues.locales()


def is_offered(tag: str) -> bool:
    """Whether the inbox has words in this language."""
    return any(locale.tag == tag for locale in offered())


def say_in(tag: str | None) -> None:
    """From here on this request is answered in the language that was chosen for its session; None: none was."""
    request.environ[_OF_SESSION] = tag
    request.environ.pop(_OF_PAGE, None)


def current() -> Locale:
    """The language of this request: the session's, else the one a link asks for, else the browser's best."""
    try:
        # A page asks a thousand times: one look is all that it may cost.
        kept = request.environ
    except RuntimeError:
        # Outside a request.
        return catalogues.locale(catalogues.SOURCE)
    found: Locale | None = kept.get(_OF_PAGE)
    if found is None:
        found = kept[_OF_PAGE] = _chosen(kept.get(_OF_SESSION))
    return found


def _chosen(session: str | None) -> Locale:
    for tag in (session, request.values.get("language")):
        if tag and is_offered(tag):
            return catalogues.locale(tag)
    tags = [locale.tag for locale in offered()]
    return catalogues.locale(request.accept_languages.best_match(tags, default=catalogues.SOURCE))


def gettext(text: str, /, **values: Any) -> str:
    """A text of the inbox in the page's language, its `%(name)s` places filled in when values are given."""
    found = catalogues.translations(current().tag, "inbox").gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, number: int, /, **values: Any) -> str:
    """A text that depends on a number, which is `%(num)s` in it, with other places filled in as well."""
    found = catalogues.translations(current().tag, "inbox").ngettext(one, many, number)
    return found % {"num": number, **values}


def content(text: str) -> str:
    """A text of a definition (a sign's label, an action's title) in the page's language."""
    return catalogues.translations(current().tag, "phone").gettext(text) if text else ""


_ = gettext
