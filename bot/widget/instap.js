/*
 * Instap on a website: <script src="https://…/widget/instap.js" defer></script> and <instap-chat></instap-chat>.
 *
 * `gateway` is the address of the assistant (else where this script came from), `scheme="light"` is for a site without a
 * dark version, the --instap-… properties below are the theme. What stands inside the element shows while the assistant
 * cannot be reached. All words come from the gateway.
 */
(() => {
  "use strict";
  if (customElements.get("instap-chat")) return;

  const HOME = new URL("..", document.currentScript.src);
  const WORDS = "/api/v1/widget";
  const CONVERSATIONS = "/api/v1/conversations";
  const MESSAGES = "/api/v1/messages";
  const FILES = "/api/v1/files/";
  const STORE = "instap";
  const PATIENCE = 30_000; // ms before an unanswered request counts as lost
  const SAVED = 40_000; // ms; a browser that asks where to put a file still needs it a while
  const PAUSE = 300; // ms; a quick reply needs no "is typing"
  const FULL_SCREEN = "(max-width: 479.98px), (max-height: 420px)";
  const ADDRESS = /((?:https:\/\/|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]])/;
  const ICONS = {
    talk: "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 9h8M8 12.5h5",
    close: "M6 6l12 12M18 6L6 18",
    send: "M12 20V5M5 11.5l7-7 7 7",
  };

  const LOOK = `
    :host {
      all: initial; display: block;
      --accent: var(--instap-accent, #0b5565); --on-accent: var(--instap-on-accent, #fff);
      --link: var(--instap-link, #0b5565); --surface: var(--instap-surface, #fff);
      --soft: var(--instap-soft, #edf2f3); --text: var(--instap-text, #14262b);
      --muted: var(--instap-muted, #4d6167); --line: var(--instap-line, #75878d); --hair: #d9e2e4; --edge: transparent;
      color: var(--text); font-family: var(--instap-font, system-ui, sans-serif); line-height: 1.5;
    }
    @media (prefers-color-scheme: dark) {
      :host(:not([scheme=light])) {
        color-scheme: dark;
        --accent: var(--instap-accent, #155e6d); --link: var(--instap-link, #8bd9e6);
        --surface: var(--instap-surface, #121b1e); --soft: var(--instap-soft, #212e33);
        --text: var(--instap-text, #e8f0f2); --muted: var(--instap-muted, #a5b8be);
        --line: var(--instap-line, #768a91); --hair: #2b3a40; --edge: #5d98a3;
      }
    }
    :host([hidden]), [hidden] { display: none !important; }
    :where(.launcher, .panel) { all: initial; color-scheme: inherit; color: var(--text); } /* a site's own * { … } ends here */
    *, ::before, ::after { box-sizing: border-box; }
    button, textarea { font: inherit; color: inherit; margin: 0; }
    button { min-width: 44px; min-height: 44px; padding: 0; border: 1px solid transparent; background: none; cursor: pointer; }
    a, .plain { color: var(--link); text-underline-offset: 3px; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    svg { display: block; width: 24px; height: 24px; margin: auto; fill: none; stroke: currentColor; stroke-width: 2;
      stroke-linecap: round; stroke-linejoin: round; }
    p { margin: 0; }
    .aside, .launcher[aria-expanded=true] span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

    .launcher, .panel { position: fixed; inset: auto 16px 16px auto; z-index: var(--instap-layer, 1000); display: flex;
      font: medium/1.5 var(--instap-font, system-ui, sans-serif); }
    .launcher { align-items: center; gap: 10px; min-width: 56px; min-height: 56px; padding: 0 22px 0 18px;
      border-color: var(--edge); border-radius: 28px; background: var(--accent); color: var(--on-accent);
      font-weight: 600; box-shadow: 0 4px 16px #0004; }
    .launcher[aria-expanded=true] { padding: 0 15px; }
    .launcher[aria-expanded=true] .talk, .launcher[aria-expanded=false] .close { display: none; }

    .panel { bottom: 84px; flex-direction: column; overflow: hidden;
      width: min(400px, calc(100vw - 32px)); height: min(640px, calc(100vh - 100px));
      border: 1px solid var(--hair); border-radius: 18px; background: var(--surface); box-shadow: 0 12px 48px #0005;
      animation: rise .18s ease-out; }
    header { display: flex; align-items: center; gap: 8px; padding: 10px 10px 10px 20px; background: var(--accent);
      color: var(--on-accent); }
    header > div { flex: 1; min-width: 0; }
    h2 { margin: 0; font-size: 1.0625em; line-height: 1.3; overflow-wrap: anywhere; }
    header p { font-size: .875em; line-height: 1.35; }
    header :focus-visible { outline-color: var(--on-accent); outline-offset: -4px; }
    header button { border-radius: 12px; }

    .log { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px; position: relative; }
    .log:focus-visible { outline-offset: -3px; }
    .turn { margin-top: 6px; }
    .turn:first-child { margin-top: 0; }
    .who { margin: 14px 4px 4px; font-size: .8125em; color: var(--muted); }
    .turn:first-child .who { margin-top: 0; }
    .visitor .who { text-align: right; }
    .bubble { width: fit-content; max-width: 86%; padding: 9px 14px; border: 1px solid transparent; border-radius: 18px;
      white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); }
    .assistant .bubble { border-bottom-left-radius: 6px; }
    .visitor .bubble { margin-left: auto; border-bottom-right-radius: 6px; background: var(--accent); color: var(--on-accent); }
    .choices, .files { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
    .choices button, .files button { padding: 7px 16px; border: 1.5px solid var(--link); border-radius: 22px; color: var(--link);
      background: var(--surface); font-weight: 500; line-height: 1.3; text-align: left; overflow-wrap: anywhere; }
    .choices button:hover, .files button:hover { background: var(--soft); }
    .choices [aria-disabled] { border-color: var(--hair); color: var(--muted); background: none; cursor: default; font-weight: 400; }
    .choices .chosen { border-color: var(--line); color: var(--text); }
    .choices .chosen::before { content: "✓ "; content: "✓ " / ""; }

    .notice { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; min-height: 28px; padding: 0 20px;
      border-top: 1px solid var(--hair); font-size: .875em; color: var(--muted); }
    .notice.wrong { padding-block: 8px; margin-bottom: 6px; background: var(--soft); color: var(--text); }
    .notice p { flex: 1 1 12em; }
    .notice button { padding: 0 16px; border: 1.5px solid var(--link); border-radius: 22px; color: var(--link); font-weight: 600; }

    form { display: flex; align-items: flex-end; gap: 8px; padding: 4px 12px 0; }
    textarea { flex: 1; min-width: 0; height: 46px; min-height: 46px; max-height: 136px; padding: 10px 14px; resize: none;
      border: 1px solid var(--line); border-radius: 23px; background: var(--surface); }
    @supports (field-sizing: content) { textarea { field-sizing: content; height: auto; } }
    textarea::placeholder { color: var(--muted); opacity: 1; }
    textarea:focus-visible { outline-width: 2px; outline-offset: 0; border-color: var(--link); }
    form button { width: 46px; height: 46px; flex: none; border-color: var(--edge); border-radius: 23px;
      background: var(--accent); color: var(--on-accent); }
    form button[aria-disabled] { opacity: .6; }
    footer { display: flex; justify-content: space-between; padding: 0 8px 2px; font-size: .875em; }
    footer > * { display: inline-flex; align-items: center; min-height: 44px; padding: 0 12px; }
    .plain { text-decoration: underline; }

    @keyframes rise { from { opacity: 0; transform: translateY(8px); } }
    @media ${FULL_SCREEN} {
      .panel { inset: var(--top, 0) 0 auto; width: 100%; height: var(--height, 100dvh); border: 0; border-radius: 0; }
      .launcher[aria-expanded=true] { display: none; }
    }
    @media (max-height: 420px) {
      .panel { overflow-y: auto; }
      .log { min-height: 132px; }
      header { padding-block: 0; }
      header p { display: none; }
      .notice { min-height: 4px; }
    }
    @media (prefers-reduced-motion: reduce) { .panel { animation: none; } }
    @media (forced-colors: active) {
      .panel, .bubble, .launcher, header, form button { border: 1px solid; }
      .choices [aria-disabled] { color: GrayText; border-color: GrayText; }
    }
    @media print { :host { display: none; } }
  `;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children); // a string becomes a text node, never HTML
    return element;
  };

  const icon = (name) => {
    const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", name);
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  };

  const linked = (text) => text.split(ADDRESS).map((part, i) => {
    if (i % 2 === 0) return part;
    const href = part.replace(/^www\./, "https://www.");
    const pieces = part.split("/").flatMap((piece, j) => (j ? ["/", make("wbr"), piece] : [piece]));
    return make("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...pieces);
  });

  class Problem extends Error {
    constructor(detail, status = 0) {
      super(detail);
      this.status = status;
      this.passing = [0, 408, 409, 429].includes(status) || status >= 500;
    }
  }

  customElements.define("instap-chat", class extends HTMLElement {
    #words;
    #token;
    #busy = false;
    #failed; // the last message that got no answer: sent again, it keeps its id
    #parts = {};

    connectedCallback() {
      if (this.shadowRoot) return;
      this.lang ||= "nl";
      const look = new CSSStyleSheet();
      look.replaceSync(LOOK);
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [look];
      this.#prepare(2000);
    }

    async #prepare(wait) {
      try {
        this.#words = await this.#fetch("GET", WORDS);
      } catch {
        if (!this.shadowRoot.hasChildNodes()) this.shadowRoot.append(make("slot"));
        setTimeout(() => this.#prepare(Math.min(wait * 2, 120_000)), wait);
        return;
      }
      this.shadowRoot.replaceChildren();
      this.#build();
      const kept = this.#store((tab) => JSON.parse(tab.getItem(STORE)));
      this.#token = kept?.token;
      if (kept?.open) this.#open();
    }

    #build() {
      const words = this.#words;
      const button = (name, label, ...content) => make("button", { type: "button", class: name, ...label }, ...content);
      const parts = this.#parts = {
        launcher: button("launcher", { "aria-expanded": "false", "aria-controls": "panel" },
          icon("talk"), icon("close"), make("span", {}, words.open)),
        panel: make("section", { id: "panel", class: "panel", "aria-labelledby": "title", hidden: "" }),
        close: button("close", { "aria-label": words.close }, icon("close")),
        log: make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": words.log_label, tabindex: "0" }),
        notice: make("div", { class: "notice" }),
        status: make("p", { role: "status" }),
        action: button("action", { hidden: "" }),
        form: make("form"),
        box: make("textarea", { id: "box", rows: "1", placeholder: words.placeholder, autocomplete: "off", enterkeyhint: "send" }),
        send: make("button", { type: "submit", "aria-label": words.send }, icon("send")),
        restart: button("plain restart", {}, words.restart),
      };
      const privacy = make("a", { href: `${this.#gateway}/privacy`, target: "_blank", rel: "noopener" }, words.privacy);
      parts.notice.append(parts.status, parts.action);
      parts.form.append(make("label", { class: "aside", for: "box" }, words.input_label), parts.box, parts.send);
      parts.panel.append(
        make("header", {}, make("div", {}, make("h2", { id: "title" }, words.title), make("p", {}, words.subtitle)), parts.close),
        parts.log, parts.notice, parts.form, make("footer", {}, privacy, parts.restart),
      );
      this.shadowRoot.append(parts.panel, parts.launcher);
      this.#listen();
    }

    #listen() {
      const { launcher, panel, close, log, form, box, restart } = this.#parts;
      launcher.addEventListener("click", () => (panel.hidden ? this.#open(true) : this.#close()));
      close.addEventListener("click", () => this.#close());
      restart.addEventListener("click", () => this.#begin().then(() => box.focus()));
      form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
      box.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.#submit();
      });
      log.addEventListener("click", ({ target }) => {
        const file = target.closest(".files button");
        if (file) this.#save(file.value);
        const choice = target.closest(".choices button");
        if (choice && !choice.ariaDisabled) this.#send({ button: choice.value }, choice.textContent, choice);
      });
      this.shadowRoot.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !event.isComposing && !panel.hidden) this.#close();
      });
      // a full screen panel would hide where the focus went
      panel.addEventListener("focusout", ({ relatedTarget }) => {
        if (relatedTarget && !panel.contains(relatedTarget) && matchMedia(FULL_SCREEN).matches) this.#close(false);
      });
      this.#fitAboveKeyboard();
    }

    #fitAboveKeyboard() {
      const view = window.visualViewport;
      if (!view) return;
      const size = new CSSStyleSheet();
      this.shadowRoot.adoptedStyleSheets.push(size);
      const fit = () => size.replaceSync(view.scale > 1.01 ? ""
        : `:host { --top: ${view.offsetTop}px; --height: ${view.height}px; }`);
      view.addEventListener("resize", fit);
      view.addEventListener("scroll", fit);
    }

    #open(byVisitor = false) {
      const { launcher, panel, log, box } = this.#parts;
      panel.hidden = false;
      launcher.setAttribute("aria-expanded", "true");
      this.#remember();
      if (byVisitor) box.focus();
      if (log.hasChildNodes() || this.#busy) log.scrollTop = log.scrollHeight;
      else if (this.#token) this.#replay();
      else this.#begin();
    }

    #close(backToLauncher = true) {
      this.#parts.panel.hidden = true;
      this.#parts.launcher.setAttribute("aria-expanded", "false");
      this.#remember();
      if (backToLauncher) this.#parts.launcher.focus();
    }

    /* The old conversation stays until the new one is there. */
    async #begin() {
      const started = await this.#ask("POST", CONVERSATIONS, {}, () => this.#begin());
      if (!started) return;
      this.#token = started.token;
      this.#failed = undefined;
      this.#remember();
      this.#parts.log.replaceChildren();
      this.#show(started.turn);
    }

    async #replay() {
      const { log } = this.#parts;
      const past = await this.#ask("GET", MESSAGES, undefined, () => this.#replay());
      if (!past) return;
      log.setAttribute("aria-live", "off"); // a reload does not read the whole conversation aloud again
      for (const message of past.messages) {
        if (message.from === "visitor") this.#spend();
        this.#say(message.from, message.text, message.buttons, message.files);
      }
      log.scrollTop = log.scrollHeight;
      setTimeout(() => log.setAttribute("aria-live", "polite"), 150);
    }

    async #submit() {
      const { box } = this.#parts;
      const text = box.value.trim();
      if (this.#busy) return;
      box.focus();
      if (!text) return;
      if (!this.#token) await this.#begin();
      if (!this.#token) return;
      box.value = "";
      await this.#send({ text }, text);
    }

    async #send(message, shown, choice) {
      if (this.#busy) return;
      const { box } = this.#parts;
      const content = JSON.stringify(message);
      const id = this.#failed?.content === content ? this.#failed.id : crypto.randomUUID();
      const spent = this.#spend(choice);
      const own = this.#say("visitor", shown);
      this.#reveal(own);
      const turn = await this.#ask("POST", MESSAGES, { ...message, id }, () => {
        if (choice) return this.#send(message, shown, choice);
        box.value ||= shown;
        return this.#submit();
      });
      if (turn) {
        this.#failed = undefined;
        this.#show(turn, own);
        return;
      }
      this.#failed = { content, id };
      own.remove();
      if (this.#token) this.#revive(spent, choice); // the choices of an expired conversation stay spent
      if (!choice) box.value = [shown, box.value].filter(Boolean).join("\n");
    }

    async #save(name) {
      const file = await this.#ask("GET", FILES + name, undefined, () => this.#save(name));
      if (!file) return;
      const href = URL.createObjectURL(file.content);
      make("a", { href, download: file.name }).click();
      setTimeout(() => URL.revokeObjectURL(href), SAVED);
    }

    /* ---- what is shown ---- */

    #show({ messages, files }, from) {
      const last = messages.length - 1;
      const added = messages.map(({ text, buttons }, i) =>
        this.#say("assistant", text, buttons, i === last ? files : []));
      this.#reveal(from ?? added[0]);
    }

    #say(speaker, text, buttons = [], files = []) {
      const { log } = this.#parts;
      const follows = log.lastElementChild?.classList.contains(speaker);
      const name = speaker === "visitor" ? this.#words.you : this.#words.bot;
      const turn = make("div", { class: `turn ${speaker}` },
        make("p", { class: follows ? "aside" : "who" }, name),
        make("p", { class: "bubble" }, ...(speaker === "visitor" ? [text] : linked(text))));
      if (buttons.length) {
        turn.append(make("div", { class: "choices" },
          ...buttons.map(({ id, title }) => make("button", { type: "button", value: id }, title))));
      }
      if (files.length) {
        turn.append(make("div", { class: "files" },
          ...files.map((name) => make("button", { type: "button", value: name }, this.#words.save_file))));
      }
      log.append(turn);
      return turn;
    }

    /* Down, but never past the beginning of a long reply. */
    #reveal(first) {
      const { log } = this.#parts;
      log.scrollTop = first ? Math.min(log.scrollHeight, first.offsetTop - 12) : log.scrollHeight;
    }

    /* aria-disabled: a disabled button would lose the focus of whoever pressed it. */
    #spend(choice) {
      const open = [...this.#parts.log.querySelectorAll(".choices button:not([aria-disabled])")];
      for (const button of open) button.setAttribute("aria-disabled", "true");
      choice?.classList.add("chosen");
      return open;
    }

    #revive(buttons, choice) {
      for (const button of buttons) button.removeAttribute("aria-disabled");
      choice?.classList.remove("chosen");
    }

    #note(text, kind = "", label = "", action = null) {
      const parts = this.#parts;
      if (parts.action.matches(":focus")) parts.box.focus(); // the pressed button goes, the focus must not
      parts.notice.className = `notice ${kind}`;
      parts.status.textContent = text;
      parts.action.textContent = label;
      parts.action.hidden = !action;
      parts.action.onclick = action;
    }

    /* ---- talking with the gateway ---- */

    /* The answer, or a notice that says what went wrong and offers the next step. */
    async #ask(method, path, body, again) {
      if (this.#busy) return undefined;
      this.#busy = true;
      this.#note("");
      this.#parts.send.setAttribute("aria-disabled", "true");
      const pause = setTimeout(() => this.#note(this.#words.typing), PAUSE);
      const answer = await this.#fetch(method, path, body).catch((problem) => problem);
      clearTimeout(pause);
      this.#busy = false;
      this.#parts.send.removeAttribute("aria-disabled");
      this.#note("");
      if (!(answer instanceof Error)) return answer;
      if (answer.status === 401) {
        this.#token = undefined;
        this.#remember();
        this.#note(answer.message, "wrong", this.#words.start, () => this.#begin());
      } else if (answer.passing) {
        this.#note(answer.message, "wrong", this.#words.retry, again);
      } else {
        this.#note(answer.message, "wrong");
      }
      return undefined;
    }

    async #fetch(method, path, body) {
      const headers = {};
      if (body) headers["Content-Type"] = "application/json";
      const isFile = path.startsWith(FILES);
      if (isFile || path === MESSAGES) headers.Authorization = `Bearer ${this.#token}`;
      const request = { method, headers, body: body && JSON.stringify(body), credentials: "omit", cache: "no-store" };
      try {
        const response = await fetch(this.#gateway + path, { ...request, signal: AbortSignal.timeout(PATIENCE) });
        if (response.ok && isFile) {
          const [, name] = /filename="(.+?)"/.exec(response.headers.get("Content-Disposition"));
          return { name, content: await response.blob() };
        }
        if (response.ok) return await response.json();
        const { detail } = await response.json().catch(() => ({})); // a proxy may answer in HTML
        throw new Problem(detail ?? this.#words?.offline, response.status);
      } catch (problem) {
        throw problem instanceof Problem ? problem : new Problem(this.#words?.offline);
      }
    }

    get #gateway() {
      return new URL(this.getAttribute("gateway") || HOME, document.baseURI).href.replace(/\/+$/, "");
    }

    /* ---- what is kept: nothing until there is a conversation, and no longer than this tab ---- */

    #remember() {
      const { panel } = this.#parts;
      const kept = this.#token && JSON.stringify({ token: this.#token, open: !panel.hidden });
      this.#store((tab) => (kept ? tab.setItem(STORE, kept) : tab.removeItem(STORE)));
    }

    /* A browser may refuse storage: the conversation then ends at a reload. */
    #store(use) {
      try {
        return use(sessionStorage);
      } catch {
        return undefined;
      }
    }
  });
})();
