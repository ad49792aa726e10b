// The line: one socket to our own server that comes back by itself until the meeting is over.
// It keeps what was asked and not yet answered, and asks it again with the same id, so that nothing is lost or done twice.
import type { Clock } from "./clock";

const WAITS = [300, 1000, 2000, 3000];
const BEAT = 5000;
/** Of who has the floor: the server stops their time at their last beat, so this is how wrong it can be. */
const HOLDERS_BEAT = 1000;
/** A socket that does not open in this time is given up, so that a dead worker costs seconds. */
const OPENING = 4000;
/** Once the server has answered a heartbeat, silence longer than this means that the line is dead. */
const SILENCE = 12_000;

/** The part of WebSocket that the line uses. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

/** A second press means a second minute. */
const ADDS_UP: ReadonlySet<string> = new Set(["more_time"]);

export type LineState = "opening" | "open" | "lost" | "over";

export interface Frame {
  kind: string;
  [fact: string]: unknown;
}

export type Facts = Record<string, string | number | boolean | readonly string[] | Readonly<Record<string, number>>>;

export interface Ask {
  kind: string;
  op: string;
  version: number;
  [fact: string]: unknown;
}

export interface LineNeeds {
  open: () => Socket;
  clock: Clock;
  newId: () => string;
  onFrame: (frame: Frame) => void;
  onState: (state: LineState) => void;
}

export class Line {
  state: LineState = "opening";
  /** How long the last heartbeat took to the server and back, in milliseconds; null before the first. */
  rtt: number | null = null;
  private beatAt: number | null = null;
  private socket: Socket | null = null;
  private unanswered: Ask[] = [];
  private tries = 0;
  private heard = 0;
  private answersBeats = false;
  private pace = BEAT;
  /** Opening, beating or waiting: only one of them at a time. */
  private stopTimer = () => {};

  constructor(private readonly needs: LineNeeds) {}

  start(): void {
    this.dial();
  }

  /** Asks the server for something; kept and asked again until answered. The same thing is not asked twice in a row. */
  ask(kind: string, version: number, facts: Facts = {}): void {
    if (this.state === "over" || this.waitsFor(kind, facts)) return;
    const ask: Ask = { kind, op: this.needs.newId(), version, ...facts };
    this.unanswered.push(ask);
    if (this.state === "open") this.put(ask);
  }

  /** Says something that is only true now: it is not kept, not said again, and not answered. */
  mention(kind: string, facts: Record<string, unknown>): void {
    if (this.state === "open") this.put({ kind, ...facts, ...(this.rtt === null ? {} : { rtt: this.rtt }) });
  }

  /** Whether the last thing asked was this very one and is not answered yet. What adds up is never the same thing twice. */
  waitsFor(kind: string, facts: Facts = {}): boolean {
    const last = this.unanswered.at(-1);
    if (!last || last.kind !== kind || ADDS_UP.has(kind)) return false;
    const { kind: _, op: __, version: ___, ...asked } = last;
    return JSON.stringify(asked) === JSON.stringify(facts);
  }

  /** Tries at once, instead of at the end of the pause. */
  retry(): void {
    if (this.state === "lost") this.dial();
  }

  /** The browser says that it has no network: nothing waits for a silent socket. */
  drop(): void {
    if (this.state === "open" || this.state === "opening") this.lose();
  }

  /** No further line: the meeting is over or the page goes. */
  end(): void {
    this.hangUp();
    this.unanswered = [];
    this.become("over");
  }

  private dial(): void {
    this.hangUp();
    const socket = this.needs.open();
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = (event) => this.read(event.data);
    socket.onclose = () => this.lose();
    this.after(OPENING, () => this.lose());
  }

  private opened(): void {
    this.stopTimer();
    this.tries = 0;
    this.beatAt = null;
    this.heard = this.needs.clock.now();
    this.become("open");
    for (const ask of this.unanswered) this.put(ask);
    this.beat();
  }

  private beat(): void {
    if (this.answersBeats && this.needs.clock.now() - this.heard > SILENCE) return this.lose();
    this.beatAt ??= this.needs.clock.now();
    this.put({ kind: "heartbeat" });
    this.after(this.pace, () => this.beat());
  }

  private read(data: unknown): void {
    const frame = parsed(data);
    if (!frame) return;
    this.heard = this.needs.clock.now();
    if (frame.kind === "heartbeat") {
      this.answersBeats = true;
      this.beaten();
      return;
    }
    if (frame.kind === "done" || frame.kind === "refused") {
      this.unanswered = this.unanswered.filter((ask) => ask.op !== frame["op"]);
    }
    if (frame.kind === "floor") this.paced(holds(frame) ? HOLDERS_BEAT : BEAT);
    if (frame.kind === "over") this.end();
    this.needs.onFrame(frame);
  }

  private paced(pace: number): void {
    const faster = pace < this.pace;
    this.pace = pace;
    if (faster && this.state === "open") this.beat();
  }

  private beaten(): void {
    const took = this.beatAt === null ? -1 : this.needs.clock.now() - this.beatAt;
    this.beatAt = null;
    // The clock of this browser may have been put right meanwhile.
    if (took >= 0 && took <= SILENCE) this.rtt = Math.round(took);
  }

  private lose(): void {
    if (this.state === "over") return;
    this.hangUp();
    this.become("lost");
    const wait = WAITS[Math.min(this.tries, WAITS.length - 1)] ?? 3000;
    this.tries += 1;
    this.after(wait, () => this.dial());
  }

  private put(words: object): void {
    this.socket?.send(JSON.stringify(words));
  }

  private hangUp(): void {
    this.stopTimer();
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private after(ms: number, act: () => void): void {
    this.stopTimer();
    this.stopTimer = this.needs.clock.later(ms, act);
  }

  private become(state: LineState): void {
    if (this.state === state) return;
    this.state = state;
    this.needs.onState(state);
  }
}

function parsed(data: unknown): Frame | null {
  if (typeof data !== "string") return null;
  try {
    const frame: unknown = JSON.parse(data);
    const named = typeof frame === "object" && frame !== null && typeof (frame as Frame).kind === "string";
    return named ? (frame as Frame) : null;
  } catch {
    return null;
  }
}

function holds(frame: Frame): boolean {
  const you: unknown = frame["you"];
  return typeof you === "object" && you !== null && (you as { holds?: unknown }).holds === true;
}

/** The address of a socket on our own server. */
export function socketAddress(path: string, base: string): string {
  const address = new URL(path, base);
  address.protocol = address.protocol === "http:" ? "ws:" : "wss:";
  return address.href;
}
