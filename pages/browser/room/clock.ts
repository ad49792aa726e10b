// Time as the room's parts need it, so that a test can hold it still.

export interface Clock {
  /** Milliseconds since 1970, by this browser's clock. */
  now(): number;
  /** Calls `act` once after `ms`; the answer takes it back. */
  later(ms: number, act: () => void): () => void;
}

export const realClock: Clock = {
  now: () => Date.now(),
  later: (ms, act) => {
    const handle = setTimeout(act, ms);
    return () => clearTimeout(handle);
  },
};
