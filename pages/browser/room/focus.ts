// Where the focus goes when what was pressed is about to go: never to nowhere.

export function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}

export function toFloor(): void {
  focusOn("floor");
}
