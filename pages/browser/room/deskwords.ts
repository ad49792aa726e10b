// What the desk says of private things: signals, an open cue, notes in the order, who else sees them. Pure.
import { person, sides } from "./floor";
import type { Cue, PrivateEntry, Signal } from "./deskframe";
import type { Floor } from "./frames";
import { byWords } from "./mediators";
import { SIDES, type Person, type SideMark } from "./people";
import { TOLD } from "./telling";
import { clockTime, firstName, minutes } from "./words";

/** These ask for an act, not only for another way of speaking. */
const ACTS: ReadonlySet<string> = new Set(["pause", "break", "sound", "upset", "mediator", "supporter"]);

export interface SignalView {
  number: number;
  icon: string;
  words: string;
  from: string;
  kind: "wait" | "seen" | "";
  /** "Seen", "Seen by Mina"; empty while nobody has. */
  seen: string;
  /** Nobody saw it for a while, and the coordinator was told. */
  escalated: boolean;
}

/** One received signal: what, from whom, and how long ago. A word that was not understood comes without a name. */
export function signalView(floor: Floor, signal: Signal, now: number): SignalView {
  const seen = signal.seenAt !== null;
  const when = signal.at === null ? "" : seen ? clockTime(signal.at) : ago(now - signal.at);
  return {
    number: signal.number,
    icon: TOLD[signal.what]?.icon ?? "info",
    words: signalWords(signal),
    from: [signal.seat === null ? "Sent without a name" : fromWords(person(floor, signal.seat)), when].filter(Boolean).join(". "),
    kind: seen ? "seen" : ACTS.has(signal.what) ? "wait" : "",
    seen: seen ? seenWords(floor, signal.seenBy) : "",
    escalated: signal.escalated,
  };
}

function seenWords(floor: Floor, by: string | null): string {
  if (by === null || by === floor.you) return "Seen";
  return `Seen ${byWords(floor, by)}`;
}

/** "Pause, please"; a word that was not understood is named: "“EOTAS”: what is it?" */
export function signalWords(signal: Signal): string {
  return signal.what === "word" && signal.word ? `“${signal.word}”: what is it?` : (TOLD[signal.what]?.words ?? "A signal");
}

/** "Owen A., family" */
export function fromWords(one: Person): string {
  if (!one.seat) return "Somebody who has left";
  return one.side ? `${one.name}, ${one.mark === "n" ? one.side : one.side.toLowerCase()}` : one.name;
}

/** How long ago, in steps that do not tick. */
export function ago(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 10) return "Just now";
  if (seconds < 60) return `${Math.floor(seconds / 10) * 10} seconds ago`;
  return `${minutes(Math.floor(seconds / 60))} ago`;
}

/** Who else sees what is private to the process people: "Only you see this", "Only you and Mina see these". */
export function privateTo(floor: Floor, what: "this" | "these"): string {
  const others = floor.people.filter((one) => one.standing === "process" && one.seat !== floor.you).map((one) => firstName(one.name));
  return `Only ${listed(["you", ...others])} see ${what}`;
}

/** "a", "a and b", "a, b and c" */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

export interface CueView {
  heading: string;
  /** The sides that were heard over the holder. */
  heard: { mark: SideMark; word: string }[];
  holder: Person;
  /** What people call the holder. */
  name: string;
  words: string;
}

const DURATIONS = [20, 10, 5, 3];

/** Two sides at once; null while there is no cue or nobody has the floor. */
export function cueView(floor: Floor, cue: Cue | null, now: number): CueView | null {
  if (!cue || floor.holder === null) return null;
  const holder = person(floor, floor.holder);
  const codes = new Set(cue.seats.map((seat) => person(floor, seat).code));
  const heard = [...codes].flatMap((code) => SIDES[code] ?? []);
  const seconds = cue.since === null ? 0 : (now - cue.since) / 1000 + (floor.desk?.numbers["overlap"] ?? 2);
  const about = DURATIONS.find((one) => seconds >= one) ?? 3;
  const name = firstName(holder.name);
  const time = cue.over ? `${name}’s time runs again` : `${name}’s time has stopped`;
  return {
    heading: cue.over ? "Two sides at once, a moment ago" : `Two sides at once, for about ${about} seconds`,
    heard,
    holder,
    name,
    words: `${time}. Nothing was muted. This is approximate.`,
  };
}

/** What becomes of the holder's time when they give way. The rest of a turn is kept once, and a moment is not. */
export function yieldWords(floor: Floor): string {
  if (floor.turnKind === "finishing") return "This was the rest of their time: it is not kept again";
  return (floor.turn?.left ?? 1) < 1 ? "Their time is over: there is no rest to keep" : "The rest of the time is kept";
}

/** "time stopped, about 2 minutes kept": beside the holder's side while somebody speaks over them. */
export function stoppedTime(floor: Floor): string {
  const left = floor.turn?.left ?? null;
  if (left === null) return "time stopped";
  if (left < 60) return left < 30 ? "time stopped, a moment is kept" : "time stopped, about half a minute is kept";
  return `time stopped, about ${minutes(Math.round(left / 60))} kept`;
}

/** What stands beside an entry of the order on the desk, besides its tags; `reader` is empty for who does not read out. */
export function entryWords(entry: PrivateEntry | undefined, reader: string): string[] {
  if (!entry) return [];
  const note = entry.note ? `“${entry.note}”` : "";
  const reads = entry.reads === null ? "" : `About ${readingTime(entry.reads)}${reader ? `. ${reader} read it out` : ""}`;
  return [note, reads].filter(Boolean);
}

function readingTime(seconds: number): string {
  if (seconds < 55) return `${Math.max(10, Math.round(seconds / 10) * 10)} seconds`;
  return minutes(Math.max(1, Math.round(seconds / 60)));
}

/** Nobody joins the queue now: a break, private rooms, or the meeting has not begun (Q11). */
export function frozen(floor: Floor): boolean {
  return floor.mode === "break" || floor.mode === "unattended" || floor.under === "private_rooms";
}

/** Whom a process person may ask for an answer: everyone who takes turns but the holder, once. */
export function mayAnswer(floor: Floor): Person[] {
  const asked = new Set(floor.queue.filter((entry) => entry.kind === "reply").map((entry) => entry.seat));
  return sides(floor)
    .flatMap((side) => side.people)
    .filter((one) => one.seat !== floor.holder && !asked.has(one.seat) && one.speaksFor === null);
}
