"""GET content: an index that is true of its files, files that never change, brotli where it is understood."""

import hashlib
import json

import brotli
import pytest

from server.phone.served_content import index
from server.screening import definitions
from server.screening.canonical import content_hash
from server.screening.definitions import NATIONS, withdrawn
from tests.clients import HostClient
from tests.phone.test_referrals import refused

CONTENT = "/api/v1/content"


def test_every_file_is_what_the_index_says(field: HostClient) -> None:
    index = field.get(CONTENT).json
    found: dict[str | None, dict[str, str]] = {}
    for bundle in index["bundles"]:
        file = field.get(f"/api/v1/{bundle['url']}")
        assert hashlib.sha256(file.data).hexdigest() == bundle["hash"]
        assert all(content_hash(definition) == key for key, definition in file.json.items())
        found[bundle.get("nation")] = {one["kind"]: one["id"] for one in file.json.values()}
    assert list(found) == [*(nation.code for nation in NATIONS), None]
    assert next(iter(found)) == "GB-SCT", "a phone of no team takes the first"
    for nation in NATIONS:
        wanted = {"checklist": "first-look", "pathway": nation.pack, "areas": nation.name}
        assert found[nation.code] == wanted
    for words in index["words"]:
        file = field.get(f"/api/v1/{words['url']}")
        assert hashlib.sha256(file.data).hexdigest() == words["hash"]
        assert file.json["locale"] == words["locale"]
        assert file.json["dir"] == words["dir"]
    assert {"en", "ar"} <= {words["locale"] for words in index["words"]}
    assert (index["oldest_supported"], index["withdrawn_contacts"]) == (1, withdrawn())


def test_files_are_kept_for_ever_and_the_index_is_asked_for_again(field: HostClient) -> None:
    index = field.get(CONTENT)
    assert index.headers["Cache-Control"] == "no-cache"
    again = field.get(CONTENT, headers={"If-None-Match": index.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    file = field.get(f"/api/v1/{index.json['bundles'][0]['url']}")
    assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_brotli_is_sent_to_who_understands_it(field: HostClient) -> None:
    url = f"/api/v1/{field.get(CONTENT).json['bundles'][0]['url']}"
    plain = field.get(url)
    small = field.get(url, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "br"
    assert json.loads(brotli.decompress(small.data)) == plain.json
    assert len(small.data) * 3 < len(plain.data)
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in field.get(url, headers={"Accept-Encoding": "br;q=0"}).headers


def test_a_file_that_is_not_in_the_index_is_404(field: HostClient) -> None:
    for name in ("definitions.json", "words.en.json", "..", "index"):
        refused(field.get(f"{CONTENT}/{name}"), 404, "content-gone")


def test_withdrawn_numbers_are_in_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definitions, "withdrawn", lambda: ["+441414960000"])
    index.cache_clear()
    try:
        assert json.loads(index().body)["withdrawn_contacts"] == ["+441414960000"]
    finally:
        index.cache_clear()
