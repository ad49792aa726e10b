// The people of the room as a screen needs them. Values only.

/** Sides are drawn a to d, each with a shape of its own; n is on nobody's side: mediator, interpreter, captioner. */
export type SideMark = "a" | "b" | "c" | "d" | "n";

export interface Person {
  seat: string;
  /** One form for every person: first name and an initial. A team or a role is named whole. */
  name: string;
  /** The code of the side, as the server knows it. */
  code: string;
  /** The word of the side, or for those on nobody's side what they do: Mediator, BSL. */
  side: string;
  mark: SideMark;
  /** Supporter, psychologist; empty for a principal. */
  role: string;
  standing: string;
  /** What a process person is here for: mediator, co_mediator, trainee. */
  office: string | null;
  /** Has a line to the room now. */
  here: boolean;
  /** The seat that this person speaks for now. */
  speaksFor: string | null;
  /** The seat that this person interprets for. */
  helps: string | null;
}

export const NOBODY: Person = {
  seat: "",
  name: "",
  code: "nobody",
  side: "",
  mark: "n",
  role: "",
  standing: "",
  office: null,
  here: false,
  speaksFor: null,
  helps: null,
};

export const SIDES: Readonly<Record<string, { mark: SideMark; word: string }>> = {
  family: { mark: "a", word: "Family" },
  council: { mark: "b", word: "Council" },
  school: { mark: "c", word: "School" },
  health: { mark: "d", word: "Health" },
  social_care: { mark: "d", word: "Social care" },
};

const ROLES: Readonly<Record<string, string>> = {
  supporter: "Supporter",
  witness: "Knows something that helps",
  language_worker: "Interpreter",
  young_person: "Young person",
};

/** A person as the server names one: codes become the words of a plate. */
export function personOf(facts: {
  seat: string;
  name: string;
  side: string;
  standing: string;
  tag: string | null;
  office?: string | null;
  here: boolean;
  speaks_for: string | null;
  helps: string | null;
}): Person {
  const side = SIDES[facts.side];
  return {
    seat: facts.seat,
    name: facts.name,
    code: facts.side,
    side: side?.word ?? duty(facts),
    mark: side?.mark ?? "n",
    role: facts.tag ?? ROLES[facts.standing] ?? "",
    standing: facts.standing,
    office: facts.office ?? null,
    here: facts.here,
    speaksFor: facts.speaks_for,
    helps: facts.helps,
  };
}

const OFFICES: Readonly<Record<string, string>> = {
  mediator: "Mediator",
  co_mediator: "Second mediator",
  trainee: "Learning, does not take part",
};

function duty(facts: { seat: string; standing: string; tag: string | null; office?: string | null }): string {
  const office = OFFICES[facts.office ?? ""];
  if (office) return office;
  if (facts.seat === "mediator") return "Mediator";
  if (facts.standing === "process") return facts.tag ?? "Mediation team";
  return facts.tag ?? ROLES[facts.standing] ?? "";
}
