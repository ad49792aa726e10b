// Small words made of facts: places, clock times, time left. Pure; everything about the day is said in London's time.

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "numeric", minute: "2-digit", hour12: false });

/** The place in the queue as a word: 1 is next. */
export function placeWord(place: number): string {
  if (place === 1) return "next";
  return ORDINALS[place - 1] ?? `number ${place}`;
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** 10:42, as on the wall in London. */
export function clockTime(ms: number): string {
  return CLOCK.format(ms).replace(/^0(?=\d:)/, "").replace(/^24/, "0");
}

/** How long something lasts: "1 second", "90 seconds", "1 minute", "2 minutes". */
export function lasting(seconds: number): string {
  if (seconds >= 60 && seconds % 60 === 0) return minutes(seconds / 60);
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

export function minutes(count: number): string {
  return count === 1 ? "1 minute" : `${count} minutes`;
}

/** What the holder and the mediator read of the time left; no seconds but at the end, where the two signs of it stand. */
export function timeLeft(seconds: number, [first, last]: readonly [number, number]): string {
  if (seconds <= 0) return "Finish your sentence, then stop when you are ready";
  if (seconds <= last) return `About ${lasting(last)} left`;
  if (seconds <= first) return `About ${lasting(first)} left`;
  return `About ${minutes(Math.max(1, Math.round(seconds / 60)))} left`;
}

/** "Tessa" of "Tessa A."; "Dr Sami R." and "SEND Team" whole: what people say of each other. */
export function firstName(name: string): string {
  const [first, letter, ...more] = name.trim().split(/\s+/);
  const titled = /^(Dr|Mr|Mrs|Ms|Miss|Mx|Prof)\.?$/.test(first ?? "");
  const person = !titled && more.length === 0 && /^.{1,2}\.$/u.test(letter ?? "");
  return person ? (first ?? name) : name.trim();
}

/** At most two letters: of the first name and of the last word. */
export function initials(name: string): string {
  const parts = name.replace(/^(Dr|Mr|Mrs|Ms|Miss|Mx|Prof)\.?\s+/, "").trim().split(/\s+/);
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : ""].map((part) => [...(part ?? "")][0] ?? "");
  return letters.join("").toUpperCase();
}

/** How long somebody has waited, in words that do not tick. */
export function waitedFor(ms: number): string {
  const whole = Math.floor(ms / 60_000);
  return whole < 1 ? "Just came" : `Waiting ${minutes(whole)}`;
}

/** As the server reckons it: 150 words a minute, said to the nearest ten seconds. */
export function readingTime(words: string): string {
  const count = words.split(/\s+/).filter(Boolean).length;
  const seconds = Math.max(10, Math.round((5 + count * 0.4) / 10) * 10);
  return seconds < 60 ? `About ${seconds} seconds to read out` : `About ${minutes(Math.round(seconds / 60))} to read out`;
}
