// Pieces that more than one screen of the room has: floor card, tiles, queue, notices.
import type { ComponentChildren, JSX } from "preact";
import { breakNotice } from "./breaks";
import { card, type Card } from "./cards";
import { endNotice } from "./ends";
import { person } from "./floor";
import type { Entry, Floor } from "./frames";
import { Icon, Initials, Live, Shape, Side } from "./parts";
import type { FloorView } from "./state";
import type { TileView } from "./tiles";
import type { MediaView, Trouble } from "./media";

export function FloorCard({ floor, speaker, words }: { floor: Floor; speaker: string | null; words?: string }): JSX.Element {
  const shown = card(floor, speaker);
  const text = words || shown.words;
  return (
    <>
      <span class="floor__sign">{shown.sign === "shape" ? <Shape mark={shown.mark} /> : <Icon name={shown.sign} />}</span>
      <h2 id="floor-h">{shown.heading}</h2>
      {(shown.side || text) && (
        <p>
          {shown.side && <Side mark={shown.mark} word={shown.side} />}
          {words ? `: ${words}` : shown.words}
        </p>
      )}
    </>
  );
}

/** A process person's own turn is no bigger than anybody's. */
export function cardClass(shown: Card): string {
  return shown.yours && shown.mark !== "n" ? "floor floor--yours" : `floor floor--${shown.mark}`;
}

/** A tile reads "Colin B., council, has the floor"; the picture is hidden from readers. */
export function Tile({ view, media, big, later }: { view: TileView; media: MediaView; big?: boolean; later?: boolean }): JSX.Element {
  const picture = media.people.get(view.person.seat)?.picture ?? null;
  const classes = ["tile", big ? "tile--big" : "", view.floor ? "tile--floor" : "", later ? "later" : ""];
  return (
    <li class={classes.filter(Boolean).join(" ")}>
      <div class="tile__pic">{picture ? <Live picture={picture} /> : <Initials person={view.person} />}</div>
      <div class="tile__plate">
        <span class="tile__name">{view.name}</span>
        <Side mark={view.person.mark} word={view.person.side} />
        {view.state && (
          <span class="tile__state">
            <Icon name={view.icon} />
            {view.state}
          </span>
        )}
      </div>
    </li>
  );
}

export function Tag({ kind, icon, children }: { kind?: string; icon?: string; children: ComponentChildren }): JSX.Element {
  return (
    <span class={kind ? `tag tag--${kind}` : "tag"}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

interface EntryProps {
  floor: Floor;
  entry: Entry;
  number: number;
  kind?: "you" | "next" | undefined;
  /** What only process people see. */
  owed?: boolean;
  note?: string | null;
  children?: ComponentChildren;
}

/** One line of the order. */
export function QueueLine({ floor, entry, number, kind, owed, note, children }: EntryProps): JSX.Element {
  const one = person(floor, entry.seat);
  const own = entry.seat === floor.you && entry.kind === "turn" ? floor.note : null;
  const said = note ?? own;
  const noted = said || entry.kind !== "turn" || entry.text || entry.moved || owed || entry.away;
  return (
    <li class={kind ? `queue__entry queue__entry--${kind}` : "queue__entry"}>
      <span class="queue__no">{number}</span>
      <span class="queue__who">
        <strong>{entry.seat === floor.you ? "You" : one.name}</strong>
        <Side mark={one.mark} word={one.side} />
      </span>
      {noted && (
        <span class="queue__note">
          {said && <span>“{said}”</span>}
          {entry.kind === "reply" && <Tag icon="reply">Reply</Tag>}
          {entry.kind === "finishing" && <Tag icon="repeat">Finishing</Tag>}
          {entry.text && <Tag icon="text">{entry.kind === "reply" ? "In writing" : "Text turn"}</Tag>}
          {entry.moved && <Tag icon="move">Moved by mediator</Tag>}
          {owed && <Tag kind="wait">Owed: passed over twice</Tag>}
          {entry.away && floor.process && <Tag icon="wifi">Lost connection, place kept</Tag>}
        </span>
      )}
      {children && <span class="queue__act">{children}</span>}
    </li>
  );
}

export function Notice({ kind, icon, children }: { kind?: string; icon: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class={kind ? `notice notice--${kind}` : "notice"}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

/** What is not as it should be, for everyone alike, without covering the room. */
export function Notices({ floor, state, acts, shell }: FloorView): JSX.Element {
  const { media, dropped, refused, refusedAt } = state;
  const time = endNotice(floor, state.now);
  const rest = breakNotice(floor, state.now);
  return (
    <>
      {time && (
        <Notice kind="plain" icon="clock">
          <p>{time}</p>
        </Notice>
      )}
      {rest && (
        <Notice kind="plain" icon="cup">
          <p>{rest}</p>
        </Notice>
      )}
      {dropped && (
        <Notice kind="wait" icon="wifi">
          <p>
            <strong>Your connection dropped. We are getting you back.</strong> You do not need to do anything.
            {!floor.process && " Your place is kept."}
          </p>
          <button type="button" class="btn btn--small" onClick={acts.retry}>
            Try now
          </button>
        </Notice>
      )}
      {refused && !refusedAt && (
        <Notice kind="plain" icon="info">
          <p>{refused}</p>
          <button type="button" class="btn btn--small" onClick={acts.seenRefusal}>
            All right
          </button>
        </Notice>
      )}
      {media.soundBlocked && media.state === "in" && (
        <Notice icon="speaker">
          <p>Your browser plays sound only after you press.</p>
          <button type="button" class="btn btn--small" onClick={acts.hear}>
            Hear the room
          </button>
        </Notice>
      )}
      {media.state === "waiting" && (
        <Notice kind="wait" icon="camoff">
          <p>{media.words || "Sound and pictures are not working at the moment. We try again by ourselves."}</p>
          {shell.phone && !floor.process && <p>You can also ring us on {shell.phone} and go on by phone.</p>}
        </Notice>
      )}
      <Troubles media={media} />
    </>
  );
}

const MIC_TROUBLES: Readonly<Partial<Record<Trouble, string>>> = {
  "not allowed": "Your browser has not been allowed to use your microphone. You can allow it beside the address of this page.",
  "not found": "We did not find a microphone. Plug one in and press Mic again, or join by phone.",
  "in use": "Something else on your device is using your microphone. Close it and press Mic again.",
};

const CAM_TROUBLES: Readonly<Partial<Record<Trouble, string>>> = {
  "not allowed": "Your browser has not been allowed to use your camera.",
  "not found": "We did not find a camera.",
  "in use": "Something else on your device is using your camera.",
};

function Troubles({ media }: { media: MediaView }): JSX.Element {
  const mic = media.micTrouble && MIC_TROUBLES[media.micTrouble];
  const cam = media.camTrouble && CAM_TROUBLES[media.camTrouble];
  return (
    <>
      {mic && (
        <Notice kind="plain" icon="micoff">
          <p>{mic}</p>
        </Notice>
      )}
      {cam && (
        <Notice kind="plain" icon="camoff">
          <p>{cam} That is fine. You can take part without a camera, and it counts the same.</p>
        </Notice>
      )}
    </>
  );
}
