// Soft tones, made here and never fetched. None repeats, and none means that time runs out.

const SOFT = 0.12;
const LATE = 1000;
const YOU_MAY_SPEAK = [523.25, 659.25];
const TUNE = [523.25, 659.25, 783.99, 659.25, 523.25];

let context: AudioContext | null = null;

function note(pitch: number, start: number, length: number, into: AudioContext): void {
  const tone = into.createOscillator();
  const loud = into.createGain();
  tone.frequency.value = pitch;
  loud.gain.setValueAtTime(0, start);
  loud.gain.linearRampToValueAtTime(SOFT, start + 0.04);
  loud.gain.exponentialRampToValueAtTime(0.001, start + length);
  tone.connect(loud).connect(into.destination);
  tone.start(start);
  tone.stop(start + length);
}

function play(pitches: number[], length: number): void {
  if (typeof AudioContext === "undefined") return;
  // A page that nobody has pressed yet may make no sound, and a tone that comes late says something untrue.
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  const into = context;
  const asked = performance.now();
  void into.resume().then(() => {
    if (performance.now() - asked > LATE) return;
    pitches.forEach((pitch, place) => note(pitch, into.currentTime + place * length, length * 1.6, into));
  });
}

/** "You may speak now": two soft notes, once. */
export function playYourTurn(): void {
  play(YOU_MAY_SPEAK, 0.22);
}

/** The short tune of the equipment page. */
export function playTune(): void {
  play(TUNE, 0.3);
}
