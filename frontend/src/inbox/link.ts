/**
 * Takes the secret of a link out of the address and sends it with the page's form. The address is clean before
 * anything else happens: neither history nor a look over the shoulder keeps it.
 */

/** What an invitation for a worker's phone begins with. Its secret is none of the inbox's, and stays here. */
const PHONE = "v1.";

/** Sends the form of the welcome page with what stands after the # of the address, if anything does. */
export function takeLink(form: HTMLFormElement): void {
  const found = location.hash.slice(1);
  if (!found) return;
  history.replaceState(null, "", location.pathname + location.search);
  const field = form.elements.namedItem("secret") as HTMLInputElement;
  field.value = found.startsWith(PHONE) ? PHONE : found;
  form.submit();
}
