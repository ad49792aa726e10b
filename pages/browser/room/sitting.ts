// What can be set for one sitting, in plain words. Pure.
import { listed } from "./deskwords";
import { sides } from "./floor";
import type { Floor } from "./frames";
import type { Person } from "./people";
import { lasting } from "./words";

export type Unit = "seconds" | "minutes";

export interface NumberWords {
  name: string;
  word: string;
  unit: Unit;
}

/** The few that a mediator may want to change on the day. */
export const EVERYDAY: readonly NumberWords[] = [
  { name: "reply", word: "A reply lasts up to", unit: "seconds" },
  { name: "grace", word: "After the time of a turn, the private line “finish when you can” comes in", unit: "seconds" },
  { name: "hold", word: "A held microphone is free again after", unit: "seconds" },
  { name: "break_every", word: "A break is due every", unit: "minutes" },
  { name: "break_length", word: "A break lasts", unit: "minutes" },
];

export interface NumberGroup {
  code: string;
  heading: string;
  numbers: readonly NumberWords[];
}

export const MORE: readonly NumberGroup[] = [
  {
    code: "asking",
    heading: "Asking to speak",
    numbers: [
      { name: "simultaneous", word: "Hands count as raised together within", unit: "seconds" },
      { name: "undo", word: "A hand put down by mistake can go up again for", unit: "seconds" },
      { name: "spoken", word: "A hand goes down once its owner has spoken for", unit: "seconds" },
      { name: "keep_hand", word: "“Keep my hand up” can be pressed for", unit: "seconds" },
      { name: "unfinished", word: "“I was not finished” can be said for", unit: "seconds" },
    ],
  },
  {
    code: "turn",
    heading: "While somebody has the floor",
    numbers: [
      { name: "cue_first", word: "The first sign of the time left comes at", unit: "seconds" },
      { name: "cue_last", word: "The last sign of the time left comes at", unit: "seconds" },
      { name: "patience", word: "Silence in a turn is not counted for up to", unit: "seconds" },
      { name: "needs_time", word: "The same for somebody who needs time", unit: "seconds" },
      { name: "kept", word: "The floor is kept for somebody who lost connection for", unit: "seconds" },
    ],
  },
  {
    code: "overlap",
    heading: "Two sides at once",
    numbers: [
      { name: "overlap", word: "It is noticed when both are heard for", unit: "seconds" },
      { name: "overlap_within", word: "How far back we look for that", unit: "seconds" },
      { name: "acknowledgement", word: "Words over the holder do not count under", unit: "seconds" },
      { name: "settling", word: "Nothing counts at the start of a turn for", unit: "seconds" },
      { name: "cue", word: "The private line about it goes by itself after", unit: "seconds" },
      { name: "card", word: "“Still has the floor” is shown to all for", unit: "seconds" },
    ],
  },
  {
    code: "ahead",
    heading: "Breaks, the end, and signals",
    numbers: [
      { name: "break_ahead", word: "A break is announced before it by", unit: "minutes" },
      { name: "break_again", word: "A break that one person asks for shows again, at the earliest, after", unit: "minutes" },
      { name: "end_first", word: "The end is announced before it, first by", unit: "minutes" },
      { name: "end_last", word: "The end is announced before it, last by", unit: "minutes" },
      { name: "unseen", word: "A signal that nobody has seen goes to the coordinator after", unit: "seconds" },
    ],
  },
  {
    code: "unattended",
    heading: "When no mediator is connected",
    numbers: [
      { name: "unattended_stops", word: "Clocks and queue stop after", unit: "seconds" },
      { name: "unattended_holds", word: "All microphones are held alike after", unit: "seconds" },
    ],
  },
];

/** Round a real table nothing is listened to, and no line can be lost. */
export function groupsFor(floor: Floor): readonly NumberGroup[] {
  return MORE.filter((group) => !floor.inPerson || (group.code !== "overlap" && group.code !== "unattended"));
}

export const STRETCHES: readonly { percent: number; word: string }[] = [
  { percent: 100, word: "Ordinary" },
  { percent: 125, word: "A quarter longer" },
  { percent: 150, word: "Half as long again" },
  { percent: 200, word: "Twice as long" },
];

/** What silence can be set to for one person, as it is asked for: seconds, or none for without limit. */
export function patiences(floor: Floor): readonly { value: string; word: string }[] {
  const usual = floor.desk?.numbers["patience"] ?? 8;
  const longer = floor.desk?.numbers["needs_time"] ?? 30;
  return [
    { value: String(usual), word: `Up to ${lasting(usual)}, as for everyone` },
    { value: String(longer), word: `Up to ${lasting(longer)}` },
    { value: "none", word: "Without limit" },
  ];
}

export function inUnit(seconds: number, unit: Unit): number {
  return unit === "minutes" ? Math.round(seconds / 6) / 10 : seconds;
}

export function inSeconds(value: number, unit: Unit): number {
  return unit === "minutes" ? value * 60 : value;
}

/** The least and the most of a number, in seconds. */
export function rangeOf(floor: Floor, name: string): [number, number] {
  const seconds = floor.desk?.numbers[name] ?? 0;
  const [least, most] = floor.desk?.ranges[name] ?? [seconds, seconds];
  return [least, most];
}

/** What is wrong with a number as it was typed; empty when the server can be asked. */
export function numberError(floor: Floor, one: NumberWords, typed: string): string {
  const [least, most] = rangeOf(floor, one.name);
  const value = typed.trim() === "" ? Number.NaN : inSeconds(Number(typed), one.unit);
  return value >= least && value <= most ? "" : `Write a number: ${rangeWords(least, most, one.unit)}.`;
}

/** How many numbers are not the starting ones. */
export function changedNumbers(floor: Floor): number {
  const usual = floor.desk?.usual ?? {};
  return Object.entries(floor.desk?.numbers ?? {}).filter(([name, value]) => name in usual && usual[name] !== value).length;
}

/** "2 numbers are not the starting ones." */
export function startWords(changed: number): string {
  if (changed === 0) return "All numbers are the starting ones.";
  return changed === 1 ? "1 number is not the starting one." : `${changed} numbers are not the starting ones.`;
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
  const silence = !(one.seat in known) ? "" : known[one.seat] == null ? "silence without limit" : `silence up to ${lasting(known[one.seat] ?? 0)}`;
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
