/** What was asked lately, with when it was asked. Several who ask at once are answered by one call. */
export interface KnownForAWhile<T> {
  readonly get: (key: string, longest: number, ask: () => Promise<T>) => Promise<T>;
  readonly forget: (key: string) => void;
}

const mostKept = 5000;

/** `now` in milliseconds. A failure is not kept. */
export function knownForAWhile<T>(now: () => number): KnownForAWhile<T> {
  const known = new Map<string, { readonly at: number; readonly value: T }>();
  const asking = new Map<string, { readonly since: number; readonly answer: Promise<T> }>();
  const ask = async (key: string, question: () => Promise<T>): Promise<T> => {
    const since = now();
    const answer = question();
    asking.set(key, { since, answer });
    try {
      const value = await answer;
      const [oldest] = known.keys();
      if (known.size >= mostKept && oldest !== undefined) known.delete(oldest);
      known.delete(key);
      known.set(key, { at: since, value });
      return value;
    } finally {
      if (asking.get(key)?.answer === answer) asking.delete(key);
    }
  };
  return {
    get: async (key, longest, question) => {
      const found = known.get(key);
      if (found !== undefined && longest > 0 && now() - found.at <= longest) return found.value;
      const pending = asking.get(key);
      // What was asked before is not fresh for who wants it fresh.
      return pending !== undefined && longest > 0 ? await pending.answer : await ask(key, question);
    },
    forget: (key) => void known.delete(key),
  };
}
