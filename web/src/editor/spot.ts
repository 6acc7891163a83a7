// Where the caret is in a JSON document, even one that is not finished.
import type { SyntaxNode, Tree } from "@lezer/common";
import type { Shape } from "./shapes";

/** A place where a name or a value may be completed. */
export interface Spot {
  shape: Shape;
  /** True for the name of a property, false for a value. */
  isName: boolean;
  /** The text to be replaced: between the quotes where there are some. */
  from: number;
  to: number;
  quoted: boolean;
  /** The other names of the same object. */
  taken: readonly string[];
  /** The text of the statement or grant around it, or of all. */
  around: string;
}

/** A node and whether something inside it would be a name. */
interface Holder {
  node: SyntaxNode;
  isName: boolean;
}

function nearest(node: SyntaxNode, ...names: string[]): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (names.includes(at.name)) return at;
  return undefined;
}

/** The text of a string without its quotes. */
export function inner(text: string, { from, to }: SyntaxNode): string {
  return text.slice(from + 1, to - 1);
}

function nameOf(text: string, property: SyntaxNode): string | undefined {
  const name = property.getChild("PropertyName");
  return name ? inner(text, name) : undefined;
}

/** The names of the properties around a node and its own, the outermost first. */
export function pathTo(text: string, node: SyntaxNode): string[] {
  const path: string[] = [];
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    const name = at.name === "Property" ? nameOf(text, at) : undefined;
    if (name !== undefined) path.unshift(name);
  }
  return path;
}

/** What holds the string around a position. Without a comma before it a string is an error node. */
function holderOfString(node: SyntaxNode): Holder | undefined {
  const { parent } = node;
  if (!parent) return undefined;
  if (node.name === "PropertyName") return parent.parent ? { node: parent.parent, isName: true } : undefined;
  return { node: parent, isName: parent.name === "Object" };
}

/** What would hold a string at a position where there is none: the character before it says. */
function holderOfNothing(tree: Tree, text: string, pos: number): Holder | undefined {
  const end = text.slice(0, pos).trimEnd().length;
  const before = text[end - 1] ?? "";
  if (!"{[,:".includes(before) || before === "") return undefined;
  const node = nearest(tree.resolveInner(end, -1), "Object", "Array", "Property");
  return node && { node, isName: node.name === "Object" };
}

function shapeOfHolder(text: string, node: SyntaxNode, root: Shape): Shape | undefined {
  let top = node;
  while (top.parent?.parent) top = top.parent;
  const start = top.name === "Array" && root.items ? root.items : root;
  const step = (shape: Shape | undefined, name: string) =>
    shape?.names && Object.hasOwn(shape.names, name) ? shape.names[name] : shape?.any;
  return pathTo(text, node).reduce<Shape | undefined>(step, start);
}

// The innermost object that is an entry of a list, or the only statement.
function around(text: string, node: SyntaxNode): string {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name !== "Object") continue;
    const holder = at.parent;
    if (holder?.name === "Array" || (holder?.name === "Property" && nameOf(text, holder) === "Statement"))
      return text.slice(at.from, at.to);
  }
  return text;
}

/** The spot at a position, or undefined where nothing can be completed. */
export function spotAt(tree: Tree, text: string, pos: number, root: Shape): Spot | undefined {
  const node = tree.resolveInner(pos, -1);
  const isString = text[node.from] === '"' && node.to > node.from + 1;
  const quoted = isString && pos > node.from && pos < node.to;
  const holder = quoted ? holderOfString(node) : holderOfNothing(tree, text, pos);
  const shape = holder && shapeOfHolder(text, holder.node, root);
  if (!holder || !shape) return undefined;
  const [from, to] = quoted ? [node.from + 1, node.to - 1] : [pos, pos];
  const others = holder.node.getChildren("Property").filter((property) => property.from !== node.from);
  const taken = others.flatMap((property) => nameOf(text, property) ?? []);
  return { shape, isName: holder.isName, from, to, quoted, taken, around: around(text, holder.node) };
}
