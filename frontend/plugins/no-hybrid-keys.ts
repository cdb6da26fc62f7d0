/**
 * Keeps the age library's post-quantum and NIST recipients out of the build: Heed makes X25519 and scrypt files only, and
 * they are nearly half of what the library weighs. In their place stands a module that refuses by name.
 */
import type { Plugin } from "vite";

const LEFT_OUT = ["@noble/post-quantum/hybrid.js", "@noble/curves/nist.js"];
const STAND_IN = "\0no-hybrid-keys";
// Reached only by a key or file of a kind that nothing of ours makes.
const REFUSES = `
const refused = new Proxy({}, { get() { throw new Error("age keys other than X25519 and scrypt are not read here"); } });
export { refused as MLKEM768P256, refused as MLKEM768X25519, refused as p256 };
`;

export function noHybridKeys(): Plugin {
  return {
    name: "no-hybrid-keys",
    enforce: "pre",
    resolveId: (source) => (LEFT_OUT.includes(source) ? STAND_IN : null),
    load: (id) => (id === STAND_IN ? REFUSES : null),
  };
}
