// Small parts that every screen of the room is made of.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Picture } from "./media";
import type { Person, SideMark } from "./people";
import { initials } from "./words";

let sprite = "";

/** Where the page's icons lie. */
export function setSprite(address: string): void {
  sprite = address;
}

/** Brings the icons into the page itself, so that they are there too while the server is not. */
export async function keepIcons(address: string): Promise<void> {
  const response = await fetch(address);
  const drawn = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
  const box = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  box.setAttribute("class", "vh");
  box.setAttribute("aria-hidden", "true");
  box.append(...drawn.querySelectorAll('symbol[id^="i-"]'));
  document.body.append(box);
  setSprite("");
}

export function Icon({ name }: { name: string }): JSX.Element {
  return (
    <svg class="icon" aria-hidden="true" focusable="false">
      <use href={`${sprite}#i-${name}`} />
    </svg>
  );
}

const SHAPES: Record<SideMark, JSX.Element> = {
  a: <circle cx="7" cy="7" r="6.5" />,
  b: <rect x="1" y="1" width="12" height="12" />,
  c: <path d="M7 .5L13.7 13H.3z" />,
  d: <path d="M7 0l7 7-7 7-7-7z" />,
  n: <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" stroke-width="2.5" />,
};

export function Shape({ mark }: { mark: SideMark }): JSX.Element {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true" focusable="false">
      {SHAPES[mark]}
    </svg>
  );
}

/** A side is a word with a shape; its colour comes third. */
export function Side({ mark, word }: { mark: SideMark; word: string }): JSX.Element {
  return (
    <span class={`side side--${mark}`}>
      <Shape mark={mark} />
      {word}
    </span>
  );
}

export function Brand(): JSX.Element {
  return (
    <span class="brand">
      <svg viewBox="0 0 30 30" aria-hidden="true" focusable="false">
        <path d="M13.5 3.5v23a11.5 11.5 0 0 1 0-23z" fill="currentColor" />
        <path d="M16.5 3.5v23a11.5 11.5 0 0 0 0-23z" fill="currentColor" />
      </svg>
      <span>Evenhand</span>
    </span>
  );
}

const TONES: Record<SideMark, number> = { a: 9, b: 8, c: 7, d: 3, n: 1 };

/** The same size as a picture: camera off is ordinary. */
export function Initials({ person }: { person: Person }): JSX.Element {
  return (
    <svg
      class={`portrait portrait--off tone-${TONES[person.mark]}`}
      viewBox="0 0 160 100"
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="80" cy="50" r="27" fill="var(--body)" />
      <text x="80" y="55.5">
        {initials(person.name)}
      </text>
    </svg>
  );
}

export function Face({ person }: { person: Person }): JSX.Element {
  return (
    <span class="face">
      <svg class={`portrait portrait--off tone-${TONES[person.mark]}`} viewBox="52 22 56 56" aria-hidden="true" focusable="false">
        <circle cx="80" cy="50" r="28" fill="var(--body)" />
        <text x="80" y="55.5">
          {initials(person.name)}
        </text>
      </svg>
    </span>
  );
}

/** A live picture. Hidden from readers: the plate under it says who it is. */
export function Live({ picture }: { picture: Picture }): JSX.Element {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return undefined;
    // Set by script, as the page allows no style in its markup: a face fills its tile, whatever the camera's shape.
    video.style.setProperty("object-fit", "cover");
    picture.attach(video);
    return () => void picture.detach(video);
  }, [picture]);
  return <video class="portrait" ref={element} autoplay playsInline muted aria-hidden="true" tabIndex={-1} />;
}

interface DialogProps {
  label: string;
  heading: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A sheet over the room: its heading takes the focus, Esc closes it, and the focus goes back to where it was. */
export function Sheet({ label, heading, onClose, children }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector("h2")?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby={`${label}-h`} onClose={onClose}>
      <div class="sheet__head">
        <h2 id={`${label}-h`} tabIndex={-1}>
          {heading}
        </h2>
        <button type="button" class="btn" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
      {children}
    </dialog>
  );
}

interface BarProps {
  /** 0 to 1 of the time that is left. */
  left: number;
}

/** The calm bar: its width is set by script, as the page allows no style in its markup. */
export function TimeBar({ left }: BarProps): JSX.Element {
  const fill = useRef<HTMLElement>(null);
  useEffect(() => {
    fill.current?.style.setProperty("--left", `${Math.round(Math.max(0, Math.min(1, left)) * 100)}%`);
  }, [left]);
  return (
    <div class="timer__bar" aria-hidden="true">
      <i ref={fill} />
    </div>
  );
}
