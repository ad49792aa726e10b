// What process people see beside the floor, read from a frame: notes, cue, signals, the mirror of one's own hand, settings.
import { count, facts, list, texts, time, words, type Facts } from "./values";

export type Step = "nudge" | "mute" | "hold";

/** What process people alone see of an entry of the queue; in the order of the queue. */
export interface PrivateEntry {
  note: string | null;
  /** The mediator's own word for moving it. */
  reason: string | null;
  /** The words of a text turn. */
  words: string | null;
  /** Seconds that these words take to be read out. */
  reads: number | null;
}

/** Somebody of another side is heard over the holder. */
export interface Cue {
  seats: string[];
  since: number | null;
  /** They are not heard any more, and the holder's time runs again. */
  over: boolean;
}

export interface Signal {
  number: number;
  what: string;
  word: string | null;
  /** Null when it was sent without a name. */
  seat: string | null;
  at: number | null;
  seenAt: number | null;
  seenBy: string | null;
  escalated: boolean;
}

export interface PlanStage {
  code: string;
  name: string;
  mode: string;
  minutes: number | null;
  /** Minutes of one turn, and of a side’s own time. */
  turn: number | null;
  own: number | null;
}

export interface Desk {
  next: string | null;
  owed: string[];
  /** Sides that had their own time in this stage; null when the server does not say. */
  stated: string[] | null;
  entries: PrivateEntry[];
  cue: Cue | null;
  /** The newest first. */
  told: Signal[];
  /** By step, then by side: what this person has done. */
  mirror: Readonly<Record<Step, Readonly<Record<string, number>>>>;
  /** The last of each step for each person. */
  steps: { seat: string; step: Step; at: number | null; by: string }[];
  /** Those whose time is not the ordinary time: 1.25, 1.5, 2. */
  stretch: Readonly<Record<string, number>>;
  /** Those for whom silence is charged later than usual: seconds, null for never. */
  patience: Readonly<Record<string, number | null>>;
  /** Seconds. */
  numbers: Readonly<Record<string, number>>;
  ranges: Readonly<Record<string, readonly [number, number]>>;
  /** What each number is when a sitting begins. */
  usual: Readonly<Record<string, number>>;
  /** Whether speech may be listened to, and whether it is just now. */
  hearing: boolean;
  ears: boolean;
  timeShown: boolean;
  /** Seats that have agreed to the ground rules. */
  agreed: string[];
  /** Seats that have not come back from the break. */
  notBack: string[];
  plan: PlanStage[];
}

export function readDesk(desk: Facts): Desk {
  return {
    next: words(desk["next"]),
    owed: texts(desk["owed"]),
    stated: Array.isArray(desk["stated"]) ? texts(desk["stated"]) : null,
    entries: list(desk["entries"]).map(readEntry),
    cue: desk["cue"] ? readCue(facts(desk["cue"])) : null,
    told: list(desk["told"]).map(readSignal),
    notBack: texts(desk["not_back"]),
    ...readMicrophones(desk),
    ...readSettings(desk),
    plan: list(desk["plan"]).map(readStage),
  };
}

function readMicrophones(desk: Facts) {
  const mirror = facts(desk["mirror"]);
  return {
    mirror: { nudge: counts(mirror["nudge"]), mute: counts(mirror["mute"]), hold: counts(mirror["hold"]) },
    steps: list(desk["steps"]).map((one) => ({
      seat: words(one["seat"]) ?? "",
      step: (words(one["step"]) ?? "nudge") as Step,
      at: time(one["at"]),
      by: words(one["by"]) ?? "",
    })),
  };
}

function readSettings(desk: Facts) {
  return {
    stretch: counts(desk["stretch"]),
    patience: Object.fromEntries(Object.entries(facts(desk["patience"])).map(([seat, value]) => [seat, count(value)])),
    numbers: counts(desk["numbers"]),
    ranges: Object.fromEntries(Object.entries(facts(desk["ranges"])).flatMap(([name, value]) => range(name, value))),
    usual: counts(desk["usual"]),
    hearing: desk["hearing"] === true,
    ears: desk["ears"] === true,
    timeShown: desk["time_shown"] === true,
    agreed: texts(desk["agreed"]),
  };
}

function readEntry(entry: Facts): PrivateEntry {
  return { note: words(entry["note"]), reason: words(entry["reason"]), words: words(entry["words"]), reads: count(entry["reads"]) };
}

function readCue(cue: Facts): Cue {
  return { seats: texts(cue["seats"]), since: time(cue["since"]), over: cue["over"] === true };
}

function readSignal(signal: Facts): Signal {
  return {
    number: count(signal["number"]) ?? 0,
    what: words(signal["what"]) ?? "",
    word: words(signal["word"]),
    seat: words(signal["seat"]),
    at: time(signal["at"]),
    seenAt: time(signal["seen_at"]),
    seenBy: words(signal["seen_by"]),
    escalated: signal["escalated"] === true,
  };
}

function readStage(stage: Facts): PlanStage {
  return {
    code: words(stage["code"]) ?? "",
    name: words(stage["name"]) ?? "",
    mode: words(stage["mode"]) ?? "",
    minutes: count(stage["minutes"]),
    turn: count(stage["turn"]),
    own: count(stage["own"]),
  };
}

function counts(value: unknown): Record<string, number> {
  const numbers = Object.entries(facts(value)).filter((one): one is [string, number] => count(one[1]) !== null);
  return Object.fromEntries(numbers);
}

function range(name: string, value: unknown): [string, [number, number]][] {
  const [least, most] = Array.isArray(value) ? value.map(count) : [];
  return typeof least === "number" && typeof most === "number" ? [[name, [least, most]]] : [];
}
