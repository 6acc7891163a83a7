/** What a text box does at Ctrl+Enter, and at Command+Enter: the same as the main button below it. */
export function onModEnter(act: () => unknown): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    act();
  };
}
