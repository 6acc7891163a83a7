/** Writes address and date where only paper shows them, and unfolds what is folded on the screen. */
export function printStamp(): void {
  addEventListener("beforeprint", () => {
    const stamp = document.querySelector(".printed") ?? document.createElement("p");
    stamp.className = "printed";
    // A link can be as long as a policy.
    stamp.textContent = `${new Date().toLocaleString("en", { dateStyle: "long", timeStyle: "short" })} · ${location.href.slice(0, 300)}`;
    document.querySelector("main")?.before(stamp);
    for (const part of document.querySelectorAll("details.fold, .closed-ways")) part.setAttribute("open", "");
  });
}
