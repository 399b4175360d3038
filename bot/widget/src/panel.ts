/** The elements of the widget, and the notice below the conversation. */

import { button, icon, make } from "./dom";
import type { Words } from "./gateway";
import { Log } from "./log";

export class Panel {
  readonly launcher;
  readonly element = make("section", { id: "panel", class: "panel", "aria-labelledby": "title", hidden: "" });
  readonly close;
  readonly log;
  readonly header;
  readonly form = make("form");
  readonly box;
  readonly send;
  readonly restart;
  readonly onward;
  readonly #notice = make("div", { class: "notice" });
  readonly #status = make("p", { role: "status" });
  readonly #action = button("action", { hidden: "" });

  /** `isPage`: the panel is all there is, so that nothing opens or closes it. */
  constructor(words: Words, privacy: string, readonly isPage: boolean) {
    this.log = new Log(words);
    this.launcher = button("launcher", { "aria-expanded": "false", "aria-controls": "panel" },
      icon("talk"), icon("close"), make("span", {}, words.open));
    this.close = button("close", { "aria-label": words.close }, icon("close"));
    this.box = make("textarea", { id: "box", rows: "1", dir: "auto", placeholder: words.placeholder, enterkeyhint: "send", autocomplete: "off" });
    this.send = make("button", { type: "submit", "aria-label": words.send }, icon("send"));
    this.restart = button("plain restart", {}, words.restart);
    this.onward = words.telegram ? button("plain onward", {}, words.telegram) : undefined;
    this.header = make("header", {},
      make("div", {}, make(isPage ? "h1" : "h2", { id: "title" }, words.title), make("p", {}, words.subtitle)));
    if (!isPage) this.header.append(this.close);
    this.#notice.append(this.#status, this.#action);
    this.form.append(make("label", { class: "aside", for: "box" }, words.input_label), this.box, this.send);
    const talk = make("div", { class: "talk" }, this.log.element, this.log.more);
    this.element.append(this.header, talk, this.#notice, this.form, make("footer", {},
      make("a", { href: privacy, target: "_blank", rel: "noopener" }, words.privacy),
      ...(this.onward ? [this.onward] : []), this.restart));
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  set isOpen(open: boolean) {
    this.element.hidden = !open;
    this.launcher.ariaExpanded = String(open);
  }

  set isBusy(busy: boolean) {
    this.send.ariaDisabled = busy ? "true" : null;
  }

  /** Whether the notice offers a next step. */
  get offers(): boolean {
    return !this.#action.hidden;
  }

  get noted(): string {
    return this.#status.textContent;
  }

  note(text: string): void {
    this.#say(text, "");
  }

  warn(text: string, label = "", action: (() => void) | null = null): void {
    this.#say(text, "wrong", label, action);
  }

  #say(text: string, kind: string, label = "", action: (() => void) | null = null): void {
    if (this.#action.matches(":focus")) this.box.focus(); // the pressed button goes, the focus must not
    const { isAtEnd } = this.log;
    this.#notice.className = `notice ${kind}`;
    this.#status.textContent = text;
    this.#action.textContent = label;
    this.#action.hidden = !action;
    this.#action.onclick = action;
    if (isAtEnd) this.log.toEnd(); // the notice takes room from the log, not the last words
  }
}
