// How loud a voice is, for twelve small lamps and a sentence. Pure.

export const LAMPS = 12;
/** Loudness (root mean square, 0 to 1) of a voice that others hear well. */
const WELL = 0.02;
/** So many looks, a tenth of a second apart, before we say that we hear very little. */
const PATIENCE = 60;

export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length ? Math.sqrt(sum / samples.length) : 0;
}

/** Lamps on a scale as ears hear: half the lamps for an ordinary voice. */
export function lamps(loud: number): number {
  if (loud < 0.001) return 0;
  const share = (Math.log10(loud) + 3) / 2.4;
  return Math.max(0, Math.min(LAMPS, Math.round(share * LAMPS)));
}

export type Hearing = "listening" | "heard" | "little";

/** Three looks loud enough are a voice; a long time without one is very little. Once heard stays heard. */
export class Ear {
  hearing: Hearing = "listening";
  private good = 0;
  private looks = 0;

  look(loud: number): Hearing {
    this.looks += 1;
    if (loud >= WELL) this.good += 1;
    if (this.good >= 3) this.hearing = "heard";
    else if (this.hearing !== "heard" && this.looks >= PATIENCE) this.hearing = "little";
    return this.hearing;
  }
}
