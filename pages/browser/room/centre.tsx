// The cards in the middle, when the room itself cannot be shown: own connection lost, the mediator lost, the meeting over.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Floor } from "./frames";
import { anyMediator, mediatorName } from "./mediators";
import { Brand, Icon } from "./parts";
import { stageLine } from "./stages";
import type { View } from "./state";
import { placeWord } from "./words";

interface CentreProps {
  view: View;
  heading: string;
  fact: string;
  waves?: boolean;
  controls: string;
  children: ComponentChildren;
}

/** Takes the focus when it appears, so that a reader is told where the room went. */
function Centre({ view, heading, fact, waves, controls, children }: CentreProps): JSX.Element {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <>
      <header class="room-top">
        <div class="room-top__where">
          <Brand />
          <div>
            <p class="room-top__stage">{stageLine(view.state.floor)}</p>
            <p class="room-top__facts">
              <span>{fact}</span>
            </p>
          </div>
        </div>
      </header>
      <main class="room-body room-body--one" id="main">
        <section class="centre" id="speaking" tabIndex={-1} ref={box} aria-labelledby="centre-h">
          {waves && (
            <svg class="waves" viewBox="0 0 96 28" aria-hidden="true" focusable="false">
              <circle cx="14" cy="14" r="9" />
              <circle cx="48" cy="14" r="9" />
              <circle cx="82" cy="14" r="9" />
            </svg>
          )}
          <h1 id="centre-h">{heading}</h1>
          {children}
        </section>
      </main>
      <section id="controls" class="vh" aria-label="Your controls">
        {controls}
      </section>
    </>
  );
}

function Kept({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <li>
      <Icon name="checkc" />
      <span>{children}</span>
    </li>
  );
}

function OwnPlace({ floor }: { floor: Floor | null }): JSX.Element | null {
  if (floor?.holds) return <Kept>Your turn is kept: you have the floor.</Kept>;
  if (!floor?.handUp || floor.place === null) return null;
  return (
    <Kept>
      Your place is kept: <strong>you are {placeWord(floor.place)}</strong>.
    </Kept>
  );
}

function Phone({ number }: { number: string }): JSX.Element {
  return (
    <a class="nowrap" href={`tel:${number.replaceAll(" ", "")}`}>
      {number}
    </a>
  );
}

function Ring({ phone, when }: { phone: string; when: string }): JSX.Element | null {
  if (!phone) return null;
  return (
    <div class="notice notice--plain">
      <Icon name="phone" />
      <div>
        <p>
          <strong>{when}</strong> Ring <Phone number={phone} /> and go on by phone.
        </p>
      </div>
    </div>
  );
}

export function Reconnecting(view: View): JSX.Element {
  const { floor } = view.state;
  return (
    <Centre
      view={view}
      heading="Your connection dropped. We are getting you back"
      fact="Not connected"
      waves
      controls="Your controls come back with your connection."
    >
      <p>You do not need to do anything. Nobody can hear you at the moment.</p>
      <ul class="kept" aria-label="What is kept">
        <Kept>Your seat is kept. You do not need a new code.</Kept>
        <OwnPlace floor={floor} />
        {floor && !floor.process && <Kept>The mediation team sees that you have lost connection, not that you left.</Kept>}
      </ul>
      <button type="button" class="btn btn--main btn--wide" onClick={view.acts.retry}>
        Try now
      </button>
      <Ring phone={view.shell.phone} when="Longer than a minute?" />
    </Centre>
  );
}

export function MediatorLost(view: View & { floor: Floor }): JSX.Element {
  const name = mediatorName(view.floor);
  const whoever = anyMediator(view.floor);
  const { came } = view.floor.mediator;
  return (
    <Centre
      view={view}
      heading={came ? `${name} has lost connection` : `We begin when ${name} is here`}
      fact={came ? "Everything is paused" : "Not begun yet"}
      controls={`Your microphone is held, like everyone’s. It comes back when ${whoever} is here.`}
    >
      <p>
        {came ? "The meeting is paused." : "The meeting has not begun."} <strong>Every microphone in this room is held, on every side alike</strong>, until {whoever} is here. Nobody is
        listening in.
      </p>
      <ul class="kept" aria-label="What is kept">
        {came ? (
          <Kept>
            The order is kept. {view.floor.handUp && view.floor.place !== null && <strong>You are {placeWord(view.floor.place)}. </strong>}
            All clocks have stopped.
          </Kept>
        ) : (
          <Kept>Your seat is kept. You do not need to do anything.</Kept>
        )}
      </ul>
      <Ring phone={view.shell.phone} when="Would you like to talk to us?" />
    </Centre>
  );
}

export function Over(view: View): JSX.Element {
  return (
    <Centre view={view} heading="This meeting is over" fact="Over" controls="There is nothing more to do here.">
      <p>Your microphone and camera are off. Ring us if you need something from it.</p>
      {view.shell.phone && (
        <p>
          <Phone number={view.shell.phone} />
        </p>
      )}
    </Centre>
  );
}
