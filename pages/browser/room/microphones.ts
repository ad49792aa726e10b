// The ladder of microphones for one person: what was done, what can be done, and why something cannot. The server decides;
// this says beforehand what it would answer. Pure.
import { person, sides } from "./floor";
import type { Step } from "./deskframe";
import type { Floor } from "./frames";
import type { MediaView } from "./media";
import { byWords } from "./mediators";
import { MUTED } from "./muted";
import type { Person } from "./people";
import { capital, clockTime, firstName } from "./words";

/** Why somebody may be muted, in the words that they will read. */
export const REASONS: readonly { code: string; word: string }[] = Object.entries(MUTED).map(([code, why]) => ({ code, word: capital(why) }));

export const STEPS: readonly { step: Step; word: string; many: string }[] = [
  { step: "nudge", word: "Nudge", many: "Nudges" },
  { step: "mute", word: "Soft mute", many: "Mutes" },
  { step: "hold", word: "Hold", many: "Holds" },
];

/** A line of the list of people: "Dana W., council: microphone on". */
export interface Reached {
  seat: string;
  words: string;
  /** Never muted: interpreters, captioners. */
  never: boolean;
}

export function reached(floor: Floor, media: MediaView): Reached[] {
  const able = sides(floor)
    .flatMap((side) => side.people)
    .map((one) => ({ seat: one.seat, words: `${one.name}, ${one.side.toLowerCase()}: ${micWords(floor, one, media)}`, never: false }));
  const never = floor.people
    .filter((one) => one.standing === "language_worker")
    .map((one) => ({ seat: one.seat, words: `${one.name}, ${one.side}: never muted`, never: true }));
  return [...able, ...never];
}

function micWords(floor: Floor, one: Person, media: MediaView): string {
  if (heldUntil(floor, one.seat) !== undefined) return "held";
  if (!one.here) return "lost connection";
  const heard = media.people.get(one.seat);
  if (!heard) return media.state === "in" ? "no microphone in this room" : "microphone not known";
  return heard.micOn ? "microphone on" : "off";
}

/** Nothing of theirs is heard in this room: by phone, or without a microphone. */
export function unheard(floor: Floor, media: MediaView, seat: string): boolean {
  return media.state === "in" && person(floor, seat).here && !media.people.has(seat);
}

/** Until when this person's microphone is held; undefined when a process person does not hold it. */
export function heldUntil(floor: Floor, seat: string): number | null | undefined {
  return floor.mediatorHolds.find((one) => one.seat === seat)?.until;
}

/** When this step was last used for this person, and by whom if by a colleague: "11:55", "11:55, by Mina"; empty when never. */
export function lastUsed(floor: Floor, seat: string, step: Step): string {
  const last = floor.desk?.steps.filter((one) => one.seat === seat && one.step === step && one.at !== null).at(-1);
  if (last?.at == null) return "";
  const other = last.by && last.by !== floor.you ? `, ${byWords(floor, last.by)}` : "";
  return `${clockTime(last.at)}${other}`;
}

/** Why this person's microphone cannot be held now; empty when it can be asked for. */
export function whyNoHold(floor: Floor, seat: string): string {
  const one = person(floor, seat);
  const name = firstName(one.name);
  if (floor.holder === seat) return `Not now: ${name} has the floor. End the turn first.`;
  if (one.speaksFor !== null || floor.people.some((other) => other.speaksFor === seat)) {
    return "Not while somebody speaks for another. They are never held.";
  }
  const others = floor.people.filter((other) => other.seat !== seat && other.code === one.code && other.here && takesTurns(other));
  const free = others.filter((other) => heldUntil(floor, other.seat) === undefined);
  if (free.length === 0) return "Not possible: a whole side is never held. Ask for a pause, or talk with them.";
  return "";
}

function takesTurns(one: Person): boolean {
  return one.standing !== "process" && one.standing !== "language_worker";
}
