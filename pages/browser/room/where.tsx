// For who comes in: where we are, in the mediator's sentence, and the ground rules with one tap to agree.
import type { JSX } from "preact";
import { leading, mediatorName, mediatorTeam } from "./mediators";
import { Sheet } from "./parts";
import type { FloorView } from "./state";

export function WhereWeAre({ floor, state, acts }: FloorView): JSX.Element | null {
  const late = floor.recap !== "" && state.recapSeen !== floor.recap;
  if (!late) return null;
  return (
    <section class="panel stack" aria-labelledby="where-h">
      <h2 id="where-h">Where we are</h2>
      <p>
        {leading(floor).length > 1 ? "From the mediators" : mediatorName(floor)}: “{floor.recap}”
      </p>
      <button type="button" class="btn btn--small" onClick={() => acts.seenRecap(floor.recap)}>
        I have read this
      </button>
    </section>
  );
}

export function GroundRules({ floor, acts }: FloorView): JSX.Element | null {
  if (floor.process || floor.agreed || floor.rules.length === 0 || !floor.can.includes("agree_rules")) return null;
  return (
    <section class="panel stack" aria-labelledby="rules-h">
      <h2 id="rules-h">{floor.again ? "The ground rules have changed" : "Ground rules of this meeting"}</h2>
      {floor.again && <p>Please read them once more. {mediatorName(floor)} asks everyone again.</p>}
      <div class="btn-row">
        <button type="button" class="btn" aria-haspopup="dialog" onClick={() => acts.open("rules")}>
          Read them
        </button>
        <button type="button" class="btn" onClick={() => acts.ask("agree_rules")}>
          I agree
        </button>
      </div>
    </section>
  );
}

export function RulesSheet({ floor, acts }: FloorView): JSX.Element {
  return (
    <Sheet label="rules" heading="Ground rules of this meeting" onClose={() => acts.open(null)}>
      <RuleList rules={floor.rules} />
      <p class="soft small">If one of them does not suit you, tell {mediatorTeam(floor)}. You can stay without agreeing.</p>
      {floor.can.includes("agree_rules") && (
        <button
          type="button"
          class="btn"
          onClick={() => {
            acts.ask("agree_rules");
            acts.open(null);
          }}
        >
          I agree
        </button>
      )}
    </Sheet>
  );
}

export function RuleList({ rules }: { rules: string[] }): JSX.Element {
  return (
    <ul class="rules">
      {rules.map((rule) => (
        <li key={rule}>{rule}</li>
      ))}
    </ul>
  );
}
