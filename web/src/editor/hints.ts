// Spelling help: names of actions and condition keys that the lists of AWS do
// not have. A hint changes no outcome: AWS accepts most of these policies, too.
import { jsonLanguage } from "@codemirror/lang-json";
import type { SyntaxNode } from "@lezer/common";
import { serviceOf, type Catalogue, type OperationFacts } from "../engine/catalogue";
import type { Section } from "../state/page-state";
import type { Hint } from "../page/problem-list";
import { kindOf } from "../scenario/sections";
import { inner, pathTo } from "./spot";

/** No policy that AWS accepts is longer, in UTF-16 units. */
const LONGEST = 50_000;

const lists = new WeakMap<object, string[]>();

function namesOf(record: Record<string, unknown>): string[] {
  const names = lists.get(record) ?? Object.keys(record);
  lists.set(record, names);
  return names;
}

/** True if a pattern with * and ? means a name; case does not count. */
function like(pattern: string, name: string): boolean {
  const [p, n] = [pattern.toLowerCase(), name.toLowerCase()];
  let [i, j, star, from] = [0, 0, -1, 0];
  while (j < n.length) {
    if (p[i] === "*") [star, from] = [i++, j];
    else if (i < p.length && (p[i] === "?" || p[i] === n[j])) [i, j] = [i + 1, j + 1];
    else if (star >= 0) [i, j] = [star + 1, ++from];
    else return false;
  }
  while (p[i] === "*") i++;
  return i === p.length;
}

/** The number of typing errors between two words, or `limit` if there are that many. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1), swapped ? (before[j - 2] ?? 0) + 1 : limit),
      );
    }
    [before, row] = [row, next];
  }
  return Math.min(row[b.length] ?? limit, limit);
}

/** The most similar name, if it is similar enough to be meant. */
function similar(word: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.min(4, Math.ceil(word.length / 3) + 1);
  for (const name of names) {
    const errors = distance(word.toLowerCase(), name.toLowerCase(), least);
    if (errors < least) [best, least] = [name, errors];
  }
  return best;
}

function message(word: string, list: string, meant: string | undefined, data: Catalogue): string {
  const question = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `${word} isn't in the list of ${list} (iam-data ${data.version}).${question}`;
}

function permissions({ always, sometimes }: OperationFacts): string {
  if (always.length > 0) return `It needs ${always.join(" and ")}.`;
  return sometimes.length > 0 ? `It needs one or more of ${sometimes.join(", ")}.` : "It needs no permission.";
}

/** A hint about an action of a policy, such as kms:Decript or s3:Get*; "" where there is none. */
export function actionHint(action: string, data: Catalogue): string {
  const [prefix = "", name = ""] = action.split(/:(.*)/s);
  if (name === "" || /[*?]/.test(prefix)) return "";
  const service = serviceOf(data, prefix);
  if (!service)
    return data.prefixes.includes(prefix.toLowerCase()) ? "" : message(prefix, "services", similar(prefix, data.prefixes), data);
  const names = namesOf(service.actions);
  if (names.some((known) => like(name, known))) return "";
  const operation = Object.entries(service.operations).find(([known]) => known.toLowerCase() === name.toLowerCase());
  if (operation) return `${action} is an API operation, not an action. ${permissions(operation[1])}`;
  const meant = /[*?]/.test(name) ? undefined : similar(name, names);
  return message(action, `${prefix.toLowerCase()} actions`, meant && `${prefix}:${meant}`, data);
}

/** A hint about a condition key, such as aws:PrincipalOrgId; "" where there is none. */
export function keyHint(key: string, data: Catalogue): string {
  const prefix = key.split(":", 1)[0] ?? "";
  const own = serviceOf(data, prefix);
  if (!key.includes(":") || (!own && prefix.toLowerCase() !== "aws")) return "";
  const all = [...namesOf(data.globalKeys), ...Object.values(data.services).flatMap(({ keys }) => namesOf(keys))];
  if (all.some((known) => like(known, key))) return "";
  const [start = key, tag] = key.split(/(?<=\/)/);
  const near = similar(
    start,
    all.filter((known) => known.toLowerCase().startsWith(`${prefix.toLowerCase()}:`)).map((known) => known.replace(/\*$/, "")),
  );
  const meant = near?.endsWith("/") && tag !== undefined ? near + tag : near;
  return message(key, own ? `${prefix.toLowerCase()} condition keys` : "global condition keys", meant, data);
}

function value(text: string, node: SyntaxNode): string {
  const plain = inner(text, node);
  if (!plain.includes("\\")) return plain;
  try {
    return JSON.parse(text.slice(node.from, node.to)) as string;
  } catch {
    return "";
  }
}

/** What a string of a policy is, by the names around it. */
function hintAt(text: string, node: SyntaxNode, data: Catalogue): string {
  if (node.name !== "String" && node.name !== "PropertyName") return "";
  const path = pathTo(text, node);
  if (path[0] !== "Statement") return "";
  if (node.name === "String")
    return path.length === 2 && (path[1] === "Action" || path[1] === "NotAction") ? actionHint(value(text, node), data) : "";
  return path.length === 4 && path[1] === "Condition" ? keyHint(value(text, node), data) : "";
}

/** The hints of a policy; offsets are UTF-16 units. Lists of grants and ACLs have none. */
export function hintsOf(section: Section, data: Catalogue): Hint[] {
  const { name, text } = section;
  const { type } = kindOf(section);
  if (text.length > LONGEST || type === "grant" || type === "acl") return [];
  const hints: Hint[] = [];
  jsonLanguage.parser.parse(text).iterate({
    enter: ({ node }) => {
      const found = hintAt(text, node, data);
      if (found === "") return;
      const start = node.from + 1;
      const before = text.slice(0, start);
      const line = before.split("\n").length;
      hints.push({ section: name, start, end: node.to - 1, line, column: start - before.lastIndexOf("\n"), message: found });
    },
  });
  return hints;
}
