// Who waits at the doors, by side; only process people see this. Each person is let in by themselves, and first vouched for by
// the mediator when nothing else says who they are.
import type { JSX } from "preact";
import { sides } from "./floor";
import type { Door } from "./frames";
import { Side } from "./parts";
import { SIDES } from "./people";
import type { FloorView } from "./state";
import { waitedFor } from "./words";

export function DoorsCard(view: FloorView): JSX.Element {
  const { floor, state } = view;
  const inRoom = floor.people.filter((one) => one.here).length;
  return (
    <section class="card" id="doors" tabIndex={-1} aria-labelledby="doors-h">
      <div class="card__head">
        <h2 id="doors-h">Doors</h2>
        <span class="soft">{inRoom === 1 ? "1 person in" : `${inRoom} people in`}</span>
      </div>
      {state.doors.length === 0 ? (
        <p class="soft">Nobody waits.</p>
      ) : (
        <ul class="doors" aria-label="Asking now">
          {state.doors.map((door) => (
            <DoorRow {...view} door={door} key={door.attendance} />
          ))}
        </ul>
      )}
      <h3 class="doors__head">Waiting, by side</h3>
      <ul class="sides-row doors-row">
        {sideCounts(view).map((side) => (
          <li key={side.code}>
            <Side mark={side.mark} word={side.word} />
            <span>{side.count}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function sideCounts({ floor, state }: FloorView) {
  const codes = new Set([...sides(floor).map((side) => side.code), ...state.doors.map((door) => door.side)]);
  return [...codes].flatMap((code) => {
    const side = SIDES[code];
    return side ? [{ code, ...side, count: state.doors.filter((door) => door.side === code).length }] : [];
  });
}

function DoorRow({ door, floor, state, acts, shell }: FloorView & { door: Door }): JSX.Element {
  const side = SIDES[door.side];
  const unknown = !(door.proof in PROOFS);
  return (
    <li class="door door--asks">
      <span>{side ? <Side mark={side.mark} word={`${side.word} door`} /> : <Side mark="n" word="Door" />}</span>
      <p>
        <b>{door.name}</b>
        {door.standing === "supporter" ? ", supporter." : ""} {door.since !== null && `${waitedFor(state.now - door.since)}. `}
        {proofWords(door.proof)}
        {!door.agreed && ". Has not yet accepted the Agreement to Mediate"}
      </p>
      {floor.leads && shell.admit && unknown && (
        <button type="button" class="btn" aria-label={`I vouch for ${door.name}`} onClick={() => acts.door("vouch", door.attendance)}>
          I vouch
        </button>
      )}
      {floor.leads && shell.admit && !unknown && (
        <button type="button" class="btn" aria-label={`Let in ${door.name}`} onClick={() => acts.door("admit", door.attendance)}>
          Let in
        </button>
      )}
    </li>
  );
}

const PROOFS: Readonly<Record<string, string>> = {
  phone: "Confirmed by phone",
  mail: "Confirmed by email",
  vouched: "A mediator vouched for them",
};

/** How we know that it is this person. */
export function proofWords(proof: string): string {
  return PROOFS[proof] ?? "Not confirmed yet. Greet them first";
}
