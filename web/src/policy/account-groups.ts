// The parts of the world by account: the caller's, the resource's, and further ones.
import type { Facts } from "../engine/contract";
import { headerLines } from "../scenario/header-lines";
import type { DrawnFolder } from "../scenario/section-names";
import { folderName, kindOf } from "../scenario/sections";
import type { Section } from "../state/page-state";

/** A card outside of the folders, or a folder with those of its cards that are drawn. */
export type Part = { section: Section; folder?: undefined } | (DrawnFolder & { section?: undefined });

/** What belongs to one account. */
export interface Group {
  /** 12 digits; "" where it is not told, or belongs to none. */
  account: string;
  title: string;
  parts: readonly Part[];
}

const NONE = "none";

/** What comes behind the accounts, in this order. */
const LAST = ["", NONE];

const ID = /^\d{12}$/;

function accountOf(part: Part, caller: string, resource: string): string {
  if (part.section) {
    const accounts = { caller, resource, "": NONE };
    return accounts[kindOf(part.section).side];
  }
  const { name, header } = part.folder;
  const lines = headerLines(header?.text ?? "");
  const value = (key: string) => lines.find((line) => line.key === key)?.value ?? "";
  const told = name.startsWith("account/") ? folderName(name) : value("account") || (value("arn").split(":")[4] ?? "");
  // While an ID is typed, its card stays where it is.
  return ID.test(told) ? told : "";
}

function titleOf(account: string, caller: string, resource: string): string {
  if (account === NONE) return "Not tied to an account";
  if (account === "") return "Account not given";
  if (account === caller) return account === resource ? `Caller's and resource's account ${account}` : `Caller's account ${account}`;
  return account === resource ? `Resource's account ${account}` : `Account ${account}`;
}

/** Puts what is in one account together, without changing the order in it. */
export function byAccount(parts: readonly Part[], facts: Facts | undefined): Group[] {
  const { callerAccount = "", resourceAccount = "" } = facts ?? {};
  const groups = new Map<string, Part[]>([resourceAccount, callerAccount].map((account) => [account, []]));
  for (const part of parts) {
    const account = accountOf(part, callerAccount, resourceAccount);
    groups.set(account, [...(groups.get(account) ?? []), part]);
  }
  const filled = [...groups].filter(([, each]) => each.length > 0);
  return filled
    .sort(([a], [b]) => LAST.indexOf(a) - LAST.indexOf(b))
    .map(([account, each]) => ({ account, title: titleOf(account, callerAccount, resourceAccount), parts: each }));
}
