// What a person can tell the mediator outside the queue, in the words of the sheet and of the desk. Pure.

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

export function personal(mediator: string, supporter: string): Telling[] {
  const own = supporter ? [{ what: "supporter", words: `A private word with ${supporter}`, note: `${supporter} and ${mediator} are told that you ask`, icon: "private" }] : [];
  return [
    { what: "upset", words: "I feel upset or unsafe", note: "Only the mediation team is told, at once", icon: "heart" },
    { what: "mediator", words: `A private word with ${mediator}`, icon: "private" },
    ...own,
  ];
}

/** The same as the desk reads it. */
export const TOLD: Readonly<Record<string, { words: string; icon: string }>> = Object.fromEntries(
  [...plain(""), ...personal("you", "their supporter")].map((one) => [one.what, { words: one.words, icon: one.icon }]),
);
