/** A row changed by two at once keeps what both did; one that is gone stays gone. */
import { beforeEach, expect, it, vi } from "vitest";

import { newPhone, openTab } from "../sending/phone.ts";

interface Row {
  readonly said: readonly string[];
}

beforeEach(() => newPhone());

const tabWithChange = async () => ({ ...(await openTab()), ...(await import("../../src/storage/changed.ts")) });
const adding = (word: string) => (row: Row): Row => ({ said: [...row.said, word] });

it("of two tabs that change it at once neither undoes the other", async () => {
  const [one, two] = [await tabWithChange(), await tabWithChange()];
  await one.keepSealed("receipts", "id", { said: [] });
  const words = Array.from({ length: 12 }, (_, at) => `word ${at}`);
  await Promise.all(words.map((word, at) => (at % 2 ? one : two).changeSealed<Row>("receipts", "id", adding(word))));
  const kept = await one.readSealed<Row>("receipts", "id");
  expect([...kept!.said].sort()).toEqual([...words].sort());
});

it("one that is not there, or was forgotten meanwhile, is not brought back", async () => {
  const tab = await tabWithChange();
  expect(await tab.changeSealed<Row>("receipts", "id", adding("word"))).toBeUndefined();
  await tab.keepSealed("receipts", "id", { said: [] });
  const other = await tabWithChange();
  await Promise.all([tab.changeSealed<Row>("receipts", "id", adding("word")), other.forget("receipts", "id")]);
  expect(await tab.keysOf("receipts")).toEqual([]);
});

it("a store that swallows the change is noticed", async () => {
  const tab = await tabWithChange();
  await tab.keepSealed("receipts", "id", { said: [] });
  const db = await tab.database();
  const real = db.transaction.bind(db);
  vi.spyOn(db, "transaction").mockImplementation(((stores: string[], ...rest: never[]) => {
    const change = real(stores as never, ...rest);
    if (!Array.isArray(stores) || !stores.includes("receipts")) return change;
    const store = change.objectStore("receipts" as never) as unknown as { get: (id: string) => Promise<unknown> };
    const objectStore = (name: string) =>
      name === "receipts" ? { get: (id: string) => store.get(id), put: () => undefined } : change.objectStore(name as never);
    return { objectStore, done: change.done };
  }) as never);
  await expect(tab.changeSealed<Row>("receipts", "id", adding("word"))).rejects.toMatchObject({ reason: "not_kept" });
});
