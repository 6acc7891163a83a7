/** Waits until the next frame is drawn: what a person waits for comes first. */
export function afterFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
