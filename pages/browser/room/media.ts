// What the room knows about sound and picture at one moment. Values only; video.ts makes them.

/** A picture that can be shown in a video element. */
export interface Picture {
  attach(element: HTMLMediaElement): HTMLMediaElement;
  detach(element: HTMLMediaElement): HTMLMediaElement;
}

export interface Heard {
  picture: Picture | null;
  micOn: boolean;
}

/** Why the person's own device did not start: the browser, the device, or the room, which says its reason by itself. */
export type Trouble = "not allowed" | "not found" | "in use" | "held";

export interface MediaView {
  /** none: this meeting has no sound or picture here. joining and waiting both try again by themselves. */
  state: "none" | "joining" | "in" | "waiting";
  /** The server's words when sound and picture do not work now; empty otherwise. */
  words: string;
  micOn: boolean;
  camOn: boolean;
  micTrouble: Trouble | null;
  camTrouble: Trouble | null;
  /** The browser plays no sound before the person has pressed something. */
  soundBlocked: boolean;
  /** The seat heard last, for open talk; null when nobody was. */
  speaker: string | null;
  /** By seat; the person's own picture is under their own seat. */
  people: ReadonlyMap<string, Heard>;
}

export const NO_MEDIA: MediaView = {
  state: "none",
  words: "",
  micOn: false,
  camOn: false,
  micTrouble: null,
  camTrouble: null,
  soundBlocked: false,
  speaker: null,
  people: new Map(),
};

/** The devices chosen on the equipment page, for this visit only. */
export const CHOSEN = { microphone: "evenhand-microphone", camera: "evenhand-camera", speaker: "evenhand-speaker" } as const;

export function chosen(device: keyof typeof CHOSEN): string | null {
  try {
    return sessionStorage.getItem(CHOSEN[device]);
  } catch {
    return null;
  }
}

export function choose(device: keyof typeof CHOSEN, id: string): void {
  try {
    sessionStorage.setItem(CHOSEN[device], id);
  } catch {
    // A browser that keeps nothing chooses its own device in the room.
  }
}
