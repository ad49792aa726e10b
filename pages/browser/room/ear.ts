// The desk's ear: tells the server who is heard, whenever that changes and once a second, so that the server also knows that
// it is still listened to. Nothing is kept: a report that cannot be sent now is no longer true later.
import type { Clock } from "./clock";
import type { Frame } from "./socket";

const SECOND = 1000;
/** What one report may name, and how a seat is written; anything else the server would refuse. */
const MOST = 40;
const SEAT = /^[A-Za-z0-9_-]{1,40}$/;

export interface Report {
  /** Milliseconds of a clock that is never put right, and never runs back. */
  at: number;
  seats: string[];
}

export interface EarNeeds {
  clock: Clock;
  /** performance.now() */
  time: () => number;
  send: (report: Report) => void;
}

export class Ear {
  /** null while there is no sound here to listen to. */
  private heard: string[] | null = null;
  private asked = false;
  private stop = () => {};

  constructor(private readonly needs: EarNeeds) {}

  /** The seats that are heard now; null when sound is not connected, which is not silence. */
  hears(seats: Iterable<string> | null): void {
    const heard = seats && [...new Set(seats)].filter((seat) => SEAT.test(seat)).sort().slice(0, MOST);
    if (same(heard, this.heard)) return;
    this.heard = heard;
    this.report();
  }

  /** Everything the line brings: only a floor that may be listened to is. */
  told(frame: Frame): void {
    if (frame.kind !== "floor") return;
    const asked = mayListen(frame);
    if (asked === this.asked) return;
    this.asked = asked;
    this.report();
  }

  private report(): void {
    this.stop();
    if (!this.asked || this.heard === null) return;
    this.needs.send({ at: Math.round(this.needs.time()), seats: this.heard });
    this.stop = this.needs.clock.later(SECOND, () => this.report());
  }
}

/** Whether this frame is one for the desk of somebody who leads, and listening is on for this sitting. */
export function mayListen(frame: Frame): boolean {
  const desk: unknown = frame["desk"];
  const you: unknown = frame["you"];
  if (typeof you === "object" && you !== null && (you as { leads?: unknown }).leads === false) return false;
  return typeof desk === "object" && desk !== null && (desk as { hearing?: unknown }).hearing === true;
}

function same(one: string[] | null, other: string[] | null): boolean {
  return one === null || other === null ? one === other : one.join() === other.join();
}
