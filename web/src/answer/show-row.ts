/**
 * Brings a row of a table into view, and marks it until the focus leaves it. At
 * once rather than smoothly where the page is still growing: a smooth scroll
 * would miss it.
 */
export function showRow(row: Element | null | undefined, behavior: ScrollBehavior = "auto"): void {
  const button = row?.querySelector<HTMLElement>("button.row");
  if (!row || !button) return;
  row.closest("details")?.setAttribute("open", "");
  button.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest", behavior });
  row.classList.add("shown");
  button.addEventListener("blur", () => row.classList.remove("shown"), { once: true });
}
