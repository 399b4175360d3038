/** What is kept: nothing until there is a conversation, and no longer than this tab. */

interface Kept { readonly token: string; readonly open: boolean }

const STORE = "instap";
const DRAFT = "instap-draft";
const PASSAGE = /^#instap=([\w.~-]{1,200})$/;

/** A browser may refuse storage: the conversation then ends at a reload. */
const tab = <T>(use: (storage: Storage) => T): T | undefined => {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
};

export const recall = (): Kept | undefined => tab((storage) => JSON.parse(storage.getItem(STORE) ?? "null")) ?? undefined;

export const remember = (kept: Kept | undefined): void => {
  tab((storage) => (kept ? storage.setItem(STORE, JSON.stringify(kept)) : storage.removeItem(STORE)));
};

/** What was typed and not sent yet. */
export const recallDraft = (): string => tab((storage) => storage.getItem(DRAFT)) ?? "";

export const rememberDraft = (text: string): void => {
  tab((storage) => (text ? storage.setItem(DRAFT, text) : storage.removeItem(DRAFT)));
};

/** The token of a conversation that goes on here; it works once, so it does not stay in the address. */
export const takePassage = (): string | undefined => {
  const token = PASSAGE.exec(location.hash)?.[1];
  if (token) history.replaceState(history.state, "", location.pathname + location.search);
  return token;
};
