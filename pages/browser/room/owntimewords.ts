// "You have half as much time again: 3 minutes instead of 2." Pure.
import type { MoreTime } from "./ownframe";
import { minutes } from "./words";

const MORE: readonly { stretch: number; words: string }[] = [
  { stretch: 1.25, words: "a quarter more time" },
  { stretch: 1.5, words: "half as much time again" },
  { stretch: 2, words: "twice as much time" },
];

/** What one has, and what that makes of a turn as they are now. */
export function ownTimeWords({ stretch, usual, yours }: MoreTime): string {
  const more = MORE.find((one) => one.stretch === stretch)?.words ?? `${stretch} times as much time`;
  const whole = yours % 30 === 0 && usual % 60 === 0;
  return `You have ${more}: ${long(yours)} instead of ${whole ? usual / 60 : long(usual)}.`;
}

/** "3 minutes", "4 and a half minutes", "3 minutes 45 seconds" */
function long(seconds: number): string {
  const whole = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  if (rest === 0) return minutes(whole);
  if (whole === 0) return `${rest} seconds`;
  return rest === 30 ? `${whole} and a half minutes` : `${minutes(whole)} ${rest} seconds`;
}
