// What the server says on the line, read into values. Times become milliseconds; codes stay codes until they are shown.
import { readDesk, type Desk } from "./deskframe";
import { personOf, type Person } from "./people";
import { readOwn, type Own } from "./ownframe";
import type { Frame } from "./socket";
import { readTimes, type Times } from "./times";
import { count, facts, list, texts, time, words, type Facts } from "./values";

export type Mode =
  | "queue"
  | "open_talk"
  | "statement"
  | "round"
  | "check"
  | "drafting"
  | "private_rooms"
  | "mediator_speaks"
  | "break"
  | "paused"
  | "unattended";

export type BreakMark = "later" | "soon" | "due" | "asked";

/** What an entry asks for: a turn, an answer to a direct question, the rest of an interrupted turn. */
export type Kind = "turn" | "reply" | "finishing";

export interface Entry {
  seat: string;
  kind: Kind;
  moved: boolean;
  /** Put here by a process person, for somebody who cannot press. */
  added: boolean;
  /** A turn whose words are read. */
  text: boolean;
  away: boolean;
}

/** Each side once, in an order; the codes of sides. */
export interface Round {
  number: number;
  minutes: number;
  agreed: boolean;
  order: string[];
  said: string[];
  passed: string[];
  /** Passed, and will be asked once more. */
  back: string[];
  /** Not here; asked when they are back, and nobody waits for them until then. */
  later: string[];
  next: string | null;
  /** Not here, and the last that the round waits for. */
  missing: string | null;
  complete: boolean;
}

export interface Turn {
  seat: string;
  /** Seconds that the turn was given; null without a limit. */
  allowed: number | null;
  /** Seconds that were left at the floor's last change. */
  left: number | null;
  running: boolean;
  /** At so many seconds left the holder is told: the first sign, and the last. */
  cues: readonly [number, number];
  /** Seconds after which the holder alone reads that the next is waiting. */
  grace: number;
  endsAt: number | null;
}

export interface Statement {
  side: string;
  minutes: number;
  plannedEnd: number | null;
  /** The sides that had theirs in this stage. */
  had: string[];
}

export interface Floor extends Own {
  version: number;
  /** The server's time when this was sent. */
  at: number;
  mode: Mode;
  under: Mode;
  inPerson: boolean;
  stage: { number: number; count: number; code: string; name: string; minutes: number | null; since: number | null } | null;
  breakDue: number | null;
  /** How near the next break is, as the server says; null during one. */
  breakIs: BreakMark | null;
  /** When the meeting is planned to end, and how many minutes before that all were told last. */
  ends: { at: number; left: number | null } | null;
  /** `over`: the announced end is past, and everybody waits to go on. */
  paused: { since: number | null; until: number | null; over: boolean } | null;
  holder: string | null;
  turnKind: Kind | null;
  /** What the text turn that runs says. */
  text: string | null;
  keptUntil: number | null;
  /** When the turn is planned to end, where the ground rules let everybody see it. */
  plannedEnd: number | null;
  /** Until then everybody is told that the holder still has the floor. */
  stillUntil: number | null;
  statement: Statement | null;
  round: Round | null;
  queue: Entry[];
  held: string[];
  /** Microphones that the mediator holds for a moment; everybody sees them. */
  mediatorHolds: { seat: string; by: string; until: number | null }[];
  /** The first who leads and is here, or who was here last. `came`: was in this room before; else there is no lost line to speak of, and nothing has begun. */
  mediator: { seat: string; here: boolean; came: boolean; awaySince: number | null };
  people: Person[];
  /** Parts of the time by the code of the side, where the sides agreed that it is not the same for all; else empty. */
  fair: Readonly<Record<string, number>>;
  rules: string[];
  /** Where we are, in the mediator's own sentence; empty when there is none. */
  recap: string;
  times: Times;
  turn: Turn | null;
  desk: Desk | null;
}

export interface Door {
  attendance: string;
  name: string;
  side: string;
  standing: string;
  proof: string;
  since: number | null;
  agreed: boolean;
}

/** The floor of this frame, or null when it is not one that this page understands. */
export function readFloor(frame: Frame): Floor | null {
  const floor = facts(frame["floor"]);
  const you = facts(frame["you"]);
  if (frame.kind !== "floor" || !Array.isArray(floor["people"]) || typeof you["seat"] !== "string") return null;
  return {
    version: count(frame["version"]) ?? 0,
    at: time(frame["now"]) ?? 0,
    ...readShared(floor),
    ...readOwn(you),
    turn: frame["turn"] ? readTurn(facts(frame["turn"])) : null,
    desk: frame["desk"] ? readDesk(facts(frame["desk"])) : null,
  };
}

function readShared(floor: Facts) {
  const mediator = facts(floor["mediator"]);
  return {
    mode: floor["mode"] as Mode,
    under: (floor["under"] ?? floor["mode"]) as Mode,
    inPerson: floor["in_person"] === true,
    stage: floor["stage"] ? readStage(facts(floor["stage"])) : null,
    breakDue: time(floor["break_due"]),
    breakIs: words(floor["break"]) as BreakMark | null,
    paused: floor["paused"] ? readPause(facts(floor["paused"])) : null,
    ends: floor["ends"] ? readEnds(facts(floor["ends"])) : null,
    holder: words(floor["holder"]),
    keptUntil: time(floor["kept_until"]),
    statement: floor["statement"] ? readStatement(facts(floor["statement"])) : null,
    turnKind: words(floor["turn_kind"]) as Kind | null,
    text: words(floor["text"]),
    plannedEnd: time(floor["planned_end"]),
    stillUntil: time(floor["still_until"]),
    round: floor["round"] ? readRound(facts(floor["round"])) : null,
    queue: list(floor["queue"]).map(readEntry),
    held: texts(floor["held"]),
    mediatorHolds: list(floor["holds"]).map((one) => ({ seat: words(one["seat"]) ?? "", by: words(one["by"]) ?? "", until: time(one["until"]) })),
    fair: Object.fromEntries(list(floor["fair"]).map((one) => [words(one["side"]) ?? "", count(one["parts"]) ?? 1])),
    rules: texts(floor["rules"]),
    recap: words(floor["recap"]) ?? "",
    times: readTimes(facts(floor["numbers"])),
    mediator: { seat: words(mediator["seat"]) ?? "", here: mediator["here"] !== false, came: mediator["came"] !== false, awaySince: time(mediator["away_since"]) },
    people: list(floor["people"]).map((one) => personOf(one as unknown as Parameters<typeof personOf>[0])),
  };
}

function readEntry(entry: Facts): Entry {
  return {
    seat: words(entry["seat"]) ?? "",
    kind: (words(entry["kind"]) ?? "turn") as Kind,
    moved: entry["moved"] === true,
    added: entry["added"] === true,
    text: entry["text"] === true,
    away: entry["away"] === true,
  };
}

function readRound(round: Facts): Round {
  return {
    number: count(round["number"]) ?? 0,
    minutes: count(round["minutes"]) ?? 0,
    agreed: round["agreed"] === true,
    order: texts(round["order"]),
    said: texts(round["said"]),
    passed: texts(round["passed"]),
    back: texts(round["back"]),
    later: texts(round["later"]),
    next: words(round["next"]),
    missing: words(round["missing"]),
    complete: round["complete"] === true,
  };
}

function readStage(stage: Facts) {
  return {
    number: count(stage["number"]) ?? 0,
    count: count(stage["count"]) ?? 0,
    code: words(stage["code"]) ?? "",
    name: words(stage["name"]) ?? "",
    minutes: count(stage["minutes"]),
    since: time(stage["since"]),
  };
}

function readEnds(ends: Facts) {
  return { at: time(ends["at"]) ?? 0, left: count(ends["left"]) };
}

function readPause(pause: Facts) {
  return { since: time(pause["since"]), until: time(pause["until"]), over: pause["over"] === true };
}

function readStatement(own: Facts): Statement {
  return {
    side: words(own["side"]) ?? "nobody",
    minutes: count(own["minutes"]) ?? 0,
    plannedEnd: time(own["planned_end"]),
    had: texts(own["had"]),
  };
}

function readTurn(turn: Facts): Turn {
  return {
    seat: words(turn["seat"]) ?? "",
    allowed: count(turn["allowed"]),
    left: count(turn["left"]),
    running: turn["running"] === true,
    cues: readCues(turn["cues"]),
    grace: count(turn["grace"]) ?? 20,
    endsAt: time(turn["ends_at"]),
  };
}

function readCues(value: unknown): [number, number] {
  const [first, last] = Array.isArray(value) ? value.map(count) : [];
  return [first ?? 30, last ?? 10];
}

/** Who waits at which door; process people only. */
export function readDoors(frame: Frame): Door[] {
  return list(frame["doors"]).map((door) => ({
    attendance: words(door["attendance"]) ?? "",
    name: words(door["name"]) ?? "",
    side: words(door["side"]) ?? "nobody",
    standing: words(door["standing"]) ?? "",
    proof: words(door["proof"]) ?? "",
    since: time(door["since"]),
    agreed: door["agreed"] !== false && door["agreed"] !== null,
  }));
}
