"""`heed words` as translators use it."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from click.testing import CliRunner

from server.translating import catalogues, commands


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A translations folder of its own, and templates that hold two messages each."""
    (tmp_path / "locales.json").write_text('{"locales": []}', "utf-8")
    monkeypatch.setattr(catalogues, "translations_folder", lambda: tmp_path)
    monkeypatch.setattr(commands.extract, "template", lambda _domain: template("Send", ("{n} sign", "{n} signs")))
    return tmp_path


def template(*messages: str | tuple[str, str]) -> Catalog:
    """A template that holds these messages."""
    made = Catalog(fuzzy=False)
    for message in messages:
        made.add(message, locations=[("screens/Send.tsx", 0)])
    return made


def read(folder: Path) -> Catalog:
    """The Romanian words for the phone, as they stand in the file."""
    with (folder / "ro" / "LC_MESSAGES" / "phone.po").open("rb") as stream:
        return read_po(stream)


def update() -> None:
    """Runs `heed words update --locale ro`."""
    done = CliRunner().invoke(commands.words_cli, ["update", "--locale", "ro"])
    assert done.exit_code == 0, done.output


def test_a_new_language_starts_with_every_message_and_the_right_plural_rule(folder: Path) -> None:
    update()
    catalogue = read(folder)
    assert catalogue.num_plurals == 3
    assert [message.id for message in catalogue if message.id] == ["Send", ("{n} sign", "{n} signs")]


def test_an_edit_and_its_undoing_lose_no_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    update()
    file = folder / "ro" / "LC_MESSAGES" / "phone.po"
    empty, done = 'msgid "Send"\nmsgstr ""', 'msgid "Send"\nmsgstr "Trimite"'
    file.write_text(file.read_text("utf-8").replace(empty, done), "utf-8")
    original = commands.extract.template
    monkeypatch.setattr(commands.extract, "template", lambda _domain: template("Send it"))
    update()
    assert not read(folder)["Send it"].string
    monkeypatch.setattr(commands.extract, "template", original)
    update()
    assert read(folder)["Send"].string == "Trimite"
    assert not [message for message in read(folder).obsolete.values() if message.id == "Send"]


def test_a_second_run_changes_nothing(folder: Path) -> None:
    update()
    file = folder / "ro" / "LC_MESSAGES" / "phone.po"
    first = file.read_bytes()
    update()
    assert file.read_bytes() == first


def test_extract_writes_templates_without_a_line_number(folder: Path) -> None:
    assert CliRunner().invoke(commands.words_cli, ["extract"]).exit_code == 0
    assert "#: screens/Send.tsx\n" in (folder / "phone.pot").read_text("utf-8")
