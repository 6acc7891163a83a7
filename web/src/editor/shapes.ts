// What may stand where in each kind of document: names of elements, and values
// from closed lists. It serves the completion only; the engine checks policies,
// and the build writes the lists that both need from the engine's tables.
import {
  documents,
  elements,
  grantConstraints,
  grantFields,
  grantOperations,
  operators,
  permissions,
  principals,
  statementElements,
  versions,
} from "../generated/grammar.json";

/** What may stand at one place of a document. */
export interface Shape {
  /** The names of an object here. */
  names?: Readonly<Record<string, Shape>>;
  /** An object's other names: condition keys, say. */
  any?: Shape;
  /** The entries of a list; without it they are like the value itself. */
  items?: Shape;
  /** Strings that may stand here. */
  values?: readonly string[];
  /** A list of the catalogue that may stand here: as names or as values. */
  from?: "actions" | "condition keys";
  /** What a completed name begins its value with, if not a string or an object. */
  opens?: string;
}

const TEXT: Shape = {};

const named = (names: readonly string[], shape: Shape): Record<string, Shape> => Object.fromEntries(names.map((name) => [name, shape]));

function variants(operator: string): string[] {
  const one = [operator, `${operator}IfExists`];
  return [...one, ...one.map((name) => `ForAnyValue:${name}`), ...one.map((name) => `ForAllValues:${name}`)];
}

const test = (values: Shape): Shape => ({ from: "condition keys", any: values });
const SWITCH = test({ values: ["true", "false"] });

const OPERATORS = operators
  .filter(({ name }) => name !== "Null")
  .flatMap(({ name, boolean }) => Object.entries(named(variants(name), boolean ? SWITCH : test(TEXT))));

const CONDITION: Shape = { names: { ...Object.fromEntries(OPERATORS), Null: SWITCH } };

const EVERY: Shape = { values: ["*"] };
const PRINCIPAL: Shape = { ...EVERY, names: { ...named(principals, TEXT), AWS: EVERY, Federated: EVERY } };
const ACTION: Shape = { ...EVERY, from: "actions" };

/** What is in an element, where it is not just a text. */
const IN: Readonly<Record<string, Shape>> = {
  Version: { values: versions },
  Effect: { values: ["Allow", "Deny"] },
  Principal: PRINCIPAL,
  NotPrincipal: PRINCIPAL,
  Action: ACTION,
  NotAction: ACTION,
  Resource: EVERY,
  NotResource: EVERY,
  Condition: CONDITION,
};

const shaped = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, IN[name] ?? TEXT]));

const STATEMENT: Shape = { opens: "[{}]", names: shaped(statementElements) };
const POLICY: Shape = { names: { ...shaped(elements), Statement: STATEMENT } };

const CONSTRAINTS: Shape = { names: { ...named(grantConstraints, { opens: "{}" }), SourceArn: TEXT } };
const GRANT: Shape = {
  names: { ...named(grantFields, TEXT), Operations: { values: grantOperations, opens: '[""]' }, Constraints: CONSTRAINTS },
};

const GRANTS: Shape = { names: { Grants: { ...GRANT, opens: "[{}]" } }, items: GRANT };

const ACL: Shape = {
  names: {
    Owner: { names: named(["ID", "DisplayName"], TEXT) },
    Grants: {
      opens: "[{}]",
      names: {
        Grantee: {
          names: {
            ...named(["ID", "DisplayName"], TEXT),
            Type: { values: ["CanonicalUser", "Group"] },
            URI: {
              values: ["http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"],
            },
          },
        },
        Permission: { values: permissions },
      },
    },
  },
};

const without = (names: Readonly<Record<string, Shape>>, left: readonly string[]) =>
  Object.fromEntries(Object.entries(names).filter(([name]) => !left.includes(name)));

function policyShape(refused: readonly string[]): Shape {
  const { Statement = {}, ...rest } = POLICY.names ?? {};
  return { names: { ...without(rest, refused), Statement: { ...Statement, names: without(Statement.names ?? {}, refused) } } };
}

const SHAPES: Readonly<Record<string, Shape>> = {
  grant: GRANTS,
  acl: ACL,
  ...Object.fromEntries(documents.map(({ type, refused }) => [type, policyShape(refused)])),
};

/** The shape of a kind of document; the kinds are those of sections.ts. */
export function shapeOf(kind: string): Shape {
  return SHAPES[kind] ?? {};
}
