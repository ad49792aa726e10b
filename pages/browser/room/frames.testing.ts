// Frames for tests, as the server sends them: a meeting of five people, and whatever a test wants otherwise.
import { readFloor, type Floor } from "./frames";
import type { Frame } from "./socket";

export const NOON = Date.parse("2026-11-25T12:00:00.000Z");

export function at(seconds: number): string {
  return new Date(NOON + seconds * 1000).toISOString();
}

function one(seat: string, name: string, side: string, standing: string, tag: string | null = null) {
  return { seat, name, side, standing, tag, here: true, speaks_for: null as string | null, helps: null as string | null };
}

export const PEOPLE = [
  one("mediator", "Idris V.", "nobody", "process"),
  one("t1", "Tessa A.", "family", "principal"),
  one("j1", "Jo A.", "family", "supporter"),
  one("c1", "Colin B.", "council", "principal"),
  one("l1", "Lena F.", "nobody", "language_worker", "BSL"),
];

export function hand(seat: string, moved = false) {
  return { seat, kind: "turn", moved, added: false, text: false, away: false };
}

interface Parts {
  version?: number;
  now?: string;
  floor?: Record<string, unknown>;
  you?: Record<string, unknown>;
  turn?: Record<string, unknown>;
  desk?: Record<string, unknown>;
}

export function frame(parts: Parts = {}): Frame {
  const floor = {
    mode: "queue",
    under: parts.floor?.["mode"] ?? "queue",
    in_person: false,
    stage: { number: 5, count: 8, code: "questions", minutes: 30, since: at(-600) },
    break_due: at(3600),
    break: "later",
    paused: null,
    ends: { at: at(7200), left: null },
    holder: null,
    kept_until: null,
    statement: null,
    queue: [],
    held: [],
    mediator: { seat: "mediator", here: true, away_since: null },
    people: PEOPLE,
    ...parts.floor,
  };
  const you = {
    seat: "t1",
    process: false,
    holds: false,
    hand: "down",
    place: null,
    undo_until: null,
    mic: { right: "free", reason: null, until: null },
    can: ["raise_hand"],
    ...parts.you,
  };
  const rest = { ...(parts.turn ? { turn: parts.turn } : {}), ...(parts.desk ? { desk: parts.desk } : {}) };
  return { kind: "floor", version: parts.version ?? 1, now: parts.now ?? at(0), floor, you, ...rest };
}

export function floor(parts: Parts = {}): Floor {
  const read = readFloor(frame(parts));
  if (!read) throw new Error("not a floor");
  return read;
}

/** The person of this screen holds the floor, with so many seconds left. */
export function yours(left: number, running = true): Parts {
  return {
    floor: { holder: "t1" },
    you: { holds: true, can: ["finish"], mic: { right: "yours", reason: null, until: null } },
    turn: { seat: "t1", given_at: at(-60), allowed: 180, left, running, ends_at: running ? at(left) : null, grace: 20 },
  };
}

/** The council's own time, seen by the family. */
export function statement(): Parts {
  return {
    floor: {
      mode: "statement",
      holder: "c1",
      statement: { side: "council", minutes: 8, planned_end: at(240), had: ["family"] },
      held: ["t1", "j1"],
    },
    you: { mic: { right: "held", reason: "statement", until: at(240) } },
  };
}
