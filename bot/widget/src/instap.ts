/*
 * Instap on a website: <script src="https://…/widget/instap.js" defer></script> and <instap-chat></instap-chat>.
 *
 * `gateway` is the address of the assistant (else where this script came from), `scheme="light"` is for a site without a
 * dark version, `page` makes the chat fill its page, the --instap-… properties of look.css are the theme. What stands
 * inside the element shows while the assistant cannot be reached. All words come from the gateway.
 */

import { define } from "./chat";

const script = document.currentScript; // none where a site puts its scripts together: it then gives `gateway`
const address = script instanceof HTMLScriptElement && script.src;
if (!customElements.get("instap-chat")) define(new URL("..", address || document.baseURI));
