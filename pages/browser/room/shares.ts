// The share of the time that the sides agreed on, where it is not the same for all. Pure.
import { sides } from "./floor";
import type { Floor } from "./frames";

export const MOST_PARTS = 9;

/** "family 2 parts, council 1 part"; empty where all have the same. */
export function sharesWords(floor: Floor): string {
  const { fair } = floor;
  const said = sides(floor).flatMap(({ code, word }) => (code in fair ? [`${word.toLowerCase()} ${partsWord(fair[code] ?? 1)}`] : []));
  return said.join(", ");
}

function partsWord(parts: number): string {
  return parts === 1 ? "1 part" : `${parts} parts`;
}

/** How many parts each side at the table has now. */
export function partsNow(floor: Floor): Record<string, number> {
  return Object.fromEntries(sides(floor).map(({ code }) => [code, floor.fair[code] ?? 1]));
}
