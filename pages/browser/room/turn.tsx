// What the holder can do in their own turn besides finishing: ask a question, hand over, pass, keep the hand up.
import type { JSX } from "preact";
import { askable, colleagues } from "./floor";
import { Icon, Sheet, Side } from "./parts";
import type { FloorView } from "./state";
import { lasting } from "./words";

export function InYourTurn(view: FloorView): JSX.Element | null {
  const { floor, acts } = view;
  const passes = floor.can.includes("pass_turn");
  const question = floor.can.includes("ask_reply") && askable(floor).length > 0;
  const over = floor.can.includes("hand_over") && colleagues(floor).length > 0;
  if (!floor.holds || !(passes || question || over)) return null;
  return (
    <section class="panel stack" aria-labelledby="more-h">
      <h2 id="more-h">In your turn</h2>
      <div class="btn-row">
        {question && (
          <button type="button" class="btn" aria-haspopup="dialog" onClick={() => acts.open("question")}>
            <Icon name="reply" />
            Ask someone a question
          </button>
        )}
        {over && (
          <button type="button" class="btn" aria-haspopup="dialog" onClick={() => acts.open("hand over")}>
            <Icon name="swap" />
            Somebody else of my side
          </button>
        )}
        {passes && (
          <button type="button" class="btn" onClick={() => acts.ask("pass_turn", { back: false })}>
            Pass
          </button>
        )}
        {floor.can.includes("pass_back") && (
          <button type="button" class="btn" onClick={() => acts.ask("pass_turn", { back: true })}>
            Pass, come back to us
          </button>
        )}
      </div>
    </section>
  );
}

/** Three seconds after the holder began to speak the hand went down; for ten more it can be kept. */
export function KeepHand({ floor, state, acts }: FloorView): JSX.Element | null {
  if (floor.keepUntil === null || state.now >= floor.keepUntil || !floor.can.includes("keep_hand")) return null;
  return (
    <div class="notice notice--plain">
      <Icon name="hand" />
      <div>
        <p>We took your hand down.</p>
        <button type="button" class="btn btn--small" onClick={() => acts.ask("keep_hand")}>
          Keep my hand up
        </button>
      </div>
    </div>
  );
}

export function QuestionSheet({ floor, acts }: FloorView): JSX.Element {
  return (
    <Sheet label="question" heading="Whom do you ask?" onClose={() => acts.open(null)}>
      <p class="soft small">Say your question aloud, then press the person’s name. They answer when you have finished, in up to {lasting(floor.times.reply)}. Each turn has one question.</p>
      <People
        people={askable(floor)}
        onPress={(seat) => {
          acts.ask("ask_reply", { seat });
          acts.open(null);
        }}
      />
    </Sheet>
  );
}

export function HandOverSheet({ floor, acts }: FloorView): JSX.Element {
  return (
    <Sheet label="over" heading="Who goes on in your time?" onClose={() => acts.open(null)}>
      <p class="soft small">The time belongs to your side. What is left of it is theirs.</p>
      <People
        people={colleagues(floor)}
        onPress={(seat) => {
          acts.ask("hand_over", { seat });
          acts.open(null);
        }}
      />
    </Sheet>
  );
}

function People({ people, onPress }: { people: ReturnType<typeof askable>; onPress: (seat: string) => void }): JSX.Element {
  return (
    <div class="asks">
      {people.map((one) => (
        <button type="button" class="ask" key={one.seat} onClick={() => onPress(one.seat)}>
          <Icon name="people" />
          <span>{one.name}</span>
          <Side mark={one.mark} word={one.side} />
        </button>
      ))}
    </div>
  );
}
