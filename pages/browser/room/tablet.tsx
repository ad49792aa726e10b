// In person: one tablet for the mediator, the same floor as online. A tap says who speaks; nothing listens, and nothing that is
// private lies open, as the table may see this screen.
import type { JSX } from "preact";
import { BreakCard } from "./breakcard";
import { DeskSheets, DeskTop, Learning, ModeCard } from "./desk";
import { DeskFloorCard, GiveNext, GoOn } from "./deskfloor";
import { DoorsCard } from "./doors";
import { DraftCard } from "./draft";
import { EndCard } from "./endcard";
import { mediatorSpeaks, person, sides, stopped } from "./floor";
import { useKeptFocus } from "./focus";
import { TableOrder } from "./order";
import { Face, Icon, Sheet, Side } from "./parts";
import { Notices } from "./pieces";
import type { Person } from "./people";
import { OwnTimes, PlanCard } from "./plan";
import { RoundCard } from "./roundcard";
import { Settings } from "./settings";
import { SignalsSheet } from "./signals";
import type { FloorView } from "./state";
import { firstName } from "./words";

export function Tablet(view: FloorView): JSX.Element {
  const { floor } = view;
  useKeptFocus();
  return (
    <>
      <a class="skip" href="#seats">
        Skip to who speaks
      </a>
      <DeskTop {...view} />
      <main class="table-body" id="main">
        <h1 class="vh">In the room: who speaks</h1>
        <section class="desk-floor wide" id="floor" tabIndex={-1} aria-labelledby="floor-h">
          <DeskFloorCard {...view} />
        </section>
        <Seats {...view} />
        <div class="desk-col">
          <Learning {...view} />
          <Notices {...view} />
          <BreakCard {...view} />
          <EndCard {...view} />
          <MainAct {...view} />
          <RoundCard {...view} />
          <TableOrder {...view} />
          <OwnTimes {...view} />
          {floor.stage ? <PlanCard {...view} /> : <ModeCard {...view} />}
          <DoorsCard {...view} />
          <DraftCard {...view} />
        </div>
      </main>
      <DeskSheets {...view} />
      {view.state.sheet === "signals" && <SignalsSheet {...view} />}
      {view.state.sheet === "settings" && <SettingsSheet {...view} />}
    </>
  );
}

function TableTools({ floor, acts }: FloorView): JSX.Element {
  const waiting = (floor.desk?.told ?? []).filter((one) => one.seenAt === null).length;
  return (
    <div class="btn-row btn-row--even">
      <button type="button" class="btn" aria-haspopup="dialog" onClick={() => acts.open("signals")}>
        <Icon name="lock" />
        {waiting === 0 ? "Private" : `Private: ${waiting} new`}
      </button>
      <button type="button" class="btn" aria-haspopup="dialog" onClick={() => acts.open("settings")}>
        Settings
      </button>
      <button type="button" class="btn" aria-haspopup="dialog" onClick={() => acts.open("leave")}>
        Leave the room
      </button>
    </div>
  );
}

function SettingsSheet(view: FloorView): JSX.Element {
  return (
    <Sheet label="settings" heading="Settings" onClose={() => view.acts.open(null)}>
      <Settings {...view} />
    </Sheet>
  );
}

function MainAct(view: FloorView): JSX.Element | null {
  if (!view.floor.leads) return null;
  return stopped(view.floor) ? <GoOn {...view} wide /> : <GiveNext {...view} wide />;
}

function Seats(view: FloorView): JSX.Element {
  const { floor } = view;
  return (
    <section id="seats" tabIndex={-1} aria-labelledby="seats-h" class="stack">
      <h2 id="seats-h">{floor.leads ? "Tap who is speaking" : "Who is speaking"}</h2>
      <div class="table-sides">
        {sides(floor).map((side) => (
          <section class="table-side" aria-labelledby={`t-${side.code}`} key={side.code}>
            <h3 id={`t-${side.code}`}>
              <Side mark={side.mark} word={side.word} />
            </h3>
            <div class="seats">
              {side.people.map((one) => (
                <Seat {...view} one={one} key={one.seat} />
              ))}
            </div>
          </section>
        ))}
      </div>
      {floor.leads && <TableActs {...view} />}
      <TableTools {...view} />
    </section>
  );
}

function TableActs({ floor, acts }: FloorView): JSX.Element {
  return (
    <div class="btn-row btn-row--even">
      <button
        type="button"
        class="btn"
        aria-pressed={mediatorSpeaks(floor)}
        onClick={() => {
          if (!mediatorSpeaks(floor)) acts.ask("set_mode", { mode: "mediator_speaks" });
        }}
      >
        <Face person={person(floor, floor.you)} />I speak
      </button>
      {floor.holder !== null && (
        <button type="button" class="btn" onClick={() => acts.ask("end_turn")}>
          <Icon name="pause" />
          Nobody now
        </button>
      )}
      {floor.turn?.allowed != null && (
        <button type="button" class="btn" onClick={() => acts.ask("more_time", { seconds: 60 })}>
          One more minute
        </button>
      )}
    </div>
  );
}

function Seat({ floor, acts, one }: FloorView & { one: Person }): JSX.Element {
  const speaks = floor.holder === one.seat;
  const interpreter = floor.people.find((other) => other.helps === one.seat);
  const beside = interpreter ? `With ${firstName(interpreter.name)}, ${interpreter.side}` : one.role;
  return (
    <button
      type="button"
      class="seat"
      aria-pressed={speaks}
      aria-disabled={!floor.leads || undefined}
      onClick={() => {
        if (!speaks && floor.leads) acts.ask("give_to", { seat: one.seat });
      }}
    >
      <Face person={one} />
      <span>
        {one.name}
        {speaks ? (
          <span class="seat__now">
            <Icon name="mic" />
            Speaking
          </span>
        ) : (
          beside && <small>{beside}</small>
        )}
      </span>
    </button>
  );
}
