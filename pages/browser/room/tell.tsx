// "Tell Idris": signals outside the queue. One tap each; a tick says when it was seen.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Floor } from "./frames";
import { mediatorName, mediatorTeam, whoDid } from "./mediators";
import type { Told } from "./ownframe";
import { Icon, Sheet } from "./parts";
import type { FloorView } from "./state";
import { personal, plain, type Telling } from "./telling";
import { firstName, lasting } from "./words";

const LONGEST_WORD = 40;

export function TellSheet(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  const mediator = mediatorName(floor);
  return (
    <Sheet label="tell" heading={`Tell ${mediatorTeam(floor)}`} onClose={() => acts.open(null)}>
      <p class="soft small">No other side can see who asks. It does not change your place.</p>
      <Asks {...view} asks={plain(mediator)} />
      <h3 class="asks__head">If it is getting too much</h3>
      <Asks {...view} asks={personal(mediator, mediatorTeam(floor), supporterName(floor))} />
      <p class="soft small">If nobody has seen it within {lasting(floor.times.unseen)}, a coordinator is told.</p>
    </Sheet>
  );
}

/** Who supports this person in the room, by first name; empty without one. */
function supporterName(floor: Floor): string {
  const one = floor.people.find((other) => other.standing === "supporter" && other.helps === floor.you && other.here);
  return one ? firstName(one.name) : "";
}

function Asks(view: FloorView & { asks: Telling[] }): JSX.Element {
  return (
    <div class="asks asks--two">
      {view.asks.map((one) => (one.what === "word" ? <WordAsk {...view} one={one} key={one.what} /> : <Ask {...view} one={one} key={one.what} />))}
    </div>
  );
}

/** The newest of a kind, while it still says something: waiting, or seen. */
function newest(floor: Floor, what: string): Told | null {
  return floor.told.filter((one) => one.what === what).at(-1) ?? null;
}

function Ask({ floor, acts, one }: FloorView & { one: Telling }): JSX.Element {
  const sent = newest(floor, one.what);
  const waits = sent !== null && sent.seenAt === null;
  return (
    <div class="ask-slot">
      <button
        type="button"
        class={sent ? "ask ask--sent" : "ask"}
        aria-describedby={sent ? `tell-${one.what}` : undefined}
        onClick={() => {
          if (!waits) acts.ask("tell", { what: one.what });
        }}
      >
        <Icon name={one.icon} />
        <span>
          {one.words}
          {one.note && <small>{one.note}</small>}
        </span>
        {sent && <Tick floor={floor} told={sent} id={`tell-${one.what}`} />}
      </button>
      {waits && <TakeBack told={sent} acts={acts} words={one.words} />}
    </div>
  );
}

function Tick({ floor, told, id }: { floor: Floor; told: Told; id: string }): JSX.Element {
  const words = told.seenAt !== null ? `${whoDid(floor, told.seenBy)} has seen it` : told.escalated ? "A coordinator has been told" : "Sent";
  return (
    <span class="ask__tick" id={id}>
      <Icon name={told.seenAt !== null ? "checkc" : "check"} />
      {words}
    </span>
  );
}

function TakeBack({ told, acts, words }: { told: Told; acts: FloorView["acts"]; words: string }): JSX.Element {
  return (
    <button type="button" class="btn btn--small btn--quiet" aria-label={`Take back: ${words}`} onClick={() => acts.ask("take_back", { number: told.number })}>
      Take it back
    </button>
  );
}

/** Which word it is can be said, and need not be. */
function WordAsk(view: FloorView & { one: Telling }): JSX.Element {
  const [word, setWord] = useState("");
  const { floor, acts, one } = view;
  const sent = newest(floor, "word");
  const waiting = floor.told.filter((other) => other.what === "word" && other.seenAt === null);
  const send = (event: Event) => {
    event.preventDefault();
    const said = word.trim();
    if (waiting.some((other) => (other.word ?? "") === said)) return;
    acts.ask("tell", said ? { what: "word", word: said } : { what: "word" });
    setWord("");
  };
  return (
    <form class="ask-slot ask-slot--word" onSubmit={send}>
      <label for="tell-word-which">Which word? You can leave this empty</label>
      <input
        class="input"
        id="tell-word-which"
        autocomplete="off"
        maxLength={LONGEST_WORD}
        value={word}
        onInput={(event) => setWord(event.currentTarget.value)}
      />
      <button type="submit" class={sent ? "ask ask--sent" : "ask"} aria-describedby={sent ? "tell-word" : undefined}>
        <Icon name={one.icon} />
        <span>
          {one.words}
          <small>{one.note}</small>
        </span>
        {sent && <Tick floor={floor} told={sent} id="tell-word" />}
      </button>
      {waiting.map((other) => (
        <p class="ask-slot__word" key={other.number}>
          <span>{other.word === null ? one.words : `“${other.word}”`}</span>
          <TakeBack told={other} acts={acts} words={other.word ?? one.words} />
        </p>
      ))}
    </form>
  );
}
