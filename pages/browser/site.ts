// A little comfort where a browser runs scripts; every page works without it.
import { Button, CharacterCount, ErrorSummary, SkipLink, createAll } from "govuk-frontend";

document.body.classList.add("js-enabled", ...("noModule" in HTMLScriptElement.prototype ? ["govuk-frontend-supported"] : []));
createAll(ErrorSummary);
createAll(Button, { preventDoubleClick: true });
createAll(SkipLink);
createAll(CharacterCount);

// A print button prints; without script it is not shown.
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
