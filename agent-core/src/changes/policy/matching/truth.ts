/** Whether something is so. `unknown` where a fact is missing, stale or cannot be computed: it never counts as a no. */
export interface Truth {
  readonly is: 'yes' | 'no' | 'unknown';
  /** Why, as the rest of "because …". */
  readonly says: string;
}

export function yes(says: string): Truth {
  return { is: 'yes', says };
}

export function no(says: string): Truth {
  return { is: 'no', says };
}

export function unknown(says: string): Truth {
  return { is: 'unknown', says };
}

/** All of them: a single no decides, otherwise a single unknown does (strong Kleene logic). */
export function all(truths: readonly Truth[], says: string): Truth {
  return truths.find((truth) => truth.is === 'no') ?? truths.find((truth) => truth.is === 'unknown') ?? yes(says);
}
