"""What the coordinator's browser keeps of its own, read out of it and put back: as somebody with the disk would."""

import json
from typing import Any

from playwright.sync_api import Page

_READ = """async () => {
  const desk = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("desk");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const plain = (value) => {
    const { buffer, byteOffset, byteLength } = value ?? {};
    if (ArrayBuffer.isView(value)) return { bytes: [...new Uint8Array(buffer, byteOffset, byteLength)] };
    if (Array.isArray(value)) return value.map(plain);
    if (value instanceof CryptoKey) return "a key";
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
  };
  const all = (store) => new Promise((resolve) => {
    const rows = {};
    const walk = desk.transaction(store).objectStore(store).openCursor();
    walk.onsuccess = () => {
      if (!walk.result) return resolve(rows);
      rows[walk.result.key] = plain(walk.result.value);
      walk.result.continue();
    };
  });
  const found = {};
  for (const store of desk.objectStoreNames) found[store] = await all(store);
  desk.close();
  return { desk: found, other: (await indexedDB.databases()).map(({ name }) => name), local: { ...localStorage },
           session: { ...sessionStorage } };
}"""

_PUT = """async (row) => {
  const desk = await new Promise((resolve) => {
    const asked = indexedDB.open("desk");
    asked.onsuccess = () => resolve(asked.result);
  });
  const back = (value) => {
    if (Array.isArray(value)) return value.map(back);
    if (typeof value !== "object" || value === null) return value;
    if (value.bytes) return new Uint8Array(value.bytes);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, back(one)]));
  };
  await new Promise((resolve) => {
    const change = desk.transaction("unlocked", "readwrite");
    change.objectStore("unlocked").put(back(row), "now");
    change.oncomplete = resolve;
  });
  desk.close();
}"""


def kept(page: Page) -> dict[str, Any]:
    """Everything that this origin keeps: {desk: {store: {key: row}}, other, local, session}. Bytes as {bytes: […]}."""
    found: dict[str, Any] = page.evaluate(_READ)
    assert found["other"] == ["desk"], "the browser keeps something that nobody looked into"
    return found


def put_back(page: Page, row: dict[str, Any]) -> None:
    """Writes a row of `unlocked` as it was read."""
    page.evaluate(_PUT, row)


def as_bytes(found: dict[str, Any]) -> dict[str, bytes]:
    """For markers.traces: the texts as one haystack, and each run of bytes as one of its own."""
    haystacks = {"texts": json.dumps(found, ensure_ascii=False).encode()}

    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict) and "bytes" in value:
            haystacks[path] = bytes(value["bytes"])
        elif isinstance(value, dict):
            for name, one in value.items():
                walk(one, f"{path}/{name}")
        elif isinstance(value, list):
            for at, one in enumerate(value):
                walk(one, f"{path}/{at}")

    walk(found, "kept")
    return haystacks
