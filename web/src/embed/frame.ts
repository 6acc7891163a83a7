// The page /embed/: one scenario that fills it. The fragment of its address is
// the link; ?view, ?theme, ?expect and ?editable are the attributes of the
// element, and ?parent=ORIGIN names the only page that it talks to.
import "./why403";
import type { FromFrame, ToFrame, Unsure } from "./protocol";

const query = new URLSearchParams(location.search);
const element = document.createElement("why403-scenario");
for (const name of ["view", "theme", "expect", "editable"]) {
  const value = query.get(name);
  if (value !== null) element.setAttribute(name, value);
}
element.setAttribute("loading", "eager");

/** The origin of the page around this one. Whoever speaks first is it, where the address does not say. */
let host = query.get("parent") ?? "";

function say(message: FromFrame): void {
  if (parent === self) return;
  // An origin of its own, as that of a sandboxed page, can't be written as a target.
  parent.postMessage(message, host === "" || host === "null" ? "*" : host);
}

function follow(): void {
  if (location.hash !== "") element.setAttribute("src", location.hash);
}

addEventListener("hashchange", follow);
addEventListener("message", ({ source, origin, data }: MessageEvent<Unsure>) => {
  if (source !== parent || parent === self || data?.why403 !== 1) return;
  if (host !== "" && origin !== host) return;
  const { type, scenario }: { [name in keyof ToFrame]?: unknown } = data;
  if (type !== "set-scenario" || typeof scenario !== "string") return;
  host = origin;
  (element as HTMLElement & { scenario: string }).scenario = scenario;
});

element.addEventListener("why403-ready", () => say({ why403: 1, type: "ready" }));
element.addEventListener("why403-decision", (event) => say({ why403: 1, type: "decision", ...(event as CustomEvent).detail }));
element.addEventListener("why403-error", (event) => say({ why403: 1, type: "error", message: (event as CustomEvent).detail.message }));
new ResizeObserver(() =>
  say({ why403: 1, type: "height", height: Math.ceil(document.documentElement.getBoundingClientRect().height) }),
).observe(document.documentElement);

follow();
document.body.append(element);
