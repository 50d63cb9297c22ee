import type { Discovery } from './discovery.ts';

/** What is served changes when somebody installs something. So long an answer is believed, in milliseconds. */
export const discoveryLasts = 10_000;

type Ask = () => Promise<Discovery | undefined>;

/** Asks what is served once for all who want it at about the same time, and anew after a while, or after a failure. */
export function rememberedDiscovery(ask: Ask, now: () => number = () => performance.now()): Ask {
  let known: { readonly found: Promise<Discovery | undefined>; readonly until: number } | undefined;
  return async () => {
    if (known === undefined || now() >= known.until) {
      const asked = { found: ask(), until: now() + discoveryLasts };
      known = asked;
      asked.found.catch(() => {
        if (known === asked) known = undefined;
      });
    }
    return await known.found;
  };
}
