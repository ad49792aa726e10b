// The numbers of this sitting that everybody's screen says in words: how long something is kept, and how far ahead it is said.
import { count, type Facts } from "./values";

/** Seconds. */
export interface Times {
  reply: number;
  undo: number;
  keepHand: number;
  unfinished: number;
  unseen: number;
  hold: number;
  breakAhead: number;
}

/** An older server does not say them: then they are the usual ones. */
export function readTimes(numbers: Facts): Times {
  const of = (name: string, usual: number) => count(numbers[name]) ?? usual;
  return {
    reply: of("reply", 60),
    undo: of("undo", 10),
    keepHand: of("keep_hand", 10),
    unfinished: of("unfinished", 60),
    unseen: of("unseen", 60),
    hold: of("hold", 60),
    breakAhead: of("break_ahead", 300),
  };
}
