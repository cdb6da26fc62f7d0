/** The one way keeping can fail, told to the worker as "could not keep this on this phone". */

/**
 * `full`: no room · `no_storage`: the browser gives none (a private window) · `not_kept`: written, and not
 * there when read back · `locked`: the lock is on, and nothing is lost: open it first.
 */
export type NotKeptReason = "full" | "no_storage" | "not_kept" | "locked";

/** This phone could not keep what it was given. Say so, leave the screen as it is, let the worker try again. */
export class CouldNotKeep extends Error {
  override name = "CouldNotKeep";
  readonly reason: NotKeptReason;
  constructor(reason: NotKeptReason, cause?: unknown) {
    super("could not keep this on this phone", { cause });
    this.reason = reason;
  }
}
