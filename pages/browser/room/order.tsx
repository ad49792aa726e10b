// The order of turns as process people see it: what is private stands beside what everybody sees.
import type { JSX } from "preact";
import { entryWords, frozen } from "./deskwords";
import { person, sides, stopped } from "./floor";
import type { Floor, Kind } from "./frames";
import { youOr } from "./mediators";
import { Icon, Side } from "./parts";
import { Tag } from "./pieces";
import { AgreedShares } from "./sharescard";
import type { FloorView } from "./state";
import { lasting } from "./words";

export function OrderCard(view: FloorView): JSX.Element {
  const { floor } = view;
  return (
    <section class="card" aria-labelledby="q-h">
      <div class="card__head">
        <h2 id="q-h">Who is next</h2>
        {floor.leads && <OrderActs {...view} />}
      </div>
      <ul class="sides-row" aria-label="Waiting, by side">
        {sides(floor).map((side) => (
          <li key={side.code}>
            <Side mark={side.mark} word={side.word} />
            <span>{side.waiting}</span>
          </li>
        ))}
      </ul>
      <Lines {...view} giving />
    </section>
  );
}

function OrderActs({ floor, acts }: FloorView): JSX.Element {
  return (
    <div class="btn-row btn-row--close">
      {mayAsk(floor) && (
        <button type="button" class="btn btn--small" aria-haspopup="dialog" onClick={() => acts.open("reply")}>
          <Icon name="reply" />
          Ask for a reply
        </button>
      )}
      {!frozen(floor) && (
        <button type="button" class="btn btn--small" aria-haspopup="dialog" onClick={() => acts.open("add hand")}>
          <Icon name="plus" />
          Add a hand
        </button>
      )}
    </div>
  );
}

/** There are no replies in a round before it is complete, in a break, or while people are in private rooms. */
function mayAsk(floor: Floor): boolean {
  return (floor.under !== "round" || floor.round?.complete === true) && !frozen(floor) && !stopped(floor);
}

/** At the table the floor is given by a tap on the person, so the order only tells and is moved. */
export function TableOrder(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  return (
    <section class="card stack" aria-labelledby="q-h">
      <h2 id="q-h">Who is next</h2>
      <Lines {...view} />
      {floor.leads && (
        <>
          {!frozen(floor) && (
            <button type="button" class="btn btn--wide" aria-haspopup="dialog" onClick={() => acts.open("add hand")}>
              <Icon name="plus" />
              Someone raised a hand
            </button>
          )}
          {mayAsk(floor) && (
            <button type="button" class="btn btn--wide" aria-haspopup="dialog" onClick={() => acts.open("reply")}>
              <Icon name="reply" />
              Ask for a reply
            </button>
          )}
        </>
      )}
    </section>
  );
}

interface LinesProps extends FloorView {
  giving?: boolean;
}

function Lines(view: LinesProps): JSX.Element {
  const { floor } = view;
  if (floor.queue.length === 0) {
    return (
      <>
        <p class="soft">Nobody waits.</p>
        <AgreedShares floor={floor} />
      </>
    );
  }
  return (
    <>
      <AgreedShares floor={floor} />
      {floor.under === "round" && <p class="soft smaller below">In a round each side speaks in turn. The order is kept until it ends.</p>}
      <ol class="queue">
        {floor.queue.map((entry, index) => (
          <Entry {...view} at={index} key={`${entry.seat} ${entry.kind}`} />
        ))}
      </ol>
    </>
  );
}

function Entry({ floor, acts, giving, at }: LinesProps & { at: number }): JSX.Element | null {
  const entry = floor.queue[at];
  if (!entry) return null;
  const one = person(floor, entry.seat);
  const next = at === 0 && floor.desk?.next === entry.seat && floor.under !== "round";
  return (
    <li class={next ? "queue__entry queue__entry--next" : "queue__entry"}>
      <span class="queue__no">{at + 1}</span>
      <span class="queue__who">
        <strong>{one.name}</strong>
        <Side mark={one.mark} word={one.side} />
      </span>
      <EntryNote floor={floor} at={at} />
      {floor.leads && (
        <span class="queue__act">
          {giving && !next && entry.kind === "turn" && !entry.away && floor.under !== "round" && (
            <button
              type="button"
              class="btn"
              aria-label={`Give floor to ${one.name}`}
              onClick={() => acts.ask("give_to", { seat: entry.seat })}
            >
              Give floor
            </button>
          )}
          <button
            type="button"
            class="btn btn--icon"
            aria-label={`Move or remove ${one.name}${entry.kind === "turn" ? "" : ` (${KINDS[entry.kind].toLowerCase()})`}`}
            aria-haspopup="dialog"
            onClick={() => acts.open({ move: entry.seat, kind: entry.kind })}
          >
            <Icon name="more" />
          </button>
        </span>
      )}
    </li>
  );
}

const KINDS: Readonly<Record<Kind, string>> = { turn: "Turn", reply: "Reply", finishing: "Finishing" };

/** Tags that everyone sees, then what process people see: owed, by phone, the note, the words of a text turn. */
function EntryNote({ floor, at }: { floor: Floor; at: number }): JSX.Element | null {
  const entry = floor.queue[at];
  if (!entry) return null;
  const secret = floor.desk?.entries[at];
  const owed = entry.kind === "turn" && (floor.desk?.owed.includes(entry.seat) ?? false);
  return (
    <span class="queue__note">
      {entry.kind === "reply" && <Tag icon="reply">{`Reply, up to ${lasting(floor.times.reply)}`}</Tag>}
      {entry.kind === "finishing" && <Tag icon="undo">Finishing</Tag>}
      {entry.moved && <Tag icon="move">Moved by mediator</Tag>}
      {entry.added && <Tag icon={floor.inPerson ? "hand" : "phone"}>{floor.inPerson ? "Added by mediator" : "By phone"}</Tag>}
      {entry.text && <Tag icon="text">{entry.kind === "reply" ? "In writing" : "Text turn"}</Tag>}
      {entryWords(secret, floor.leads ? youOr(floor) : "").map((words) => (
        <span key={words}>{words}</span>
      ))}
      {owed && <Tag kind="wait">Owed: passed over twice</Tag>}
      {entry.away && <Tag icon="wifi">Lost connection, place kept</Tag>}
      {secret?.reason && <span>Private word: {secret.reason}</span>}
      {secret?.words && (
        <details class="opens">
          <summary>Read it first</summary>
          <p class="said said--small">{secret.words}</p>
        </details>
      )}
    </span>
  );
}
