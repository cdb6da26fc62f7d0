/** Reads one TypeScript file: the messages it shows and every place where words would be lost or stay English.
 *  The build's net and the extraction both use this one reader, so neither can see a call that the other misses. */
import { parseSync } from "vite";

import { isNode, literal, nameOf, placesIn, plain, type Comment, type Node, type Place } from "./words-syntax.ts";

export interface Message {
  id: string;
  plural?: string;
  line: number;
  /** Where on the screen it stands, for the translator: "<button>", "aria-label of <nav>". */
  where: string;
  /** What the author wrote for translators, in a comment "words: …" on the same line or the one before. */
  note: string;
}

export interface Problem extends Place {
  text: string;
}

export interface Reading {
  /** First sentence of the file's opening comment. */
  about: string;
  messages: Message[];
  problems: Problem[];
}

const LETTER = /\p{L}/u;
/** Starts like a sentence and has a second word: nobody writes a code or a class name this way. */
const SENTENCE = /^\p{Lu}[\p{L}'’-]*[ ,:].*\p{L}/su;
const CAPITAL = /^\p{Lu}/u;
/** Attributes that a person reads or hears. */
const SPOKEN = new Set([
  "alt", "aria-description", "aria-label", "aria-placeholder", "aria-roledescription", "aria-valuetext", "content",
  "label", "placeholder", "summary", "title",
]);
/** The same, set by script. */
const SET_BY_SCRIPT = new Set([
  "alt", "ariaDescription", "ariaLabel", "innerText", "label", "placeholder", "textContent", "title",
]);
/** Keys of the small tables a screen draws from. */
const TABLE_KEYS = new Set(["heading", "hint", "label", "placeholder", "text", "title"]);
/** What a value passes through unchanged on its way to what shows it. */
const CARRIERS = new Set([
  "ArrayExpression", "BinaryExpression", "ConditionalExpression", "LogicalExpression", "ParenthesizedExpression",
  "TemplateLiteral", "TSAsExpression",
]);

/** Reads `code`. Throws SyntaxError, with the parser's words, when the file cannot be parsed. */
export function readWords(code: string, file: string): Reading {
  const parsed = parseSync(file, code);
  const fault = parsed.errors[0];
  if (fault) throw new SyntaxError(`${file}: ${fault.message}`);
  return new Reader(code, parsed.comments).read(parsed.program as unknown as Node);
}

class Reader {
  private readonly code: string;
  private readonly place: (offset: number) => Place;
  private readonly notes = new Map<number, string>();
  private readonly excused = new Set<number>();
  private readonly found: Reading = { about: "", messages: [], problems: [] };
  private readonly path: Node[] = [];

  constructor(code: string, comments: Comment[]) {
    this.code = code;
    this.place = placesIn(code);
    for (const comment of comments) {
      const { line } = this.place(comment.end);
      const text = plain(comment);
      if (text.startsWith("words:")) this.notes.set(line, text.slice("words:".length).trim());
      if (text.startsWith("not words")) this.excused.add(line);
    }
    const opening = comments.find(({ type, start }) => type === "Block" && code.slice(0, start).trim() === "");
    if (opening) this.found.about = /^.*?\.(?=\s|$)/.exec(plain(opening))?.[0] ?? plain(opening);
  }

  read(program: Node): Reading {
    this.walk(program);
    return this.found;
  }

  private walk(node: Node): void {
    this.look(node);
    this.path.push(node);
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) this.walk(child);
    this.path.pop();
  }

  private look(node: Node): void {
    if (node.type === "JSXText") {
      if (LETTER.test(String(node.value))) this.problem(node, "these words stay English: put them in t()");
    } else if (node.type === "CallExpression") {
      this.lookAtCall(node);
    } else if (node.type === "ImportSpecifier") {
      if (isTranslator(node.imported) && nameOf(node.local) !== nameOf(node.imported))
        this.problem(node, "import t, tn and content under their own names, or their words are lost");
    } else if (node.type === "Identifier") {
      if (this.isPassedOn(node)) this.problem(node, `${nameOf(node)} is passed on: call it with the words instead`);
    } else if (node.type === "Literal" || node.type === "TemplateElement") {
      this.lookAtText(node);
    }
  }

  private lookAtCall(call: Node): void {
    const name = nameOf(call.callee);
    const given = call.arguments as Node[];
    if (isNode(call.callee) && call.callee.type !== "Identifier") return;
    if (name === "content" && literal(given[0]) !== undefined)
      this.problem(call, "content() is for words out of definitions: use t()");
    if (name !== "t" && name !== "tn") return;
    const [one, other] = [literal(given[0]), literal(given[1])];
    const texts = name === "t" ? [one] : [one, other];
    if (texts.includes(undefined))
      this.problem(call, `${name}() takes its English as plain text, or it is lost (out of definitions: content())`);
    else if (texts.some((text) => text === "" || text !== text?.trim()))
      this.problem(call, `${name}() has no words, or a space at an end`);
    else if (!this.path.some(({ type }) => /Function|Method|PropertyDefinition/.test(type)))
      this.problem(call, `${name}() outside a function runs before the language is known`);
    else this.message(call, one as string, name === "tn" ? other : undefined);
  }

  /** A text outside t(): is it one that a person would read or hear? */
  private lookAtText(node: Node): void {
    const text = node.type === "Literal" ? node.value : (node.value as { cooked?: string }).cooked;
    if (typeof text !== "string" || !LETTER.test(text) || this.isNeverShown()) return;
    const shownBy = this.shownBy(text);
    if (shownBy) this.problem(node, `${shownBy} stays English: put its words in t()`);
    else if (SENTENCE.test(text))
      this.problem(node, "this reads like a sentence: put it in t(), or write /* not words */ before it");
  }

  /** Translated already, or for developers alone: imports, types, errors, console lines. */
  private isNeverShown(): boolean {
    return this.path.some(
      (node) =>
        /^(Import.*|ExportAllDeclaration|ThrowStatement|TS(?!As|Satisfies|NonNull).*)$/.test(node.type) ||
        (node.type === "NewExpression" && /Error$|^RegExp$/.test(nameOf(node.callee))) ||
        (node.type === "CallExpression" && (isTranslator(node.callee) || this.code.startsWith("console.", node.start))),
    );
  }

  /** What shows the text that the path leads to: an attribute, an element, a property such as textContent. */
  private shownBy(text: string): string | undefined {
    for (let index = this.path.length - 1; index > 0; index--) {
      const node = this.path[index] as Node;
      const inside = this.path[index + 1];
      if (node.type === "JSXAttribute") return SPOKEN.has(nameOf(node.name)) ? nameOf(node.name) : undefined;
      if (node.type === "JSXExpressionContainer" && this.path[index - 1]?.type !== "JSXAttribute") return "this text";
      if (node.type === "JSXExpressionContainer") continue;
      if (node.type === "Property")
        return TABLE_KEYS.has(nameOf(node.key)) && CAPITAL.test(text) ? nameOf(node.key) : undefined;
      if (node.type === "AssignmentExpression")
        return SET_BY_SCRIPT.has(nameOf(node.left)) ? nameOf(node.left) : undefined;
      const isOnlyCompared =
        (node.type === "ConditionalExpression" && inside === node.test) ||
        (node.type === "BinaryExpression" && node.operator !== "+");
      if (!CARRIERS.has(node.type) || isOnlyCompared) return undefined;
    }
    return undefined;
  }

  /** t or tn handed to something else, which could then call it with anything. */
  private isPassedOn(node: Node): boolean {
    const name = nameOf(node);
    if (name !== "t" && name !== "tn") return false;
    const parent = this.path.at(-1);
    const isHanded =
      (parent?.type === "CallExpression" && (parent.arguments as Node[]).includes(node)) ||
      (parent?.type === "VariableDeclarator" && parent.init === node) ||
      parent?.type === "JSXExpressionContainer";
    return isHanded && new RegExp(`import [^;]*\\b${name}\\b[^;]* from [^;]*translate`).test(this.code);
  }

  private message(call: Node, id: string, plural: string | undefined): void {
    const { line } = this.place(call.start);
    const note = this.notes.get(line) ?? this.notes.get(line - 1) ?? "";
    this.found.messages.push({ id, ...(plural === undefined ? {} : { plural }), line, where: this.where(), note });
  }

  private where(): string {
    for (let index = this.path.length - 1; index >= 0; index--) {
      const node = this.path[index] as Node;
      if (node.type === "JSXAttribute") return `${nameOf(node.name)} of <${nameOf(this.path[index - 1]?.name)}>`;
      if (node.type === "JSXElement") return `<${nameOf((node.openingElement as Node).name)}>`;
    }
    return "";
  }

  private problem(node: Node, text: string): void {
    const blank = node.type === "JSXText" ? (/^\s*/.exec(String(node.raw))?.[0].length ?? 0) : 0;
    const place = this.place(node.start + blank);
    if (this.excused.has(place.line) || this.excused.has(place.line - 1)) return;
    this.found.problems.push({ ...place, text });
  }
}

function isTranslator(value: unknown): boolean {
  return ["t", "tn", "content"].includes(nameOf(value));
}
