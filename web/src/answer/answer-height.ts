/**
 * Keeps a tall answer column useful while it sticks: its sticky offset becomes
 * negative, so that it scrolls until its end is in view and stays there.
 */
export function watchAnswerHeight(column: HTMLElement | null): void {
  if (!column) return;
  const update = () => {
    const room = innerHeight - column.offsetHeight - 16;
    column.style.setProperty("--stick", `${Math.min(16, room)}px`);
  };
  new ResizeObserver(update).observe(column);
  addEventListener("resize", update);
}
