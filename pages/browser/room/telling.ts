// What a person can tell the mediator outside the queue, in the words of the sheet and of the desk. Pure.
import type { Floor } from "./frames";
import { mediatorTeam } from "./mediators";
import { clockTime } from "./words";

export interface Telling {
  what: string;
  words: string;
  /** What the person should know before pressing. */
  note?: string;
  icon: string;
}

export function plain(mediator: string): Telling[] {
  return [
    { what: "pause", words: "Pause, please", icon: "pause" },
    { what: "slower", words: "Slower", icon: "slow" },
    { what: "again", words: "Say that again", icon: "repeat" },
    { what: "lost", words: "I have lost the thread", icon: "thread" },
    { what: "word", words: "What does that word mean?", note: "Sent without your name", icon: "word" },
    { what: "sound", words: "Something is wrong with my sound", icon: "ear" },
    { what: "break", words: "A break, please", note: `Everyone sees that a break is asked for, not by whom. ${mediator} decides when`, icon: "cup" },
  ];
}

/** `mediator` is one of those who lead, `team` all of them. */
export function personal(mediator: string, team: string, supporter: string): Telling[] {
  const own = supporter ? [{ what: "supporter", words: `A private word with ${supporter}`, note: `${supporter} and ${team} are told that you ask`, icon: "private" }] : [];
  return [
    { what: "upset", words: "I feel upset or unsafe", note: "Only the mediation team is told, at once", icon: "heart" },
    { what: "mediator", words: `A private word with ${mediator}`, icon: "private" },
    ...own,
  ];
}

/** What a person has told and nobody has seen: also when their page was opened anew. It says no more than that in the open. */
export function unseenWords(floor: Floor): string {
  const waiting = floor.told.filter((one) => one.seenAt === null);
  const [first] = waiting;
  if (!first) return "";
  const many = waiting.length > 1;
  const at = many || first.at === null ? "" : ` at ${clockTime(first.at)}`;
  const passedOn = waiting.some((one) => one.escalated) ? " A coordinator has been told." : "";
  return `You told ${mediatorTeam(floor)} ${many ? `${waiting.length} things` : `something${at}`}. Nobody has seen ${many ? "them" : "it"} yet.${passedOn}`;
}

/** The same as the desk reads it. */
export const TOLD: Readonly<Record<string, { words: string; icon: string }>> = Object.fromEntries(
  [...plain(""), ...personal("you", "you", "their supporter")].map((one) => [one.what, { words: one.words, icon: one.icon }]),
);
