"""`heed words`: gather the English words, bring catalogues up to date, and say what is missing or broken.

Works in a checkout only: an installed Heed has catalogues but no sources to read words from.
"""

import sys
from datetime import UTC, datetime

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext

from server.translating import catalogues, check, extract, person_words, python_words, templates, typescript

_WIDTH = 110


@click.group("words")
def words_cli() -> None:
    """Words in other languages (translations/README.md)."""


@words_cli.command("extract")
def extract_command() -> None:
    """Write the English words into a template for each domain beside the catalogues."""
    for domain in catalogues.DOMAINS:
        path = catalogues.translations_folder() / f"{domain}.pot"
        template = extract.template(domain)
        with path.open("wb") as stream:
            write_po(stream, template, width=_WIDTH, include_lineno=False)
        click.echo(f"{path.name}: {len(template)} messages")


@words_cli.command("update")
@click.option("--locale", "only", help="One language alone, also a new one of translations/locales.json.")
def update_command(only: str | None) -> None:
    """Bring catalogues up to date with the English words. Never guesses a translation."""
    for domain in catalogues.DOMAINS:
        template = extract.template(domain)
        for tag in [only] if only else [locale.tag for locale in _translated(domain)]:
            click.echo(f"{tag} {domain}: {_update(tag, domain, template)}")


@words_cli.command("check")
@click.option("--locale", "only", help="One language alone.")
def check_command(only: str | None) -> None:
    """Report lost, hard-coded, missing, stale and broken words; fails when there are any."""
    found = [f"frontend/src/{line}" for line in typescript.problems(extract.ROOT / "frontend" / "src")]
    for net in (templates, python_words):
        found += [f"server/inbox/{line}" for line in net.problems(extract.ROOT / "server" / "inbox")]
    for domain in catalogues.DOMAINS:
        template = extract.template(domain)
        for locale in _translated(domain):
            if only in (None, locale.tag):
                catalogue = catalogues.catalogue(locale.tag, domain)
                name = f"{locale.tag} {domain}"
                faults = [f"{name} {fault}" for fault in check.faults(template, catalogue, locale)]
                click.echo(f"{name}: {len(template)} messages, {len(faults)} to mend ({_state(locale, domain)})")
                found += faults
    for line in found:
        click.echo(line)
    sys.exit(1 if found else 0)


def _translated(domain: str) -> list[catalogues.Locale]:
    """The languages that have, or should have, a catalogue of this domain: not English, not the made-up one."""
    offered = {locale.tag for locale in catalogues.locales()}
    return [
        locale
        for tag, locale in catalogues.known_locales().items()
        if tag != catalogues.SOURCE and (tag in offered or catalogues.po_file(tag, domain).is_file())
    ]


def _state(locale: catalogues.Locale, domain: str) -> str:
    return locale.cards if domain == person_words.DOMAIN else locale.state


def _update(tag: str, domain: str, template: Catalog) -> str:
    path = catalogues.po_file(tag, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(_header(tag))
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=catalogues.cldr(tag), domain=domain)
    before = {str(message.id) for message in catalogue if message.id}
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    _bring_back(catalogue)
    after = {str(message.id) for message in catalogue if message.id}
    with path.open("wb") as stream:
        write_po(stream, catalogue, width=_WIDTH, include_lineno=False)
    return f"{len(after)} messages, {len(after - before)} new, {len(before - after)} no longer said"


def _bring_back(catalogue: Catalog) -> None:
    """Words that are said again get their earlier translation: no work is lost to an edit and its undoing."""
    for key, earlier in list(catalogue.obsolete.items()):
        message = catalogue.get(earlier.id, earlier.context)
        if message and message.id == earlier.id:
            if not any(catalogues.forms_of(message)):
                message.string = earlier.string
            del catalogue.obsolete[key]


def _header(tag: str) -> bytes:
    """The head of a new catalogue. The plural rule is CLDR's, in the order of locales.json, not gettext's."""
    cldr = catalogues.cldr(tag)
    rule = to_gettext(cldr.plural_form) if cldr else "nplurals=1; plural=0;"
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")
    lines = [
        "Project-Id-Version: Heed 1",
        "Report-Msgid-Bugs-To: see translations/README.md",
        f"POT-Creation-Date: {now}",
        f"PO-Revision-Date: {now}",
        "Last-Translator: nobody yet",
        f"Language: {tag}",
        "Language-Team: see translations/README.md",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {rule}",
    ]
    comment = f"# Heed in {tag}: read translations/README.md first. State: translations/locales.json.\n"
    return (comment + 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines)).encode()
