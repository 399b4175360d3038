/** Making elements. A string becomes a text node, never HTML. */

type Attributes = Readonly<Record<string, string>>;

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4; // squares of white around a QR code, without which a telephone does not see it
const SQUARE = 4; // px; a whole number keeps the edges sharp
const ADDRESS = /((?:https:\/\/|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]])/;

const ICONS = {
  talk: "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 9h8M8 12.5h5",
  close: "M6 6l12 12M18 6L6 18",
  send: "M12 20V5M5 11.5l7-7 7 7",
  onward: "M8 16L17 7M9 7h8v8",
};

export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

export const button = (name: string, attributes: Attributes, ...content: (Node | string)[]): HTMLButtonElement =>
  make("button", { type: "button", class: name, ...attributes }, ...content);

const drawing = (viewBox: string, d: string, attributes: Attributes): SVGSVGElement => {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [name, value] of Object.entries({ viewBox, ...attributes })) svg.setAttribute(name, value);
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
};

export const icon = (name: keyof typeof ICONS): SVGSVGElement =>
  drawing("0 0 24 24", ICONS[name], { class: name, "aria-hidden": "true" });

export const qrCode = (size: number, path: string, name: string): SVGSVGElement => {
  const side = size + 2 * QUIET;
  const width = String(side * SQUARE);
  return drawing(`${-QUIET} ${-QUIET} ${side} ${side}`, path, { width, height: width, role: "img", "aria-label": name });
};

/** A text with its web addresses as links. */
export const linked = (text: string): (Node | string)[] => text.split(ADDRESS).map((part, i) => {
  if (i % 2 === 0) return part;
  const href = part.replace(/^www\./, "https://www.");
  const pieces = part.split("/").flatMap((piece, j) => (j ? ["/", make("wbr"), piece] : [piece]));
  return make("a", { href, ...ELSEWHERE }, ...pieces);
});

export const ELSEWHERE: Attributes = { target: "_blank", rel: "noopener noreferrer" };
