/** A text as a code for a camera, drawn with elements: no address, no inline style, nothing that leaves the page. */
import { encodeQR } from "qr";

const SVG = "http://www.w3.org/2000/svg";
/** What the standard asks for around the squares (ISO/IEC 18004). */
const QUIET = 4;

/** Draws the code into a place. The style sheet makes `.qr-tile` light and `.qr-dots` dark in both sets of colours. */
export function drawCode(place: HTMLElement, text: string): void {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "qr-code");
  picture.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
  picture.setAttribute("shape-rendering", "crispEdges");
  picture.setAttribute("aria-hidden", "true");
  const dots = document.createElementNS(SVG, "path");
  dots.setAttribute("class", "qr-dots");
  dots.setAttribute("fill", "currentColor");
  dots.setAttribute("d", dotsOf(rows));
  picture.append(dots);
  place.replaceChildren(picture);
}

/** Every run of dark squares in a row as one rectangle. */
export function dotsOf(rows: readonly (readonly boolean[])[]): string {
  let path = "";
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      const start = x;
      while (row[x]) x++;
      if (x > start) path += `M${start} ${y}h${x - start}v1h-${x - start}z`;
    }
  });
  return path;
}
