import type { Secrets } from './secret-source.ts';

/** What a secret was lately, so that a busy bot does not read a file for each call; a failure is not remembered. `now` in milliseconds. */
export function rememberedSecrets(secrets: Secrets, milliseconds: number, now: () => number): Secrets {
  const known = new Map<string, { readonly at: number; readonly text: Promise<string> }>();
  return {
    read: async (source) => {
      const key = JSON.stringify(source);
      const found = known.get(key);
      if (found !== undefined && now() - found.at < milliseconds) return await found.text;
      const text = secrets.read(source);
      known.set(key, { at: now(), text });
      return await text.catch((error: unknown) => {
        known.delete(key);
        throw error;
      });
    },
  };
}
