// A clock that a test moves by hand.
import type { Clock } from "./clock";

interface Due {
  at: number;
  act: () => void;
}

export class HandClock implements Clock {
  private due: Due[] = [];

  constructor(private time = 1_000_000) {}

  now(): number {
    return this.time;
  }

  later(ms: number, act: () => void): () => void {
    const entry = { at: this.time + ms, act };
    this.due.push(entry);
    return () => {
      this.due = this.due.filter((other) => other !== entry);
    };
  }

  /** Moves on by `ms`, and does what falls due on the way, in order. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = this.due.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.due = this.due.filter((entry) => entry !== next);
      this.time = next.at;
      next.act();
    }
    this.time = end;
  }
}
