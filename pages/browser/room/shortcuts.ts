// The desk's single-key shortcuts: off until a person turns them on, changed there, and never while something is typed. Pure but for what
// this browser keeps: the choice, and nothing about anybody.

export interface Shortcut {
  act: string;
  /** The usual key. */
  key: string;
  words: string;
}

export const DESK_KEYS: readonly Shortcut[] = [
  { act: "next", key: "f", words: "Give the floor to the next" },
  { act: "add hand", key: "h", words: "Add a hand for someone" },
  { act: "microphone", key: "m", words: "Your own microphone" },
  { act: "signal", key: "s", words: "Go to the newest signal" },
  { act: "who", key: "w", words: "Hear who has the floor" },
  { act: "pause", key: "p", words: "Pause for all" },
  { act: "first", key: "1", words: "Open cue: let them finish" },
  { act: "second", key: "2", words: "Open cue: they give way" },
  { act: "third", key: "3", words: "Open cue: pause" },
];

export interface Keys {
  on: boolean;
  /** By act. */
  keys: Readonly<Record<string, string>>;
}

export const KEYS_OFF: Keys = { on: false, keys: Object.fromEntries(DESK_KEYS.map((one) => [one.act, one.key])) };

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
}

/** What this key asks for; null when shortcuts are off, something is typed in, or the key means nothing. */
export function actOf(keys: Keys, pressed: Pressed, typing: boolean): string | null {
  if (!keys.on || typing || pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.repeat) return null;
  const key = pressed.key.toLowerCase();
  return Object.entries(keys.keys).find(([, one]) => one === key)?.[0] ?? null;
}

/** Why this key cannot be the one for this act; empty when it can. */
export function whyNot(keys: Keys, act: string, key: string): string {
  if (!/^[\p{L}\p{N}]$/u.test(key)) return "One letter or number, please.";
  const other = Object.entries(keys.keys).find(([name, one]) => name !== act && one === key.toLowerCase());
  const words = DESK_KEYS.find((one) => one.act === other?.[0])?.words;
  return other ? `That key is used already: ${words?.toLowerCase() ?? other[0]}.` : "";
}

export function withKey(keys: Keys, act: string, key: string): Keys {
  return { ...keys, keys: { ...keys.keys, [act]: key.toLowerCase() } };
}

const KEPT = "evenhand-desk-keys";

/** The choice that this browser keeps; anything unreadable is the usual. */
export function keptKeys(): Keys {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Partial<Keys>;
    return readKeys(kept);
  } catch {
    return KEYS_OFF;
  }
}

export function readKeys(kept: Partial<Keys>): Keys {
  const known = Object.entries(kept.keys ?? {}).filter(([act, key]) => act in KEYS_OFF.keys && typeof key === "string" && key.length === 1);
  return { on: kept.on === true, keys: { ...KEYS_OFF.keys, ...Object.fromEntries(known) } };
}

export function keepKeys(keys: Keys): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(keys));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
