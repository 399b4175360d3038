/** The element <instap-chat>: what happens when somebody opens, says, presses or closes something. */

import { make } from "./dom";
import { Gateway, Problem, type Past, type Said, type Turn, type Words } from "./gateway";
import { recall, recallDraft, remember, rememberDraft, takePassage } from "./memory";
import { Panel } from "./panel";
import { COARSE, DARK, FULL_SCREEN, keepReadable, look, sheet } from "./theme";

const SAVED = 40_000; // ms; a browser that asks where to put a file still needs it a while
const PAUSE = 300; // ms; a quick reply needs no "is typing"
const FIRST_WAIT = 2_000; // ms before the words are asked for again
const LONGEST_WAIT = 120_000;
const COMPOSING = 229; // the key code of an Enter that only ends a composition, in Safari

/** What a browser may fill in where that is the question (WCAG 1.3.5). */
const PURPOSES: Readonly<Record<string, AutoFill>> = {
  name: "name", email: "email", phone: "tel", company: "organization",
};

export const define = (home: URL): void => {
  class Chat extends HTMLElement {
    #gateway!: Gateway;
    #words!: Words;
    #panel: Panel | undefined;
    #passage: string | undefined; // opens a conversation that was held elsewhere
    #failed: { content: string; id: string } | undefined; // sent again, a message keeps its id
    #busy = false;
    #asks: string | null = null; // the open question
    #connection = new AbortController(); // of this element with its page
    readonly #theme = sheet();
    readonly #size = sheet();

    connectedCallback(): void {
      this.#passage = takePassage() ?? this.#passage;
      this.#connection = new AbortController();
      this.#follow();
      if (this.shadowRoot) return;
      this.lang ||= "nl";
      const address = new URL(this.getAttribute("gateway") || home, document.baseURI);
      this.#gateway = new Gateway(address.href.replace(/\/+$/, ""));
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [look(), this.#theme, this.#size];
      this.#prepare(FIRST_WAIT);
    }

    disconnectedCallback(): void {
      this.#connection.abort();
    }

    async #prepare(wait: number): Promise<void> {
      const root = this.shadowRoot!;
      try {
        this.#words = await this.#gateway.words();
      } catch {
        if (!root.hasChildNodes()) root.append(make("slot"));
        setTimeout(() => this.#prepare(Math.min(wait * 2, LONGEST_WAIT)), wait);
        return;
      }
      const panel = this.#panel = new Panel(this.#words, `${this.#gateway.home}/privacy`, this.hasAttribute("page"));
      root.replaceChildren(panel.element, ...(panel.isPage ? [] : [panel.launcher]));
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, panel.log.room];
      this.#listen(panel);
      this.#checkTheme();
      const kept = recall();
      this.#gateway.token = kept?.token;
      panel.box.value = recallDraft();
      if (this.#passage) this.#open(panel, true);
      else if (panel.isPage || kept?.open) this.#open(panel);
    }

    /* ---- what is listened to ---- */

    #listen(panel: Panel): void {
      const { launcher, close, log, form, box, restart, onward } = panel;
      launcher.addEventListener("click", () => (panel.isOpen ? this.#close(panel) : this.#open(panel, true)));
      close.addEventListener("click", () => this.#close(panel));
      restart.addEventListener("click", () => {
        const again = () => this.#restart(panel);
        if (this.#asks) panel.warn(this.#words.restart_sure, this.#words.restart, again);
        else again();
      });
      onward?.addEventListener("click", () => this.#say(panel, onward.textContent));
      form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(panel); });
      box.addEventListener("input", () => rememberDraft(box.value));
      box.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === COMPOSING) return;
        event.preventDefault();
        this.#submit(panel);
      });
      log.element.addEventListener("click", ({ target }) => {
        const pressed = (target as Element).closest("button");
        if (!pressed || pressed.ariaDisabled) return;
        if (pressed.closest(".files")) this.#save(panel, pressed.value);
        else this.#send(panel, { button: pressed.value }, pressed.textContent, pressed);
      });
      if (panel.isPage) return;
      this.shadowRoot!.addEventListener("keydown", (event) => {
        const { key, isComposing } = event as KeyboardEvent;
        if (key === "Escape" && !isComposing && panel.isOpen) this.#close(panel);
      });
    }

    /** The page and the browser, as long as this element is on the page. */
    #follow(): void {
      const { signal } = this.#connection;
      addEventListener("offline", () => this.#showConnection(), { signal });
      addEventListener("online", () => this.#showConnection(), { signal });
      addEventListener("pageshow", ({ persisted }) => persisted && this.#catchUp(), { signal });
      document.addEventListener("visibilitychange", () => document.hidden || this.#catchUp(), { signal });
      addEventListener("hashchange", () => {
        this.#passage = takePassage() ?? this.#passage;
        if (this.#passage && this.#panel) this.#open(this.#panel, true);
      }, { signal });
      matchMedia(DARK).addEventListener("change", () => this.#checkTheme(), { signal });
      addEventListener("focusin", ({ target }) => {
        // a full screen panel would hide where the focus went
        const panel = this.#panel;
        const covers = panel?.isOpen && !panel.isPage && matchMedia(FULL_SCREEN).matches;
        if (covers && target !== this) this.#close(panel, false);
      }, { signal });
      const view = visualViewport;
      const fit = () => view && this.#size.replaceSync(view.scale > 1.01 ? ""
        : `:host { --top: ${view.offsetTop}px; --height: ${view.height}px }`); // above the keyboard
      view?.addEventListener("resize", fit, { signal });
      view?.addEventListener("scroll", fit, { signal });
    }

    #checkTheme(): void {
      if (this.#panel) keepReadable(this.#panel.header, this.#theme);
    }

    #showConnection(): void {
      const panel = this.#panel;
      if (!panel || this.#busy || panel.offers) return; // something better is said there
      const { disconnected } = this.#words;
      if (!navigator.onLine) panel.warn(disconnected);
      else if (panel.noted === disconnected) panel.note("");
    }

    /** Another page of this tab, or another tab, may have gone on: the view is brought up to date. */
    async #catchUp(): Promise<void> {
      const panel = this.#panel;
      if (!panel || this.#busy) return;
      const token = recall()?.token;
      if (token !== this.#gateway.token) {
        this.#gateway.token = token;
        this.#gateway.turn = undefined;
        panel.log.clear();
        if (panel.isOpen) this.#open(panel);
      } else if (token && !panel.log.isEmpty) {
        const past = await this.#quietly(() => this.#gateway.history());
        if (!past || past.turn === this.#gateway.turn || token !== this.#gateway.token) return;
        panel.log.clear();
        await this.#retell(panel, past);
      }
    }

    /** The answer, or nothing where it does not come; nobody is told. */
    async #quietly<T>(question: () => Promise<T>): Promise<T | undefined> {
      this.#busy = true;
      try {
        return await question();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return undefined;
      } finally {
        this.#busy = false;
      }
    }

    /* ---- opening and closing ---- */

    #open(panel: Panel, byVisitor = false): void {
      const { log } = panel;
      panel.isOpen = true;
      this.#checkTheme();
      this.#remember();
      if (byVisitor) this.#focus(panel);
      if (this.#passage) this.#begin(panel, this.#passage);
      else if (!log.isEmpty || this.#busy) log.toEnd();
      else if (this.#gateway.token) this.#replay(panel);
      else this.#begin(panel);
    }

    #close(panel: Panel, backToLauncher = true): void {
      panel.isOpen = false;
      this.#remember();
      if (backToLauncher) panel.launcher.focus();
    }

    /** A finger that opens the panel wants to read it, not to have a keyboard over it. */
    #focus({ box, log }: Panel): void {
      (matchMedia(COARSE).matches ? log.element : box).focus();
    }

    async #restart(panel: Panel): Promise<void> {
      if (!await this.#begin(panel)) return;
      panel.box.value = "";
      rememberDraft("");
      this.#focus(panel);
    }

    /** The old conversation stays until the new one is there. */
    async #begin(panel: Panel, passage?: string): Promise<boolean> {
      const refused = async (detail: string) => {
        this.#passage = undefined;
        if (await this.#begin(panel)) panel.warn(detail);
      };
      const started = await this.#ask(panel, () => this.#gateway.start(passage),
        () => this.#begin(panel, passage), passage ? refused : undefined);
      if (!started) return false;
      this.#passage = undefined;
      this.#failed = undefined;
      this.#gateway.token = started.token;
      this.#remember();
      panel.log.clear();
      if (passage) await this.#replay(panel, started.turn.messages.length);
      this.#show(panel, started.turn);
      return true;
    }

    /** What was said before; the last `fresh` messages are not history yet. */
    async #replay(panel: Panel, fresh = 0): Promise<void> {
      const past = await this.#ask(panel, () => this.#gateway.history(), () => this.#replay(panel, fresh));
      if (past) await this.#retell(panel, past, fresh);
    }

    async #retell(panel: Panel, { messages, turn, asks }: Past, fresh = 0): Promise<void> {
      this.#gateway.turn = turn ?? undefined;
      this.#asks = asks ?? null;
      await panel.log.replay(messages.slice(0, messages.length - fresh));
    }

    /* ---- talking ---- */

    async #submit(panel: Panel): Promise<void> {
      const { box } = panel;
      const text = box.value.trim();
      if (this.#busy) return;
      box.focus();
      if (!text) return;
      if (!this.#gateway.token && !await this.#begin(panel)) return;
      box.value = "";
      rememberDraft("");
      await this.#say(panel, text);
    }

    async #say(panel: Panel, text: string): Promise<void> {
      if (this.#gateway.token || await this.#begin(panel)) await this.#send(panel, { text }, text);
    }

    async #send(panel: Panel, said: Said, shown: string, choice?: Element): Promise<void> {
      if (this.#busy) return;
      const { box, log } = panel;
      const content = JSON.stringify(said);
      const id = this.#failed?.content === content ? this.#failed.id : newId();
      const spent = log.spend(choice);
      const own = log.say({ from: "visitor", text: shown });
      log.reveal(own);
      const turn = await this.#ask(panel, () => this.#gateway.send(said, id), () => {
        if (choice) return this.#send(panel, said, shown, choice);
        box.value ||= shown;
        return this.#submit(panel);
      });
      if (turn) {
        this.#failed = undefined;
        this.#show(panel, turn, own);
        return;
      }
      this.#failed = { content, id };
      own.remove();
      if (this.#gateway.token) log.revive(spent, choice); // the choices of an expired conversation stay spent
      if (choice) return;
      box.value = [shown, box.value].filter(Boolean).join("\n");
      rememberDraft(box.value);
    }

    #show(panel: Panel, turn: Turn, answered?: HTMLElement): void {
      this.#gateway.turn = turn.id ?? undefined;
      this.#asks = turn.asks ?? null;
      panel.log.show(turn, answered);
      panel.box.autocomplete = PURPOSES[turn.asks ?? ""] ?? "off";
    }

    async #save(panel: Panel, name: string): Promise<void> {
      const file = await this.#ask(panel, () => this.#gateway.file(name), () => this.#save(panel, name));
      if (!file) return;
      const href = URL.createObjectURL(file.content);
      make("a", { href, download: file.name }).click();
      setTimeout(() => URL.revokeObjectURL(href), SAVED);
    }

    /** The answer, or a notice that says what went wrong and offers the next step. */
    async #ask<T>(
      panel: Panel, question: () => Promise<T>, again: () => void, refused?: (detail: string) => Promise<void>,
    ): Promise<T | undefined> {
      if (this.#busy) return undefined;
      this.#busy = panel.isBusy = true;
      panel.note("");
      const pause = setTimeout(() => panel.note(this.#words.typing), PAUSE);
      let problem: Problem;
      try {
        return await question();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        problem = error;
      } finally {
        clearTimeout(pause);
        this.#busy = panel.isBusy = false;
        panel.note("");
        this.#showConnection();
      }
      await this.#explain(panel, problem, again, refused);
      return undefined;
    }

    async #explain(
      panel: Panel, problem: Problem, again: () => void, refused?: (detail: string) => Promise<void>,
    ): Promise<void> {
      const { offline, failed, retry, start } = this.#words;
      const detail = problem.detail ?? (problem.status ? failed : offline);
      if (problem.passes) {
        panel.warn(detail, retry, again);
      } else if (refused) {
        await refused(detail);
      } else if (problem.status === 401) {
        this.#gateway.token = undefined;
        this.#remember();
        panel.warn(detail, start, () => this.#begin(panel));
      } else {
        panel.warn(detail);
      }
    }

    #remember(): void {
      const { token } = this.#gateway;
      remember(token ? { token, open: this.#panel?.isOpen ?? false } : undefined);
    }
  }

  customElements.define("instap-chat", Chat);
};

/** Also where a page came over plain http, and a browser has no randomUUID. */
const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
