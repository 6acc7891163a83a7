/** Marks the page while the verdict is in view: on a narrow screen it is pinned below only where it is not. */
export function watchVerdict(): void {
  const verdict = document.querySelector(".verdict");
  if (!verdict) return;
  const watcher = new IntersectionObserver((entries) => {
    document.body.classList.toggle("verdict-seen", entries.at(-1)?.isIntersecting === true);
  });
  watcher.observe(verdict);
}
