// All that a screen is drawn from, and all that a person can do. Views get both and keep nothing of their own but an open sheet.
import type { Door, Floor, Kind } from "./frames";
import type { MediaView } from "./media";
import type { Facts, LineState } from "./socket";

export type Role = "participant" | "mediator" | "tablet";

/** The sheets that only process people have. */
export type DeskSheet = "give" | "add hand" | "reply" | "round" | "stages" | "plan" | "new rules" | "signals" | "settings" | { move: string; kind: Kind };

export type SheetName =
  | "people"
  | "help"
  | "leave"
  | "notes"
  | "tell"
  | "note"
  | "write"
  | "answer"
  | "question"
  | "hand over"
  | "rules"
  | DeskSheet;

export interface RoomState {
  line: LineState;
  /** The line has been lost for long enough to say so. */
  dropped: boolean;
  floor: Floor | null;
  media: MediaView;
  doors: Door[];
  /** What the server refused, in its words; empty when nothing was. */
  refused: string;
  /** At which of its fields that is said; empty when it belongs to none. */
  refusedAt: string;
  /** The server's time. */
  now: number;
  timeHidden: boolean;
  sounds: boolean;
  sheet: SheetName | null;
  /** A thought kept for later: here and nowhere else. */
  note: string;
  /** A turn that is being written, not sent yet; null before anything was typed. */
  draftTurn: string | null;
  /** The same for an answer to a question. */
  draftReply: string | null;
  /** Why a process person closed this microphone last, until that was read or it was opened again. */
  muted: string | null;
  /** The mediator's sentence for who comes late, once it was read; and for who was there when it was written. */
  recapSeen: string;
  /** Single keys act; off until the person turns them on. */
  keys: boolean;
}

export interface Acts {
  /** With the version that is on the screen, or the one that was when a form was opened. */
  ask(kind: string, facts?: Facts, seen?: number): void;
  microphone(on: boolean): void;
  camera(on: boolean): void;
  hear(): void;
  retry(): void;
  open(sheet: SheetName | null): void;
  hideTime(hidden: boolean): void;
  sound(on: boolean): void;
  note(words: string): void;
  draftTurn(words: string | null): void;
  draftReply(words: string | null): void;
  seenMute(): void;
  seenRecap(words: string): void;
  keys(on: boolean): void;
  /** Says the person's place, or who has the floor, aloud to a screen reader. */
  tellPlace(): void;
  door(act: "admit" | "vouch" | "refuse", attendance: string): void;
  seenRefusal(): void;
}

/** What the server wrote into the page: addresses and a few facts that do not change. */
export interface Shell {
  role: Role;
  socket: string;
  token: string | null;
  icons: string;
  phone: string;
  leave: string;
  formKey: string;
  caseNumber: string;
  starts: number | null;
  admit: string | null;
  record: string | null;
}

export interface View {
  state: RoomState;
  acts: Acts;
  shell: Shell;
}

/** The same, once there is a floor to show. */
export interface FloorView extends View {
  floor: Floor;
}

export function readShell(root: HTMLElement): Shell {
  const data = root.dataset;
  const must = (name: string): string => {
    const value = data[name];
    if (!value) throw new Error(`Room: #room has no data-${name}`);
    return value;
  };
  const role = must("role");
  if (role !== "participant" && role !== "mediator" && role !== "tablet") throw new Error(`Room: unknown data-role ${role}`);
  return {
    role,
    socket: must("socket"),
    token: data["token"] ?? null,
    icons: must("icons"),
    phone: data["phone"] ?? "",
    leave: data["leave"] ?? "",
    formKey: data["formKey"] ?? "",
    caseNumber: data["case"] ?? "",
    starts: moment(data["starts"]),
    admit: data["admit"] ?? null,
    record: data["record"] ?? null,
  };
}

function moment(text: string | undefined): number | null {
  const ms = Date.parse(text ?? "");
  return Number.isNaN(ms) ? null : ms;
}
