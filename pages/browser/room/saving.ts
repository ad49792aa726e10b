// A form whose words are kept until the server's floor shows them: a refusal leaves what was typed, and is then seen.
import { useEffect, useState } from "preact/hooks";
import type { Facts } from "./socket";
import type { FloorView } from "./state";

/** Asks with the version that was on the screen when the form was opened; `done` once `mark` has changed. */
export function useSaving({ floor, state, acts }: FloorView, mark: string, done: () => void): (kind: string, facts: Facts) => void {
  const [seen, setSeen] = useState(floor.version);
  const [waits, setWaits] = useState<string | null>(null);
  useEffect(() => {
    if (waits === null || waits === mark) return;
    setWaits(null);
    done();
  }, [mark, waits]);
  useEffect(() => {
    if (!state.refused) return;
    setWaits(null);
    setSeen(floor.version);
  }, [state.refused]);
  return (kind, facts) => {
    setWaits(mark);
    acts.ask(kind, facts, seen);
  };
}
