// The live session in the browser: wires the page, the line, sound and picture, and the screens together.
import { render } from "preact";
import { Announcer } from "./announce";
import { realClock } from "./clock";
import { Ear } from "./ear";
import { participantKey, typesInto } from "./keys";
import { keepIcons, setSprite } from "./parts";
import { Screen, frameOf, screenOf } from "./screen";
import { Session } from "./session";
import { Line, socketAddress, type Socket } from "./socket";
import { playYourTurn } from "./sounds";
import { readShell, type RoomState } from "./state";
import { Video } from "./video";

const RELOADED = "evenhand-reloaded";
const PAUSE = 5000;

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`Room: #${id} is not there`);
  return found;
}

const root = element("room");
const shell = readShell(root);
setSprite(shell.icons);

/** A page that is told to begin again at once does so after a pause, so that it never spins. */
function reload(): void {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  const wait = Date.now() - last < PAUSE ? PAUSE : 0;
  setTimeout(() => {
    sessionStorage.setItem(RELOADED, String(Date.now()));
    location.reload();
  }, wait);
}

async function postDoor(act: string, attendance: string): Promise<string> {
  const failed = "That did not work. Please try again, or use the meeting’s own page.";
  try {
    const response = await fetch(shell.admit ?? "", {
      method: "POST",
      headers: { "X-Requested-With": "evenhand-room", Accept: "application/json" },
      body: new URLSearchParams({ act, attendance, form_key: newId() }),
      credentials: "same-origin",
      redirect: "manual",
    });
    if (response.ok || response.type === "opaqueredirect") return "";
    const body = (await response.json().catch(() => ({}))) as { words?: unknown };
    return typeof body.words === "string" ? body.words : failed;
  } catch {
    return failed;
  }
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

let drawn = false;

function draw(state: RoomState): void {
  const view = { state, acts, shell };
  const screen = screenOf(view);
  // Until the first floor comes, the page keeps the words that the server wrote into it.
  if (screen === "opening" && !drawn) return;
  if (!drawn) root.replaceChildren();
  drawn = true;
  root.className = frameOf(screen);
  render(<Screen {...view} />, root);
}

const ear =
  shell.role === "mediator"
    ? new Ear({ clock: realClock, time: () => performance.now(), send: (report) => line.mention("heard", { ...report }) })
    : null;

const line = new Line({
  clock: realClock,
  open: () => new WebSocket(socketAddress(shell.socket, location.href)) as unknown as Socket,
  newId,
  onFrame: (frame) => {
    session.hear(frame);
    ear?.told(frame);
  },
  onState: (state) => session.lineIs(state),
});

const video = shell.token
  ? new Video({
      token: shell.token,
      clock: realClock,
      onChange: (media) => session.mediaIs(media),
      onHeard: (seats) => ear?.hears(seats),
    })
  : null;

const session = new Session({
  clock: realClock,
  announcer: new Announcer(element("say"), element("say-now"), realClock),
  line,
  video,
  draw: (state) => draw(state),
  reload,
  chime: playYourTurn,
  postDoor,
});
const acts = session.acts();

/** A held key, or one together with another, belongs to the browser. */
addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || typesInto(event.target)) return;
  const found = shell.role === "participant" ? participantKey(event.key, session.state) : null;
  if (found?.do === "ask") acts.ask(found.kind, found.facts);
  else if (found?.do === "open") acts.open(found.sheet);
  else if (found?.do === "microphone") acts.microphone(found.on);
  else if (found?.do === "tell place") acts.tellPlace();
  if (found) event.preventDefault();
});

line.start();
video?.start();
// Icons that do not come are missed; the words beside them say the same.
keepIcons(shell.icons).then(() => draw(session.state), () => {});
addEventListener("online", () => line.retry());
addEventListener("offline", () => line.drop());
addEventListener("pagehide", () => {
  line.end();
  video?.end();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
