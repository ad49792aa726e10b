// Single keys, off until the person turns them on; never while a text field has the focus, and never over a sheet. Pure.
import { askable } from "./floor";
import type { Facts } from "./socket";
import type { RoomState, SheetName } from "./state";

/** What a key means at this moment. */
export type KeyAct =
  | { do: "ask"; kind: string; facts?: Facts }
  | { do: "open"; sheet: SheetName }
  | { do: "microphone"; on: boolean }
  | { do: "tell place" };

/** The keys of a participant, and what each does. */
export const KEYS: readonly { key: string; words: string }[] = [
  { key: "H", words: "Ask to speak, or take my hand down" },
  { key: "M", words: "My microphone on or off" },
  { key: "F", words: "I have finished" },
  { key: "T", words: "Write my turn" },
  { key: "S", words: "Tell the mediator" },
  { key: "Q", words: "Ask someone a question, in my turn" },
  { key: "W", words: "Hear who has the floor, and my place" },
];

export function participantKey(key: string, { floor, media, keys, sheet }: RoomState): KeyAct | null {
  if (!keys || !floor || sheet !== null) return null;
  const can = (kind: (typeof floor.can)[number]) => floor.can.includes(kind);
  switch (key.toUpperCase()) {
    case "H":
      if (can("lower_hand")) return { do: "ask", kind: "lower_hand" };
      return can("raise_hand") ? { do: "ask", kind: "raise_hand" } : null;
    case "M":
      return floor.mic.right === "held" || media.state !== "in" ? null : { do: "microphone", on: !media.micOn };
    case "F":
      return can("finish") ? { do: "ask", kind: "finish" } : null;
    case "T":
      return can("write_turn") ? { do: "open", sheet: "write" } : null;
    case "S":
      return can("tell") ? { do: "open", sheet: "tell" } : null;
    case "Q":
      return can("ask_reply") && askable(floor).length > 0 ? { do: "open", sheet: "question" } : null;
    case "W":
      return { do: "tell place" };
    default:
      return null;
  }
}

/** Whether a key pressed there belongs to what is typed or chosen there. */
export function typesInto(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}
