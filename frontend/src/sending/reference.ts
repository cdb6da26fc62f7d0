/** The reference a worker can say on the phone. */

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * "HD-XXXX-XXXX": the first 40 bits of the id in Crockford's base 32. The server makes the same from the same
 * id.
 */
export function referenceOf(id: string): string {
  let bits = BigInt(`0x${id.replaceAll("-", "").slice(0, 10)}`);
  let text = "";
  for (let at = 0; at < 8; at++, bits >>= 5n) text = CROCKFORD[Number(bits & 31n)]! + text;
  return `HD-${text.slice(0, 4)}-${text.slice(4)}`;
}
