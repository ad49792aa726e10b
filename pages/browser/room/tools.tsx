// The desk's tools in tabs: arrow keys go from one to the next, Home and End to the first and the last.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { DraftPanel } from "./draft";
import type { KeysProps } from "./keysettings";
import { Microphones } from "./ladder";
import { Settings } from "./settings";
import type { FloorView } from "./state";

type Tool = "mics" | "draft" | "settings";

const WORDS: Readonly<Record<Tool, string>> = { mics: "Microphones", draft: "Draft", settings: "Settings" };

export function Tools(view: FloorView & KeysProps): JSX.Element {
  const tools: Tool[] = view.shell.record ? ["mics", "draft", "settings"] : ["mics", "settings"];
  const [shown, setShown] = useState<Tool>("mics");
  return (
    <section class="card" aria-label="Tools">
      <Tabs tools={tools} shown={shown} onShow={setShown} />
      {tools.map((tool) => (
        <div role="tabpanel" id={`pan-${tool}`} aria-labelledby={`tab-${tool}`} tabIndex={0} hidden={tool !== shown} key={tool}>
          {tool === "mics" && <Microphones {...view} />}
          {tool === "draft" && <DraftPanel {...view} />}
          {tool === "settings" && <Settings {...view} />}
        </div>
      ))}
    </section>
  );
}

function Tabs({ tools, shown, onShow }: { tools: Tool[]; shown: Tool; onShow: (tool: Tool) => void }): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const go = (event: KeyboardEvent) => {
    const to = tabAfter(tools, shown, event.key);
    if (to === null) return;
    event.preventDefault();
    onShow(to);
    list.current?.querySelector<HTMLElement>(`#tab-${to}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Tools" ref={list} onKeyDown={go}>
      {tools.map((tool) => (
        <button
          type="button"
          class="tab"
          role="tab"
          id={`tab-${tool}`}
          aria-controls={`pan-${tool}`}
          aria-selected={tool === shown}
          tabIndex={tool === shown ? 0 : -1}
          onClick={() => onShow(tool)}
          key={tool}
        >
          {WORDS[tool]}
        </button>
      ))}
    </div>
  );
}

/** The tab that a key leads to from this one; null for a key that leads nowhere. */
export function tabAfter<One>(tabs: readonly One[], from: One, key: string): One | null {
  const at = tabs.indexOf(from);
  const to = new Map([
    ["ArrowRight", at + 1],
    ["ArrowLeft", at - 1],
    ["Home", 0],
    ["End", tabs.length - 1],
  ]).get(key);
  return to === undefined ? null : (tabs[(to + tabs.length) % tabs.length] ?? null);
}
