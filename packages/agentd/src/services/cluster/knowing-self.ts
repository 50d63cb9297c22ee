import type { Self } from '@autodevops/agent-core/policy/question';

export interface SelfChoice {
  readonly find: (signal: AbortSignal) => Promise<Self>;
  /** What is known of it without the cluster. */
  readonly namespace: string;
  readonly now: () => number;
}

/** In milliseconds: bindings may change while the agent runs, and a decision asks more than once. */
const lasts = 30_000;
const longest = 15_000;

/**
 * What the agent stands on, as it is now or was half a minute ago. Never throws: what could not be found out is left out,
 * and asked for anew the next time.
 */
export function knowingSelf({ find, namespace, now }: SelfChoice): () => Promise<Self> {
  let known: { readonly at: number; readonly self: Promise<Self> } | undefined;
  const ask = async (): Promise<Self> => {
    const self = await find(AbortSignal.timeout(longest)).catch((): Self => ({ namespace, user: '' }));
    if (self.objects === undefined) known = undefined;
    return self;
  };
  return async () => {
    if (known === undefined || now() - known.at >= lasts || now() < known.at) known = { at: now(), self: ask() };
    return await known.self;
  };
}
