/** The conversation as it is shown. What stands in it stays there: a screen reader reads only what is new. */

import { button, ELSEWHERE, icon, linked, make, qrCode } from "./dom";
import { sheet } from "./theme";
import type { Link, Message, Turn, Words } from "./gateway";

const QUIET = 150; // ms after which what was replayed counts as known

export class Log {
  readonly element = make("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" });
  readonly room = sheet(); // how much of the log the choices cover
  #docked = 0;
  readonly more; // beside the log, for a finger or a mouse: keys and screen readers go through the log itself

  constructor(readonly words: Words) {
    this.element.setAttribute("aria-label", words.log_label);
    this.more = button("further", { tabindex: "-1", "aria-hidden": "true", title: words.more, hidden: "" }, "↓");
    this.element.addEventListener("scroll", () => this.#look(), { passive: true });
    new ResizeObserver(() => this.#look()).observe(this.element);
    this.more.addEventListener("click", () => this.element.scrollBy({ top: this.element.clientHeight / 2 }));
  }

  get isEmpty(): boolean {
    return !this.element.hasChildNodes();
  }

  get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < 2;
  }

  clear(): void {
    this.element.replaceChildren();
    this.#look();
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** A turn of the assistant, in view from what it answers where there is room for both. */
  show({ messages, files = [], links = [] }: Turn, answered?: HTMLElement): void {
    const last = messages.length - 1;
    const added = messages.map((message, i) =>
      this.say({ from: "assistant", ...message, ...(i === last && { files, links }) }));
    const [first = answered] = added;
    const all = answered && this.element.scrollHeight - answered.offsetTop <= this.element.clientHeight;
    if (first) this.reveal(all ? answered : first);
  }

  /** A reload does not read the whole conversation aloud again. */
  async replay(messages: readonly Message[]): Promise<void> {
    this.element.ariaLive = "off";
    for (const message of messages) {
      if (message.from === "visitor") this.spend();
      this.say(message);
    }
    this.toEnd();
    await new Promise((known) => setTimeout(known, QUIET));
    this.element.ariaLive = "polite";
  }

  say({ from, text, buttons = [], files = [], links = [] }: Message): HTMLElement {
    const [before] = [...this.element.querySelectorAll(".turn")].slice(-1);
    const follows = before?.classList.contains(from);
    const own = from === "visitor";
    const turn = make("div", { class: `turn ${from}` },
      make("p", { class: follows ? "aside" : "who" }, own ? this.words.you : this.words.bot),
      make("p", { class: "bubble", dir: own ? "auto" : "ltr" }, ...(own ? [text] : linked(text))));
    const below = (name: string, parts: Node[]) => parts.length && turn.append(make("div", { class: name }, ...parts));
    below("files", files.map((name) =>
      button("", { value: name }, this.words[`file_${name}`] ?? this.words.save_file)));
    below("links", links.filter(({ url }) => /^https?:\/\//.test(url)).flatMap((link) => this.#onward(link)));
    this.element.append(turn);
    if (buttons.length) {
      this.#undock();
      this.element.append(make("div", { class: "choices docked" },
        ...buttons.map(({ id, title }) => button("", { value: id }, title))));
    }
    this.#look();
    return turn;
  }

  /** The choices that came last stay in view at the bottom; these no longer. */
  #undock(): Element | null {
    const dock = this.element.querySelector(".docked");
    dock?.classList.remove("docked");
    return dock;
  }

  /** A sign that there is more to read, above the choices; what gets the focus is not hidden by them. */
  #look(): void {
    const docked = this.element.querySelector<HTMLElement>(".docked")?.offsetHeight ?? 0;
    if (docked !== this.#docked) this.room.replaceSync(`:host { --docked: ${docked}px }`);
    this.#docked = docked;
    this.more.hidden = this.isAtEnd;
  }

  /** The address to go on at; its QR code is for the telephone of who sits at a large screen. */
  #onward({ title, url, qr }: Link): Node[] {
    const link = make("a", { href: url, ...ELSEWHERE }, title, icon("onward"));
    if (!qr) return [link];
    return [link, make("figure", {},
      qrCode(qr.size, qr.path, `${this.words.qr}: ${title}`), make("figcaption", {}, this.words.scan))];
  }

  /** Down, but never past the beginning of a long reply. */
  reveal(first: HTMLElement): void {
    this.element.scrollTop = Math.min(this.element.scrollHeight, first.offsetTop - 12);
    this.#look();
  }

  /** aria-disabled: a disabled button would lose the focus of whoever pressed it. */
  spend(choice?: Element): Element[] {
    const open = [...this.element.querySelectorAll(".choices button:not([aria-disabled])")];
    for (const each of open) each.setAttribute("aria-disabled", "true");
    this.#undock();
    this.#look();
    choice?.classList.add("chosen");
    return open;
  }

  revive(spent: readonly Element[], choice?: Element): void {
    for (const each of spent) each.removeAttribute("aria-disabled");
    spent.at(-1)?.parentElement?.classList.add("docked");
    this.#look();
    choice?.classList.remove("chosen");
  }
}
