// Floors for tests as the mediator sees them, with a desk as the server sends it, and whatever a test wants otherwise.
import type { Floor } from "./frames";
import { PEOPLE, at, floor } from "./frames.testing";

export const EVERYONE = [
  ...PEOPLE,
  { ...PEOPLE[3], seat: "c2", name: "Dana W." },
  { ...PEOPLE[3], seat: "h1", name: "Dr Sami R.", side: "health" },
];

export const MINA = { ...PEOPLE[0], seat: "mina", name: "Mina K.", office: "co_mediator" };

const DESK = {
  next: null,
  owed: [],
  stated: [],
  entries: [],
  cue: null,
  told: [],
  mirror: { nudge: { family: 0 }, mute: {}, hold: {} },
  steps: [],
  stretch: {},
  patience: {},
  numbers: { reply: 60, hold: 60, break_every: 3000, settling: 1.5 },
  ranges: { reply: [15, 300], break_every: [1200, 7200], settling: [0, 5] },
  usual: { reply: 60, hold: 60, break_every: 3000, settling: 1.5 },
  hearing: true,
  ears: true,
  time_shown: false,
  agreed: [],
  plan: [{ code: "questions", name: "", mode: "queue", minutes: 30 }],
};

type Facts = Record<string, unknown>;

/** What the mediator sees. */
export function desk(parts: { floor?: Facts; you?: Facts; desk?: Facts; turn?: Facts } = {}): Floor {
  return floor({
    ...parts,
    floor: { people: EVERYONE, ...parts.floor },
    you: { seat: "mediator", process: true, leads: true, can: [], ...parts.you },
    desk: { ...DESK, ...parts.desk },
  });
}

export function signal(number: number, facts: Facts = {}) {
  return { number, what: "pause", word: null, seat: "t1", at: at(-20), seen_at: null, seen_by: null, escalated: false, ...facts };
}
