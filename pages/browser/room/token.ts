// Asking our own server for the way into sound and picture. It may say: here, not now, not at all, or not you.

export type TokenAnswer =
  | { kind: "token"; url: string; token: string; epoch: number }
  | { kind: "later"; seconds: number; words: string }
  | { kind: "none" }
  | { kind: "refused" };

const LATER = 5;

/** One question; a network that fails is an answer too: later. */
export async function askToken(address: string, ask: typeof fetch = fetch): Promise<TokenAnswer> {
  try {
    const response = await ask(address, {
      method: "POST",
      headers: { "X-Requested-With": "evenhand-room", Accept: "application/json" },
      credentials: "same-origin",
      redirect: "error",
    });
    return await understood(response);
  } catch {
    return { kind: "later", seconds: LATER, words: "" };
  }
}

async function understood(response: Response): Promise<TokenAnswer> {
  if (response.status === 404) return { kind: "none" };
  if (response.status === 401 || response.status === 403) return { kind: "refused" };
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return granted(body);
  const seconds = typeof body["retry"] === "number" ? Math.min(Math.max(body["retry"], 1), 60) : LATER;
  return { kind: "later", seconds, words: typeof body["words"] === "string" ? body["words"] : "" };
}

function granted(body: Record<string, unknown>): TokenAnswer {
  const { url, token, epoch } = body;
  if (typeof url !== "string" || typeof token !== "string") return { kind: "none" };
  return { kind: "token", url, token, epoch: typeof epoch === "number" ? epoch : 0 };
}
