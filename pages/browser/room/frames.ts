// What the server says on the line, read into values. Times become milliseconds; codes stay codes until they are shown.
import { personOf, type Person } from "./people";
import type { Frame } from "./socket";

export type Mode = "queue" | "open_talk" | "statement" | "mediator_speaks" | "break" | "paused" | "unattended";
export type Ability = "raise_hand" | "lower_hand" | "restore_hand" | "finish";

export interface Turn {
  seat: string;
  /** Seconds that the turn was given; null without a limit. */
  allowed: number | null;
  /** Seconds that were left at the floor's last change. */
  left: number | null;
  running: boolean;
  endsAt: number | null;
}

export interface Statement {
  side: string;
  minutes: number;
  plannedEnd: number | null;
  /** The sides that had theirs in this stage. */
  had: string[];
}

export interface Desk {
  next: string | null;
  owed: string[];
  /** Sides that had their own time in this stage; null when the server does not say. */
  stated: string[] | null;
}

export interface Floor {
  version: number;
  /** The server's time when this was sent. */
  at: number;
  mode: Mode;
  under: Mode;
  inPerson: boolean;
  stage: { number: number; count: number; code: string; minutes: number | null; since: number | null } | null;
  breakDue: number | null;
  paused: { since: number | null; until: number | null } | null;
  holder: string | null;
  keptUntil: number | null;
  statement: Statement | null;
  queue: { seat: string; moved: boolean; away: boolean }[];
  held: string[];
  /** `came`: was in this room before; else there is no lost line to speak of, and nothing has begun. */
  mediator: { here: boolean; came: boolean; awaySince: number | null };
  people: Person[];
  you: string;
  process: boolean;
  holds: boolean;
  /** 1 is next; null without a hand. */
  place: number | null;
  handUp: boolean;
  undoUntil: number | null;
  mic: { right: "free" | "held" | "yours"; reason: string | null; until: number | null };
  can: Ability[];
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

type Facts = Record<string, unknown>;

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
    paused: floor["paused"] ? readPause(facts(floor["paused"])) : null,
    holder: words(floor["holder"]),
    keptUntil: time(floor["kept_until"]),
    statement: floor["statement"] ? readStatement(facts(floor["statement"])) : null,
    queue: list(floor["queue"]).map((entry) => ({
      seat: words(entry["seat"]) ?? "",
      moved: entry["moved"] === true,
      away: entry["away"] === true,
    })),
    held: texts(floor["held"]),
    mediator: { here: mediator["here"] !== false, came: mediator["came"] !== false, awaySince: time(mediator["away_since"]) },
    people: list(floor["people"]).map((one) => personOf(one as unknown as Parameters<typeof personOf>[0])),
  };
}

function readOwn(you: Facts) {
  const mic = facts(you["mic"]);
  return {
    you: words(you["seat"]) ?? "",
    process: you["process"] === true,
    holds: you["holds"] === true,
    handUp: you["hand"] === "up",
    place: count(you["place"]),
    undoUntil: time(you["undo_until"]),
    mic: {
      right: mic["right"] === "held" || mic["right"] === "yours" ? (mic["right"] as "held" | "yours") : ("free" as const),
      reason: words(mic["reason"]),
      until: time(mic["until"]),
    },
    can: texts(you["can"]) as Ability[],
  };
}

function readStage(stage: Facts) {
  return {
    number: count(stage["number"]) ?? 0,
    count: count(stage["count"]) ?? 0,
    code: words(stage["code"]) ?? "",
    minutes: count(stage["minutes"]),
    since: time(stage["since"]),
  };
}

function readPause(pause: Facts) {
  return { since: time(pause["since"]), until: time(pause["until"]) };
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
    endsAt: time(turn["ends_at"]),
  };
}

function readDesk(desk: Facts): Desk {
  const stated = Array.isArray(desk["stated"]) ? texts(desk["stated"]) : null;
  return { next: words(desk["next"]), owed: texts(desk["owed"]), stated };
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

function facts(value: unknown): Facts {
  return typeof value === "object" && value !== null ? (value as Facts) : {};
}

function list(value: unknown): Facts[] {
  return Array.isArray(value) ? value.map(facts) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

function words(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function time(value: unknown): number | null {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
