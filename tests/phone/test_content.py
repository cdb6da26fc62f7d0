"""GET content: an index that is true of its files, files that never change, brotli where it is understood."""

import hashlib
import json

import brotli

from server.screening.canonical import content_hash
from tests.clients import HostClient
from tests.phone.test_referrals import refused

CONTENT = "/api/v1/content"


def test_every_file_is_what_the_index_says(field: HostClient) -> None:
    index = field.get(CONTENT).json
    held = {}
    for bundle in index["bundles"]:
        file = field.get(f"/api/v1/{bundle['url']}")
        assert len(file.data) == bundle["bytes"]
        assert hashlib.sha256(file.data).hexdigest() == bundle["hash"]
        assert list(file.json) == sorted(bundle["holds"])
        held |= {key: (found, bundle["first"]) for key, found in file.json.items()}
    assert {entry["hash"] for entry in index["definitions"]} == set(held)
    for entry in index["definitions"]:
        definition, first = held[entry["hash"]]
        assert content_hash(definition) == entry["hash"]
        assert [definition[key] for key in ("kind", "id", "version")] == [
            entry[key] for key in ("kind", "id", "version")
        ]
        assert entry["first"] is first
    assert {entry["id"] for entry in index["definitions"] if entry["first"]} == {"first-look", "scotland"}
    assert {entry["id"] for entry in index["definitions"] if not entry["first"]} == {"adult", "place"}
    for words in index["words"]:
        file = field.get(f"/api/v1/{words['url']}")
        assert hashlib.sha256(file.data).hexdigest() == words["hash"]
        assert file.json["locale"] == words["locale"]
        assert file.json["dir"] == words["dir"]
    assert {"en", "ar"} <= {words["locale"] for words in index["words"]}
    assert (index["oldest_supported"], index["withdrawn_contacts"]) == (1, [])


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
