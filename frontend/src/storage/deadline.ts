/** Gives every wait an end, so that no screen waits for a database or a server that never answers. */

/** The wait ended before the work did. */
export class TookTooLong extends Error {
  override name = "TookTooLong";
}

/** The same promise, or TookTooLong after `ms` milliseconds; the work itself may still go on. */
export function withEnd<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, end]).finally(() => clearTimeout(timer));
}
