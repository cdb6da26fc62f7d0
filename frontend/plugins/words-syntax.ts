/** The few things the words reader needs to know about a syntax tree: names, plain texts, lines. */

export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

export interface Comment {
  type: "Line" | "Block";
  value: string;
  start: number;
  end: number;
}

export interface Place {
  line: number;
  column: number;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

/** The name of an identifier, or of the last part of `a.b`; else "". */
export function nameOf(value: unknown): string {
  if (!isNode(value)) return "";
  if (value.type === "MemberExpression") return nameOf(value.property);
  if (value.type === "JSXNamespacedName") return `${nameOf(value.namespace)}:${nameOf(value.name)}`;
  return typeof value.name === "string" ? value.name : "";
}

/** The text of a string literal, also of several joined by +; else undefined. */
export function literal(node: Node | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && (node.expressions as Node[]).length === 0)
    return ((node.quasis as Node[])[0]?.value as { cooked: string }).cooked;
  if (node?.type === "BinaryExpression" && node.operator === "+") {
    const left = literal(node.left as Node);
    const right = literal(node.right as Node);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

/** A comment as one line of text, without its stars. */
export function plain(comment: Comment): string {
  return comment.value.replaceAll(/\s*\n\s*\*?\s*/g, " ").replace(/^[*\s]+/, "").trim();
}

/** Gives line and column, both from 1, of an offset into `code`. */
export function placesIn(code: string): (offset: number) => Place {
  const starts = [0];
  for (let at = code.indexOf("\n"); at >= 0; at = code.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}
