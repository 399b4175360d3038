/** The chat API of docs/api.md. */

type Word =
  | "title" | "subtitle" | "open" | "close" | "input_label" | "placeholder" | "send" | "typing" | "offline"
  | "disconnected" | "retry" | "restart" | "privacy" | "you" | "bot" | "log_label" | "start" | "save_file"
  | "qr" | "scan" | "failed" | "restart_sure" | "more";

/** All that the widget says; a file may have a word of its own, and another door may be closed. */
export type Words = Readonly<Record<Word, string>
  & { telegram?: string; [file: `file_${string}`]: string | undefined }>;

export interface Choice { readonly id: string; readonly title: string }
export interface Link {
  readonly title: string;
  readonly url: string;
  readonly qr?: { readonly size: number; readonly path: string } | null;
}
export interface Message {
  readonly from: "assistant" | "visitor";
  readonly text: string;
  readonly buttons?: readonly Choice[];
  readonly files?: readonly string[];
  readonly links?: readonly Link[];
}
export interface Turn {
  readonly id?: string | null;
  readonly messages: readonly Pick<Message, "text" | "buttons">[];
  readonly asks?: string | null;
  readonly files?: readonly string[];
  readonly links?: readonly Link[];
}
export type Said = { readonly text: string } | { readonly button: string };
export interface Past {
  readonly messages: readonly Message[];
  readonly turn?: string | null;
  readonly asks?: string | null;
}
interface Started { readonly token: string; readonly turn: Turn }

const API = "/api/v1/";
const PATIENCE = 30_000; // ms before an unanswered request counts as lost
const BUSY = 429;
const SOON = 5; // s
const TRIES = 3;

/** What went wrong, in the gateway's own Dutch where it answered. */
export class Problem extends Error {
  constructor(readonly detail?: string, readonly status = 0, readonly wait = Infinity) {
    super(detail);
  }

  /** Whether trying again may help. */
  get passes(): boolean {
    return [0, 408, 409, BUSY].includes(this.status) || this.status >= 500;
  }
}

export class Gateway {
  token: string | undefined;
  turn: string | undefined; // on the screen: an answer belongs to the turn it was given to

  constructor(readonly home: string) {}

  words(): Promise<Words> {
    return this.#json("widget");
  }

  /** A new conversation, or one that goes on from elsewhere. */
  start(passage?: string): Promise<Started> {
    return this.#json("conversations", passage ? { continue: passage } : {});
  }

  history(): Promise<Past> {
    return this.#json("messages");
  }

  send(said: Said, id: string): Promise<Turn> {
    return this.#json("messages", { ...said, id, ...(this.turn && { turn: this.turn }) });
  }

  async file(name: string): Promise<{ readonly name: string; readonly content: Blob }> {
    const response = await this.#fetch(`files/${encodeURIComponent(name)}`);
    const named = /filename="(.+?)"/.exec(response.headers.get("Content-Disposition") ?? "");
    return { name: named?.[1] ?? name, content: await response.blob().catch(lost) };
  }

  async #json<T>(path: string, body?: object): Promise<T> {
    const response = await this.#patient(path, body);
    return response.json().catch(lost) as Promise<T>;
  }

  /** Asks again by itself when it is busy for a moment. */
  async #patient(path: string, body?: object): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#fetch(path, body);
      } catch (error) {
        const { status, wait } = error as Problem;
        if (status !== BUSY || wait > SOON || tries === TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait * 1000));
      }
    }
  }

  async #fetch(path: string, body?: object): Promise<Response> {
    const headers = new Headers();
    if (body) headers.set("Content-Type", "application/json");
    if (this.token && /^(messages|files)/.test(path)) headers.set("Authorization", `Bearer ${this.token}`);
    const response = await fetch(this.home + API + path, {
      method: body ? "POST" : "GET",
      headers,
      body: body ? JSON.stringify(body) : null,
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    }).catch(lost);
    if (response.ok) return response;
    const { detail } = await response.json().catch(() => ({})); // a proxy may answer in HTML
    throw new Problem(detail, response.status, Number(response.headers.get("Retry-After") ?? Infinity));
  }
}

const lost = (): never => {
  throw new Problem();
};
