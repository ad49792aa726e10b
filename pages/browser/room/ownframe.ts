// What the server says to one person about themselves, and to nobody else.
import { count, facts, list, texts, time, words, type Facts } from "./values";

export type Ability =
  | "raise_hand"
  | "write_turn"
  | "lower_hand"
  | "restore_hand"
  | "keep_hand"
  | "not_finished"
  | "ask_reply"
  | "write_reply"
  | "pass_turn"
  | "pass_back"
  | "hand_over"
  | "agree_rules"
  | "tell"
  | "back_again"
  | "finish";

/** Something told to the mediator outside the queue, and what became of it. */
export interface Told {
  number: number;
  what: string;
  /** Which word was not understood, if that was said. */
  word: string | null;
  at: number | null;
  seenAt: number | null;
  seenBy: string | null;
  /** Nobody had seen it for a minute: a coordinator was told. */
  escalated: boolean;
}

/** Times as long as for others; seconds of a turn as they are now, for others and for oneself. */
export interface MoreTime {
  stretch: number;
  usual: number;
  yours: number;
}

export interface Own {
  you: string;
  process: boolean;
  /** A process person who may act; a trainee may not. */
  leads: boolean;
  holds: boolean;
  /** 1 is next; null without a hand. */
  place: number | null;
  handUp: boolean;
  /** What the person wrote beside their own hand. */
  note: string | null;
  /** The words of their own text turn, while it waits. */
  ownText: string | null;
  /** The words of their own answer in writing, while it waits. */
  ownReply: string | null;
  undoUntil: number | null;
  /** The hand was taken down because its owner speaks; until then another turn can be kept. */
  keepUntil: number | null;
  /** What is left of an interrupted turn, and until when it can be asked for. */
  rest: { left: number; until: number | null } | null;
  /** What this person has more of than others; null for ordinary time. */
  time: MoreTime | null;
  mic: { right: "free" | "held" | "yours"; reason: string | null; until: number | null };
  nudgedAt: number | null;
  /** The last time that a process person closed this microphone. */
  muted: { number: number; by: string; reason: string | null } | null;
  told: Told[];
  /** Those whom this person supports and who ask for a word in private. */
  asked: string[];
  agreed: boolean;
  /** The rules have changed since this person saw them: they are asked again. */
  again: boolean;
  can: Ability[];
}

export function readOwn(you: Facts): Own {
  return {
    you: words(you["seat"]) ?? "",
    process: you["process"] === true,
    leads: you["leads"] !== false && you["process"] === true,
    holds: you["holds"] === true,
    handUp: you["hand"] === "up",
    place: count(you["place"]),
    note: words(you["note"]),
    ownText: words(you["text"]),
    ownReply: words(you["reply_text"]),
    undoUntil: time(you["undo_until"]),
    keepUntil: time(you["keep_until"]),
    rest: you["rest"] ? readRest(facts(you["rest"])) : null,
    time: readMore(facts(you["time"])),
    mic: readMic(facts(you["mic"])),
    nudgedAt: time(you["nudged_at"]),
    muted: you["muted"] ? readMuted(facts(you["muted"])) : null,
    told: list(you["told"]).map(readTold),
    asked: texts(you["asked"]),
    agreed: you["agreed"] === true,
    again: you["again"] === true,
    can: texts(you["can"]) as Ability[],
  };
}

function readMore(more: Facts): MoreTime | null {
  const [stretch, usual, yours] = [count(more["stretch"]), count(more["usual"]), count(more["yours"])];
  return stretch === null || usual === null || yours === null ? null : { stretch, usual, yours };
}

function readMic(mic: Facts) {
  const right = mic["right"] === "held" || mic["right"] === "yours" ? (mic["right"] as "held" | "yours") : ("free" as const);
  return { right, reason: words(mic["reason"]), until: time(mic["until"]) };
}

function readRest(rest: Facts) {
  return { left: count(rest["left"]) ?? 0, until: time(rest["until"]) };
}

function readMuted(muted: Facts) {
  return { number: count(muted["number"]) ?? 0, by: words(muted["by"]) ?? "", reason: words(muted["reason"]) };
}

function readTold(told: Facts): Told {
  return {
    number: count(told["number"]) ?? 0,
    what: words(told["what"]) ?? "",
    word: words(told["word"]),
    at: time(told["at"]),
    seenAt: time(told["seen_at"]),
    seenBy: words(told["seen_by"]),
    escalated: told["escalated"] === true,
  };
}
