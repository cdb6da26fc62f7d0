/** Words of the page: the server has translated them into templates, the script only chooses which one to show. */

/** Shows a page's own message in its status line, which assistive technology reads out. */
export function say(root: HTMLElement, name: string): void {
  const status = root.querySelector<HTMLElement>("[role=status]");
  const template = root.querySelector<HTMLTemplateElement>(`template[data-message="${name}"]`);
  if (status) status.textContent = template?.content.textContent?.trim() ?? "";
}
