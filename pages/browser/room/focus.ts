// Where the focus goes when what was pressed is gone: never to nowhere.
import { useEffect, useRef } from "preact/hooks";

export function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}

export function toFloor(): void {
  focusOn("floor");
}

/** When what had the focus is gone, the floor has it; the page moves there only for who uses a keyboard. */
export function useKeptFocus(): void {
  const last = useRef<{ element: Element; keyboard: boolean } | null>(null);
  useEffect(() => {
    const came = ({ target }: FocusEvent) => {
      last.current = target instanceof Element ? { element: target, keyboard: target.matches(":focus-visible") } : null;
    };
    document.addEventListener("focusin", came);
    return () => document.removeEventListener("focusin", came);
  }, []);
  useEffect(() => {
    if (!last.current || last.current.element.isConnected) return;
    const { keyboard } = last.current;
    last.current = null;
    if (document.activeElement === document.body) document.getElementById("floor")?.focus({ preventScroll: !keyboard });
  });
}
