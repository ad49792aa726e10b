// What can be set for one sitting, in plain words. Pure.
import { listed } from "./deskwords";
import { sides } from "./floor";
import type { Floor } from "./frames";
import type { Person } from "./people";

export type Unit = "seconds" | "minutes";

export interface NumberWords {
  name: string;
  word: string;
  unit: Unit;
}

export const NUMBERS: readonly NumberWords[] = [
  { name: "reply", word: "A reply lasts up to", unit: "seconds" },
  { name: "unfinished", word: "“I was not finished” can be said for", unit: "seconds" },
  { name: "undo", word: "A hand put down by mistake can go up again for", unit: "seconds" },
  { name: "kept", word: "The floor is kept for somebody who lost connection for", unit: "seconds" },
  { name: "grace", word: "After the time of a turn, the private line “finish when you can” comes in", unit: "seconds" },
  { name: "hold", word: "A held microphone is free again after", unit: "seconds" },
  { name: "unseen", word: "A signal that nobody has seen goes to the coordinator after", unit: "seconds" },
  { name: "break_every", word: "A break is due every", unit: "minutes" },
];

export const STRETCHES: readonly { percent: number; word: string }[] = [
  { percent: 100, word: "Ordinary" },
  { percent: 125, word: "A quarter longer" },
  { percent: 150, word: "Half as long again" },
  { percent: 200, word: "Twice as long" },
];

export const PATIENCES: readonly { value: string; word: string }[] = [
  { value: "8", word: "Up to 8 seconds, as for everyone" },
  { value: "30", word: "Up to 30 seconds" },
  { value: "none", word: "Without limit" },
];

export function inUnit(seconds: number, unit: Unit): number {
  return unit === "minutes" ? Math.round(seconds / 60) : seconds;
}

/** "15 to 300 seconds" */
export function rangeWords(least: number, most: number, unit: Unit): string {
  return `${inUnit(least, unit)} to ${inUnit(most, unit)} ${unit}`;
}

/** How long this person's turns are, in percent of the ordinary. */
export function percentOf(floor: Floor, seat: string): number {
  return Math.round((floor.desk?.stretch[seat] ?? 1) * 100);
}

/** "Owen A.: half as long again, silence up to 30 seconds"; empty for who has ordinary time. */
export function timeWords(floor: Floor, one: Person): string {
  const stretch = STRETCHES.find((other) => other.percent === percentOf(floor, one.seat));
  const known = floor.desk?.patience ?? {};
  const longer = stretch && stretch.percent !== 100 ? stretch.word.toLowerCase() : "";
  const silence = !(one.seat in known) ? "" : known[one.seat] == null ? "silence without limit" : `silence up to ${known[one.seat]} seconds`;
  const facts = [longer, silence].filter(Boolean).join(", ");
  return facts ? `${one.name}: ${facts}` : "";
}

/** Who has agreed to the ground rules, and who has not yet. */
export function agreedWords(floor: Floor): { agreed: string; open: string } {
  const has = new Set(floor.desk?.agreed ?? []);
  const people = sides(floor).flatMap((side) => side.people);
  const names = (ones: Person[]) => listed(ones.map((one) => one.name));
  return { agreed: names(people.filter((one) => has.has(one.seat))), open: names(people.filter((one) => !has.has(one.seat))) };
}
