// Whose picture is large in open talk: the person who has been heard for a second, changed at most every two.
import type { Clock } from "./clock";

const HEARD = 1000;
const STEADY = 2000;

export class Voice {
  /** The seat whose voice was last heard for long enough; null when nobody has been. */
  speaker: string | null = null;
  private rising: string | null = null;
  private changed = -Infinity;
  private stop = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  /** The seat heard loudest now, or null when it is quiet. Silence changes nothing. */
  hears(seat: string | null): void {
    if (seat === this.rising) return;
    this.stop();
    this.rising = seat;
    if (seat === null || seat === this.speaker) return;
    const wait = Math.max(HEARD, this.changed + STEADY - this.clock.now());
    this.stop = this.clock.later(wait, () => this.settle(seat));
  }

  /** The speaker has gone: the next voice may be shown at once it is heard long enough. */
  forget(): void {
    this.stop();
    this.rising = null;
    this.speaker = null;
  }

  private settle(seat: string): void {
    this.speaker = seat;
    this.changed = this.clock.now();
    this.onChange();
  }
}
