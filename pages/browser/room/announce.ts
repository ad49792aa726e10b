// What a screen reader is told: one polite region, at most one sentence in three seconds, and one for what cannot wait.
import type { Clock } from "./clock";

const PAUSE = 3000;
/** Long enough to be heard; afterwards a reader that goes through the page finds nothing old here. */
const LEFT_FOR = 10_000;

/** The part of an element that is spoken. */
export interface Region {
  textContent: string | null;
}

export class Announcer {
  private last = -Infinity;
  private unsaid: string | null = null;
  private kept: string[] = [];
  private waiting = false;
  private readonly clearing = new Map<Region, () => void>();

  constructor(
    private readonly polite: Region,
    private readonly alert: Region,
    private readonly clock: Clock,
  ) {}

  /** Says this when there is room; a newer sentence takes the place of one that is not yet said. */
  say(words: string): void {
    this.unsaid = words;
    if (!this.waiting) this.next();
  }

  /** Says this when there is room, before what else waits; nothing newer takes its place. */
  sayToo(words: string): void {
    this.kept.push(words);
    if (!this.waiting) this.next();
  }

  /** Says this at once. What waited politely is older than this, and is dropped. */
  sayNow(words: string): void {
    this.unsaid = null;
    this.write(this.alert, words);
  }

  private next(): void {
    const wait = this.last + PAUSE - this.clock.now();
    if (wait > 0) return this.wait(wait);
    const words = [...this.kept, ...(this.unsaid === null ? [] : [this.unsaid])];
    if (words.length === 0) return;
    this.write(this.polite, words.join(" "));
    this.unsaid = null;
    this.kept = [];
    this.last = this.clock.now();
  }

  private wait(ms: number): void {
    this.waiting = true;
    this.clock.later(ms, () => {
      this.waiting = false;
      this.next();
    });
  }

  /** A region speaks when its text changes: the same words again carry a space that does not break. */
  private write(region: Region, words: string): void {
    region.textContent = region.textContent === words ? `${words}\u00a0` : words;
    this.clearing.get(region)?.();
    this.clearing.set(
      region,
      this.clock.later(LEFT_FOR, () => {
        region.textContent = "";
      }),
    );
  }
}
