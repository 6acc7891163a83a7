/** Writes address and date where only paper shows them, and unfolds for that time what is folded on the screen. */
export function printStamp(): void {
  const unfolded = new Set<Element>();
  addEventListener("beforeprint", () => {
    const stamp = document.querySelector(".printed") ?? document.createElement("p");
    stamp.className = "printed";
    // A link can be as long as a policy.
    stamp.textContent = `${new Date().toLocaleString("en", { dateStyle: "long", timeStyle: "short" })} · ${location.href.slice(0, 300)}`;
    document.querySelector("main")?.before(stamp);
    for (const part of document.querySelectorAll(":is(details.fold, .closed-ways):not([open])")) {
      unfolded.add(part);
      part.setAttribute("open", "");
    }
  });
  addEventListener("afterprint", () => {
    for (const part of unfolded) part.removeAttribute("open");
    unfolded.clear();
  });
}
