/**
 * The phone's service worker: answers for the app's own files, from its own list, and for nothing else.
 * A file is kept only if its hash agrees with the build's, so no captive portal's page can take its place.
 */
/** Address to `sha256-…`. Both are written in front of this code by plugins/service-worker.ts. */
declare const OWN_FILES: Readonly<Record<string, string>>;
declare const OWN_VERSION: string;

interface WorkerEvent extends Event {
  readonly request: Request;
  readonly ports: readonly MessagePort[];
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

const on = (name: string, deed: (event: WorkerEvent) => void): void =>
  addEventListener(name, deed as unknown as EventListener);
const urls = Object.keys(OWN_FILES);
const kept = (): Promise<Cache> => caches.open(OWN_VERSION);

on("install", (event) =>
  event.waitUntil(
    kept().then((cache) =>
      // A name with a hash may come from the browser's own cache; the other files are asked for again.
      cache.addAll(
        urls.map(
          (url) =>
            new Request(url, {
              integrity: OWN_FILES[url]!,
              cache: url.startsWith("/assets/") ? "default" : "no-cache",
            }),
        ),
      ),
    ),
  ),
);

// A new version waits until the old one's pages are closed: a page always finds the files it was built with.
on("activate", (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.map((name) => name !== OWN_VERSION && caches.delete(name))))
      .then(() => (self as unknown as { clients: { claim(): Promise<void> } }).clients.claim()),
  ),
);

on("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const url = request.mode === "navigate" && pathname === "/join" ? "/" : pathname;
  if (request.method === "GET" && origin === location.origin && Object.hasOwn(OWN_FILES, url)) {
    event.respondWith(
      kept()
        .then((cache) => cache.match(url))
        .then((file) => file ?? fetch(request)),
    );
  }
});

// The page asks whether everything on the list is really here.
on("message", (event) =>
  event.waitUntil(
    kept()
      .then((cache) => Promise.all(urls.map((url) => cache.match(url))))
      .then((files) => event.ports[0]?.postMessage(files.every((file) => file?.ok))),
  ),
);
