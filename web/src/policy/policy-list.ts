import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ScenarioSource } from "../editor/scenario-source";
import type { Facts } from "../engine/contract";
import type { FolderHead } from "../page/folder-head";
import { drawn } from "../page/kept-as";
import { ListWindow } from "../page/list-window";
import { PageElement } from "../page/page-element";
import { problemList } from "../page/problem-list";
import { actionPrefix } from "../request/keys";
import { isPresent, scenarioText } from "../scenario/scenario-text";
import {
  type DrawnFolder,
  drawnFolders,
  folderParts,
  foldersOf,
  inCardOrder,
  isIdle,
  type Offer,
  offered,
  offeredMessage,
  policyOfFolder,
} from "../scenario/section-names";
import { cardLabel, kindOf, placed, saidType, type Kind } from "../scenario/sections";
import type { Controller } from "../state/controller";
import { tell, type Message } from "../state/messages";
import { activeRequest, type Section } from "../state/page-state";
import type { Part } from "./account-groups";
import type { PolicyCard } from "./policy-card";
import type { View } from "./world-parts";

/** True for another policy of one kind in the same folder. */
const alikeIn = (section: Section, other: Section): boolean =>
  kindOf(other) === kindOf(section) && placed(other.name).folder === placed(section.name).folder && isPresent(other);

/** So many policies are drawn at once, outside of folders and in them. */
const CARDS = 20;

/** What the first answer does not need. */
export type WorldParts = typeof import("./world-parts");

/** The world that requests are judged against: as cards, as the text of its file, or both. */
export class PolicyList extends PageElement {
  static override properties = {
    page: { attribute: false, hasChanged: () => true },
    parts: { attribute: false },
    narrow: { attribute: false },
    listVersion: { attribute: false },
    view: { state: true },
  };
  /** What the page holds. It changes in place, so every setting draws anew. */
  declare page: Controller;
  declare parts: WorldParts | undefined;
  /** True where there is little room: policies are one line each. */
  declare narrow: boolean;
  /** Where the names that completion offers come from. */
  declare listVersion: string;
  /** Cards, the text of the file, or both. */
  declare view: View;

  /** The names of the folders that are folded. */
  readonly #folded = new Set<string>();
  #focused: HTMLElement | undefined;
  readonly #shownOwn = new ListWindow(CARDS, "policies", () => this.requestUpdate());
  readonly #shownParts = new ListWindow(CARDS, "parts of entities and accounts", () => this.requestUpdate());

  constructor() {
    super();
    this.view = "Cards";
    this.listVersion = "";
  }

  protected override willUpdate(): void {
    const focused = document.activeElement;
    this.#focused = focused instanceof HTMLElement && this.contains(focused) ? focused : undefined;
    // What can't be opened is only in the text.
    if (this.page.fileText !== undefined && this.view === "Cards") this.view = "Both";
  }

  /** What is drawn at another place loses the focus. */
  protected override updated(): void {
    if (this.#focused?.isConnected && document.activeElement === document.body) this.#focused.focus();
  }

  /** Brings a place into view, and puts the focus there. */
  async showPlace({ section, start, end, line }: Message & { kind: "show-place" }): Promise<void> {
    if (this.view === "Text") return this.querySelector<ScenarioSource>("scenario-source")?.showPlace(section, start, end);
    const { card, head } = await this.#drawn(section);
    await card?.showRange(start, end);
    await head?.showLine(line);
  }

  /** Begins what was just added: a person who asks for a new card wants to type in it. */
  async begin(name: string): Promise<void> {
    const { card, head } = await this.#drawn(name);
    await card?.edit();
    head?.begin();
  }

  /** The card of a section, or the head of a folder, which is drawn if it was not. */
  async #drawn(name: string): Promise<{ card: PolicyCard | undefined; head: FolderHead | undefined }> {
    const { folder } = placed(name);
    if (folder !== "") await this.#drawsFolders();
    this.#folded.delete(folder);
    this.requestUpdate();
    this.#shownOwn.show(this.#own().findIndex((section) => section.name === name));
    const parts = folderParts(foldersOf(this.page.state.sections));
    this.#shownParts.show(parts.findIndex(({ folder, section }) => (section?.name ?? folder.name) === name));
    await this.updateComplete;
    return {
      card: [...this.querySelectorAll<PolicyCard>("policy-card")].find((card) => card.section.name === name),
      head: [...this.querySelectorAll<FolderHead>("folder-head")].find((head) => head.folder.name === name),
    };
  }

  /** What draws entities and accounts comes after the first answer: who adds one before that waits for it. */
  async #drawsFolders(): Promise<void> {
    if (this.parts) return;
    await Promise.all([import("./world-parts"), customElements.whenDefined("folder-head")]).catch(() => undefined);
    await drawn();
  }

  /** The policies outside of the folders that have cards, in their order. */
  #own(): readonly Section[] {
    const { state } = this.page;
    const service = actionPrefix(activeRequest(state));
    return inCardOrder(state.sections.filter(({ name }) => placed(name).folder === "")).filter((section) => !isIdle(section, service));
  }

  protected override render(): TemplateResult {
    const { state, judge, diagnoser } = this.page;
    const service = actionPrefix(activeRequest(state));
    const { view, parts } = this;
    const open = diagnoser.result?.checklist ?? [];
    const next = diagnoser.said ? diagnoser.result?.next?.id : undefined;
    return html`<section aria-labelledby="policies-title" class="policies ${view.toLowerCase()}">
      <h2 id="policies-title" class="hidden">Policies</h2>
      ${parts?.viewChoice(view, (chosen) => (this.view = chosen))}
      <div class="world">
        ${this.#cards()} ${parts?.layerBar(this, judge.answer?.layers ?? [], open, diagnoser.answers, next) ?? nothing}
        ${this.#chips(this.#offers(service))} ${this.#newFolders()}
      </div>
      ${view === "Cards" ? nothing : this.#source()} ${this.#editorChoice()}
    </section>`;
  }

  /** What can be added to the file itself. What an entity or an account has a place for is added there. */
  #offers(service: string): Offer[] {
    const { state, judge } = this.page;
    const elsewhere = (kind: Kind) =>
      foldersOf(state.sections).length > 0 &&
      judge.answer?.layers.some(
        ({ name, in: at }) =>
          name === kind.unknown && at.length > 0 && state.sections.some((section) => at.includes(placed(section.name).folder)),
      );
    return offered(state, service)
      .filter(({ kind }) => kind.unknown === "" || !elsewhere(kind))
      .concat(offeredMessage(state));
  }

  /** The text of the whole file. */
  #source(): TemplateResult {
    const { state, judge, fileText, fileProblems } = this.page;
    return html`<div class="card source">
      <scenario-source
        .text=${fileText ?? scenarioText(state)}
        .problems=${fileText === undefined ? judge.problems : fileProblems}
        .waiting=${fileText !== undefined && fileProblems.length > 0}
      ></scenario-source>
      ${fileText === undefined ? nothing : problemList(this, fileProblems, { names: true })}
    </div>`;
  }

  /** The policies, and the entities and accounts with theirs: by account where there are several. */
  #cards(): TemplateResult {
    const { state, judge } = this.page;
    const own = this.#own();
    const folders = folderParts(foldersOf(state.sections));
    const parts: Part[] = [
      ...this.#shownOwn.of(own).map((section) => ({ section })),
      // What draws entities and accounts comes after the first answer.
      ...(this.parts ? drawnFolders(this.#shownParts.of(folders)) : []),
    ];
    const groups = folders.length > 0 || judge.mode === "cross-account" ? this.parts?.byAccount(parts, judge.shown) : undefined;
    const drawn = (groups ?? [{ title: "", parts }]).flatMap(({ title, parts: each }) => [
      ...(title === "" ? [] : [{ key: title, content: () => html`<h3 class="account">${title}</h3>` }]),
      ...this.#withLadders(each.flatMap(({ section }) => section ?? [])),
      ...each.flatMap((part) =>
        part.folder ? [{ key: part.folder.header?.id ?? part.folder.name, content: () => this.#folder(part) }] : [],
      ),
    ]);
    return html`${repeat(
      drawn,
      ({ key }) => key,
      ({ content }) => content(),
    )} ${this.#shownOwn.bar(own.length)} ${this.#shownParts.bar(folders.length)}`;
  }

  /** Cards, each with its key; above those of SCPs and RCPs their levels. */
  #withLadders(cards: readonly Section[]): { key: string | number; content: () => TemplateResult | typeof nothing }[] {
    const { judge } = this.page;
    const first = (type: string) => cards.find((section) => kindOf(section).type === type);
    return cards.flatMap((section) => {
      const { type } = kindOf(section);
      const ladder = (type === "scp" || type === "rcp") && first(type) === section;
      const content = () => this.#card(section);
      if (!ladder) return [{ key: section.id, content }];
      const levels = () => this.parts?.levelLadder(this, cards, type, (names) => judge.levelOf(names)) ?? nothing;
      return [
        { key: `${type} ${placed(section.name).folder}`, content: levels },
        { key: section.id, content },
      ];
    });
  }

  #folder({ folder, cards }: DrawnFolder): TemplateResult {
    const { state, judge } = this.page;
    const { name } = folder;
    const folded = this.#folded.has(name);
    const fold = () => {
      if (!this.#folded.delete(name)) this.#folded.add(name);
      this.requestUpdate();
    };
    return html`<section class="folder" aria-label=${name.replace("/", " ")} data-folder=${name}>
      <folder-head
        .folder=${folder}
        .folded=${folded}
        .fold=${fold}
        .menu=${this.#folderMenu}
        .problems=${judge.problems.filter((problem) => problem.section === name)}
      ></folder-head>
      <div ?hidden=${folded}>
        ${repeat(
          this.#withLadders(cards),
          ({ key }) => key,
          ({ content }) => content(),
        )} ${this.#chips(offered(state, "", name))}
      </div>
    </section>`;
  }

  #newFolders(): TemplateResult {
    const several = this.page.state.sections.some(({ name }) => placed(name).folder !== "");
    return html`<div class="chips world-chips" role="group" aria-label="Entities and accounts">
      <button type="button" class="chip" @click=${() => tell(this, { kind: "entity-add" })}>+ Entity</button>
      <button type="button" class="chip" @click=${() => tell(this, { kind: "account-add" })}>+ Account</button>
      ${
        several
          ? nothing
          : html`<span class="hint">For a call that asks about more than one resource: a bucket and its key, another account.</span>`
      }
    </div>`;
  }

  #card(section: Section): TemplateResult {
    const { state, judge, plain } = this.page;
    const { problems, stale, shown } = judge;
    const kind = kindOf(section);
    const inFolder = placed(section.name).folder !== "";
    const alike = state.sections.filter((entry) => kindOf(entry).type === kind.type).length;
    const said = shown?.said.find((entry) => saidType(entry.type) === kind.type);
    const rows = judge.rowsOf(section.name);
    const kept = kind.type === "resource" || kind.type === "grant" || (kind.type === "identity" && alike === 1);
    return html`<policy-card
      data-section=${section.name}
      .section=${section}
      .label=${cardLabel(section, inFolder ? policyOfFolder(state, placed(section.name).folder) : judge.resourceLabel)}
      .said=${alike === 1 && !inFolder ? said : undefined}
      .rows=${rows}
      .problems=${problems.filter((problem) => problem.section === section.name)}
      .stale=${stale}
      .moved=${judge.hasMoved(section)}
      .removable=${inFolder || !kept || foldersOf(state.sections).length > 0}
      .plain=${plain}
      .brief=${this.narrow}
      .menu=${this.parts && this.#cardMenu}
      .layer=${
        isPresent(section) || state.sections.some((other) => alikeIn(section, other))
          ? undefined
          : this.#layer(placed(section.name).folder, kind)
      }
      .marks=${this.#marks(section.name)}
      .service=${shown?.service ?? ""}
    ></policy-card>`;
  }

  readonly #cardMenu = (section: Section, label: string, removable: boolean) =>
    this.parts?.cardMenu(this, () => this.page.state, section, label, removable) ?? html``;

  readonly #folderMenu = (folder: string, word: string) => this.parts?.folderMenu(this, () => this.page.state, folder, word) ?? html``;

  /** The checks of the call that look at a policy, where there are several. */
  #marks(name: string): TemplateResult | typeof nothing {
    const { answer, chosen } = this.page.judge;
    if (!answer || answer.checks.length < 2) return nothing;
    const reads = (facts: Facts | null) => (facts ?? answer).statements.some((row) => row.section === name);
    const found = answer.checks.flatMap((check, i) => (reads(check.answer) ? [i] : []));
    return this.parts?.checkMarks(found, chosen ?? answer.decisive) ?? nothing;
  }

  #chips(offers: readonly Offer[]): TemplateResult | typeof nothing {
    if (offers.length === 0) return nothing;
    return html`<div class="chips">
      ${offers.map((offer) => {
        const add = html`<button type="button" class="chip"
          @click=${() => tell(this, { kind: "section-add", section: offer })}>+ ${offer.text}</button>`;
        const known = offer.level === "new" ? undefined : this.#layer(offer.folder, offer.kind);
        return known ? html`<span class="pair">${add}${known}</span>` : add;
      })}
    </div>`;
  }

  /** What is known of a kind of policy beyond what is given. */
  #layer(folder: string, kind: Kind): TemplateResult | undefined {
    const { state, judge } = this.page;
    return this.parts?.layerState(this, state, judge.answer?.layers ?? [], folder, kind);
  }

  #editorChoice(): TemplateResult {
    const { plain } = this.page;
    return html`<p class="hint editor-choice">
      <label><input type="checkbox" .checked=${plain}
        @change=${(event: Event) =>
          tell(this, { kind: "plain-editor", plain: (event.target as HTMLInputElement).checked })} /> Plain text boxes</label>
      ${this.parts?.themeChoice(this)}
      <span>${this.listVersion}</span>
    </p>`;
  }
}

customElements.define("policy-list", PolicyList);
