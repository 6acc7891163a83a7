/** Marks the page while the verdict is in view: on a narrow screen it is pinned below only where it is not. */
export async function watchVerdict(): Promise<void> {
  // Until then another verdict is drawn, which goes away.
  await customElements.whenDefined("answer-view");
  const view = document.querySelector<HTMLElement & { updateComplete: Promise<boolean> }>("answer-view");
  await view?.updateComplete;
  const verdict = view?.querySelector(".verdict");
  if (!verdict) return;
  const watcher = new IntersectionObserver((entries) => {
    document.body.classList.toggle("verdict-seen", entries.at(-1)?.isIntersecting === true);
  });
  watcher.observe(verdict);
}
