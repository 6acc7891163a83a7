// Completion: names and values of the document's shape, actions and condition
// keys of the services in the catalogue.
import {
  pickedCompletion,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { jsonLanguage } from "@codemirror/lang-json";
import { syntaxTree } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { loadCatalogue, prefixesIn, type Catalogue, type ServiceFacts } from "../engine/catalogue";
import { shapeOf, type Shape } from "./shapes";
import { spotAt, type Spot } from "./spot";

/** What the completion knows about the document. */
export interface About {
  kind: string;
  /** The prefix of the request's action, or "". */
  service: string;
}

/** A text to offer, and where in the list: what is likely comes first. */
export interface Offer {
  label: string;
  detail?: string;
  boost?: number;
  /** What goes into the document in place of the label: the action that an API operation needs. */
  inserts?: string;
}

const offers = (labels: readonly string[]): Offer[] => labels.map((label) => ({ label }));

/** Set operators and IfExists are for those who ask for them. */
function nameOffer(name: string): Offer {
  return { label: name, boost: /^For(Any|All)/.test(name) ? -60 : name.endsWith("IfExists") ? -30 : 0 };
}

/**
 * The API operations of a service that no action is called like: each offers the
 * actions that it needs, in the place of its own name, which allows nothing.
 */
function operationOffers(prefix: string, { actions, operations }: ServiceFacts): Offer[] {
  return Object.entries(operations)
    .filter(([name]) => !Object.hasOwn(actions, name))
    .flatMap(([name, { always, sometimes }]) => {
      const needed = always.length > 0 ? always : sometimes;
      const label = `${prefix}:${name}`;
      return needed.map((action) => ({ label, detail: `API operation: ${action}`, inserts: action, boost: -10 }));
    });
}

/** Every service, and the actions and operations of those that were fetched. */
function actionOffers(data: Catalogue, service: string): Offer[] {
  return data.prefixes.flatMap((prefix) => {
    const boost = prefix === service ? 20 : 0;
    const facts = data.services[prefix];
    const actions = Object.entries(facts?.actions ?? {}).map(([name, { level }]) => ({ label: `${prefix}:${name}`, detail: level, boost }));
    return [{ label: `${prefix}:*`, boost }, ...actions, ...(facts ? operationOffers(prefix, facts) : [])];
  });
}

/** The global keys and those of the services that the statement or the request names. */
function keyOffers(data: Catalogue, spot: Spot, service: string): Offer[] {
  const named = Object.entries(data.services).filter(([prefix]) => prefix === service || spot.around.includes(`"${prefix}:`));
  const keys = { ...data.globalKeys, ...Object.assign({}, ...named.map(([, { keys }]) => keys)) } as Record<string, string>;
  return Object.entries(keys).map(([label, detail]) => ({ label, detail, boost: label.startsWith("aws:") ? 0 : 10 }));
}

/** What can stand at a spot. */
export function offersAt(spot: Spot, data: Catalogue | undefined, service: string): Offer[] {
  const { shape, isName, taken } = spot;
  if (!isName) {
    const fromData = shape.from === "actions" && data ? actionOffers(data, service) : [];
    return [...offers(shape.values ?? []), ...fromData];
  }
  const names = Object.keys(shape.names ?? {}).map(nameOffer);
  const keys = shape.from === "condition keys" && data ? keyOffers(data, spot, service) : [];
  return [...names, ...keys].filter(({ label }) => !taken.includes(label));
}

function opener(shape: Shape | undefined): string {
  return shape?.opens ?? (shape?.names && !shape.values ? "{}" : '""');
}

/** The text around a completed name or value, and where the caret goes. */
function completed(spot: Spot, label: string, behind: string): { text: string; end: number; caret: number; again: boolean } {
  const quote = spot.quoted ? "" : '"';
  const end = spot.to + (spot.quoted ? 1 : 0);
  // A name such as aws:RequestTag/* goes on with a name that its author chooses.
  const open = spot.isName && label.endsWith("*");
  const word = open ? label.slice(0, -1) : label;
  const head = `${quote}${word}`;
  if (open) return { text: `${head}"`, end, caret: head.length, again: false };
  if (!spot.isName || /^\s*:/.test(behind)) return { text: `${head}"`, end, caret: head.length + 1, again: false };
  const child = spot.shape.names?.[label] ?? spot.shape.any;
  const value = opener(child);
  const start = `${head}": `;
  return { text: start + value, end, caret: start.length + value.length / 2, again: value.endsWith('""') || value === '[""]' };
}

function apply(spot: Spot, inserts: string | undefined) {
  return (view: EditorView, completion: Completion, _from: number, typedTo: number) => {
    // The text has grown since the list was made, and so has the part to replace.
    const grown = typedTo - spot.from;
    const doc = view.state.doc;
    const to = spot.quoted ? spot.from + closing(doc.sliceString(spot.from, spot.from + 2000), grown) : typedTo;
    const now = { ...spot, to };
    const { text, end, caret, again } = completed(now, inserts ?? completion.label, doc.sliceString(to + (spot.quoted ? 1 : 0), to + 40));
    view.dispatch({
      changes: { from: spot.from, to: end, insert: text },
      selection: { anchor: spot.from + caret },
      annotations: pickedCompletion.of(completion),
      userEvent: "input.complete",
      scrollIntoView: true,
    });
    if (again) startCompletion(view);
  };
}

/** The offset of the quote that closes a string, seen from behind the opening one. */
function closing(rest: string, atLeast: number): number {
  const quote = rest.indexOf('"', atLeast);
  return quote < 0 ? atLeast : quote;
}

/** The service that a typed name is of, or "" as long as it has none. */
function prefixOf(typed: string): string {
  return typed.includes(":") ? (typed.split(":", 1)[0] ?? "") : "";
}

async function complete(context: CompletionContext, about: About): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const spot = spotAt(syntaxTree(state), state.doc.toString(), pos, shapeOf(about.kind));
  if (!spot || (!spot.quoted && !context.explicit)) return null;
  const typed = prefixOf(state.sliceDoc(spot.from, pos));
  const data = spot.shape.from ? await loadCatalogue([about.service, typed, ...prefixesIn(spot.around)]) : undefined;
  const options = offersAt(spot, data, about.service).map(({ inserts, ...offer }) => ({ ...offer, apply: apply(spot, inserts) }));
  if (options.length === 0) return null;
  // Another service's names have to be fetched first.
  return { from: spot.from, options, validFor: (text) => /^[\w:*/.-]*$/.test(text) && prefixOf(text) === typed };
}

/** The completion of a document. */
export function completion(about: () => About): Extension {
  return jsonLanguage.data.of({ autocomplete: (context: CompletionContext) => complete(context, about()) });
}
