/** The look, and a guard on the colours that a site gives. */

import LOOK from "./look.css";

const ENOUGH = 4.5; // WCAG 1.4.3

export const FULL_SCREEN = "(max-width: 29.99em), (max-height: 26.25em)"; // as in look.css
export const COARSE = "(pointer: coarse)"; // a finger: there the keyboard comes with the focus
export const DARK = "(prefers-color-scheme: dark)";

export const sheet = (text = ""): CSSStyleSheet => {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
};

export const look = (): CSSStyleSheet => sheet(LOOK);

/** Puts black or white on an accent on which the text of the site cannot be read. */
export const keepReadable = (painted: Element, own: CSSStyleSheet): void => {
  own.replaceSync("");
  const { color, backgroundColor } = getComputedStyle(painted);
  const [text, ground] = [light(color), light(backgroundColor)];
  if (text === undefined || ground === undefined || contrast(text, ground) >= ENOUGH) return;
  own.replaceSync(`:host { --on-accent: ${contrast(1, ground) > contrast(0, ground) ? "#fff" : "#000"} }`);
};

const contrast = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** The relative luminance of WCAG; of a colour outside sRGB or one that one sees through we know nothing. */
const light = (colour: string): number | undefined => {
  const found = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour);
  if (!found) return undefined;
  const [r = 0, g = 0, b = 0] = found.slice(1).map((part) => Number(part) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
