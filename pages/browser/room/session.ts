// The room as this browser knows it: the last floor that the server sent, sound and picture, and what the person has open.
// Nothing here decides about turns: it asks, and shows what comes back.
import type { Announcer } from "./announce";
import type { Clock } from "./clock";
import { readDoors, readFloor, type Floor } from "./frames";
import { NO_MEDIA, type MediaView } from "./media";
import { atDoors, passed, placeWords, said } from "./said";
import type { Facts, Frame, Line, LineState } from "./socket";
import type { Acts, RoomState } from "./state";
import { mutedWords } from "./muted";
import { placeWord } from "./words";

/** A worker that is replaced is back in less; only a longer silence is worth a word. */
const DROPPED_AFTER = 2000;
const SECOND = 1000;

/** What the session does to the world; the page gives the real ones. */
export interface World {
  clock: Clock;
  announcer: Announcer;
  line: Pick<Line, "ask" | "retry" | "end">;
  /** Sound and picture; null where the meeting has none here. */
  video: VideoPart | null;
  draw: (state: RoomState) => void;
  reload: () => void;
  chime: () => void;
  /** Sends a door's form; the answer is empty, or words that say why not. */
  postDoor: (act: string, attendance: string) => Promise<string>;
}

export interface VideoPart {
  start(): void;
  end(): void;
  hold(): void;
  moved(epoch: number): void;
  microphone(on: boolean): Promise<void>;
  camera(on: boolean): Promise<void>;
  hear(): Promise<void>;
}

export class Session {
  state: RoomState;
  private ahead = 0;
  private looked = 0;
  private lost = () => {};
  private seen = new Set<string>();

  constructor(private readonly world: World) {
    this.state = {
      line: "opening",
      dropped: false,
      floor: null,
      media: world.video ? { ...NO_MEDIA, state: "joining" } : NO_MEDIA,
      doors: [],
      refused: "",
      refusedAt: "",
      now: world.clock.now(),
      timeHidden: false,
      sounds: true,
      sheet: null,
      note: "",
      draftTurn: null,
      draftReply: null,
      muted: null,
      recapSeen: "",
      keys: false,
    };
    this.lost = world.clock.later(DROPPED_AFTER, () => this.dropped());
    this.tick();
  }

  /** Everything the line brings. */
  hear(frame: Frame): void {
    if (frame.kind === "floor") this.floor(readFloor(frame));
    else if (frame.kind === "doors") this.doors(frame);
    else if (frame.kind === "media") this.world.video?.moved(Number(frame["epoch"]) || 0);
    else if (frame.kind === "refused") this.refuse(String(frame["words"] ?? ""), String(frame["field"] ?? ""));
    else if (frame.kind === "reload") this.world.reload();
    else if (frame.kind === "over") this.over();
  }

  lineIs(line: LineState): void {
    this.lost();
    if (line === "lost" && !this.state.dropped) this.lost = this.world.clock.later(DROPPED_AFTER, () => this.dropped());
    this.change({ line });
  }

  mediaIs(media: MediaView): void {
    this.change(media.micOn && !this.state.media.micOn ? { media, muted: null } : { media });
    this.holdIfHeld();
  }

  acts(): Acts {
    const { video, line } = this.world;
    return {
      ask: (kind: string, facts?: Facts, seen?: number) => {
        this.change({ refused: "", refusedAt: "" });
        line.ask(kind, seen ?? this.state.floor?.version ?? 0, facts);
      },
      microphone: (on) => void video?.microphone(on),
      camera: (on) => void video?.camera(on),
      hear: () => void video?.hear(),
      retry: () => line.retry(),
      open: (sheet) => this.change({ sheet }),
      hideTime: (timeHidden) => this.change({ timeHidden }),
      sound: (sounds) => this.change({ sounds }),
      note: (note) => this.change({ note }),
      draftTurn: (draftTurn) => this.change({ draftTurn }),
      draftReply: (draftReply) => this.change({ draftReply }),
      seenMute: () => this.change({ muted: null }),
      seenRecap: (recapSeen) => this.change({ recapSeen }),
      keys: (keys) => this.change({ keys }),
      tellPlace: () => this.tellPlace(),
      door: (act, attendance) => void this.door(act, attendance),
      seenRefusal: () => this.change({ refused: "", refusedAt: "" }),
    };
  }

  private refuse(refused: string, refusedAt: string): void {
    this.change({ refused, refusedAt });
    if (refused && !refusedAt) this.world.announcer.sayNow(refused);
  }

  private floor(floor: Floor | null): void {
    if (!floor) return;
    const before = this.state.floor;
    if (before && floor.version < before.version && !this.state.dropped) return;
    this.look();
    this.ahead = floor.at - this.world.clock.now();
    const words = said(before, floor, this.state.media);
    const back = this.state.dropped ? backWords(floor) : "";
    this.change({ floor, dropped: false, now: this.serverNow(), ...recapOf(before, floor) });
    this.looked ||= this.serverNow();
    if (words.polite) this.world.announcer.say(words.polite);
    if (back || words.alert) this.world.announcer.sayNow([back, words.alert].filter(Boolean).join(" "));
    if (before && floor.holds && !before.holds && this.state.sounds && !this.state.media.micOn && !floor.inPerson) this.world.chime();
    this.holdIfHeld();
    this.muteIfMuted(before, floor);
  }

  /** A soft mute closes the microphone once; its owner may open it again at any time. A page opened anew still says it. */
  private muteIfMuted(before: Floor | null, floor: Floor): void {
    if (!floor.muted || floor.muted.number === before?.muted?.number) return;
    this.change({ muted: floor.muted.reason ?? "" });
    if (!before) return;
    void this.world.video?.microphone(false);
    this.world.announcer.sayNow(mutedWords(floor, floor.muted.reason ?? ""));
  }

  private tellPlace(): void {
    const { floor, media } = this.state;
    if (floor) this.world.announcer.sayNow(placeWords(floor, media));
  }

  /** The server has withdrawn the microphone; here it is closed too, so that it stays closed when the hold ends. */
  private holdIfHeld(): void {
    if (this.state.floor?.mic.right === "held" && this.state.media.micOn) this.world.video?.hold();
  }

  private doors(frame: Frame): void {
    const doors = readDoors(frame);
    const fresh = doors.filter((door) => !this.seen.has(door.attendance));
    const words = atDoors([], fresh);
    this.seen = new Set(doors.map((door) => door.attendance));
    this.change({ doors });
    if (words) this.world.announcer.say(words);
  }

  private async door(act: string, attendance: string): Promise<void> {
    this.change({ refused: await this.world.postDoor(act, attendance), refusedAt: "" });
  }

  private dropped(): void {
    this.change({ dropped: true });
    const { floor } = this.state;
    if (floor) this.world.announcer.sayNow(`Your connection dropped.${floor.process ? "" : " Your place is kept."}`);
  }

  private over(): void {
    this.world.video?.end();
    this.change({ line: "over", sheet: null });
  }

  /** Once a second: the time moves on, and what passes with time alone is said. */
  private tick(): void {
    this.world.clock.later(SECOND, () => this.tick());
    this.look();
    if (this.state.floor) this.change({ now: this.serverNow() });
  }

  /** Says what time has brought since the last look, on the floor that was there then: each moment is looked at once. */
  private look(): void {
    const { floor, timeHidden } = this.state;
    if (!floor) return;
    const now = Math.max(this.looked, this.serverNow());
    if (this.looked) {
      const words = passed(floor, this.looked, now, { time: !timeHidden });
      if (words.length > 0) this.world.announcer.sayToo(words.join(" "));
    }
    this.looked = now;
  }

  private serverNow(): number {
    return this.world.clock.now() + this.ahead;
  }

  private change(facts: Partial<RoomState>): void {
    this.state = { ...this.state, ...facts };
    this.world.draw(this.state);
  }
}

/** Who was here when the sentence for late comers was written has heard it. */
function recapOf(before: Floor | null, floor: Floor): { recapSeen?: string } {
  return before && before.recap !== floor.recap ? { recapSeen: floor.recap } : {};
}

function backWords(floor: Floor): string {
  if (floor.holds) return "You are back. You have the floor.";
  return floor.place === null ? "You are back." : `You are back. You are ${placeWord(floor.place)}.`;
}
