/** What came of reading what was given: the value, or what should have stood there ("a whole number from 1 to 10"). */
export type Reading<T> = { readonly value: T } | { readonly wanted: string };

/** How an option is written and read. */
export interface Form<T> {
  readonly takesValue: boolean;
  readonly repeats: boolean;
  /** The words that it takes; empty when it takes any. */
  readonly choices: readonly string[];
  /** What holds where it is not given. */
  readonly standard: T;
  /** Reads what was given, once or several times. */
  readonly read: (given: readonly string[]) => Reading<T>;
}

/** One value, read by a function of its own. The last one that was given holds. */
export function readBy<T>(read: (word: string) => Reading<T>): Form<T | undefined> {
  return {
    takesValue: true,
    repeats: false,
    choices: [],
    standard: undefined,
    read: (given) => read(given.at(-1) ?? ''),
  };
}

export const text = readBy((word) => ({ value: word }));

/** On where it is written. */
export const flag: Form<boolean> = {
  takesValue: false,
  repeats: false,
  choices: [],
  standard: false,
  read: (given) => ({ value: given.at(-1) !== 'false' }),
};

/** Neither on nor off where it is not written. */
export const openFlag: Form<boolean | undefined> = { ...flag, standard: undefined };

export function matching(pattern: RegExp, wanted: string): Form<string | undefined> {
  return readBy((word) => (pattern.test(word) ? { value: word } : { wanted }));
}

export function textUpTo(most: number): Form<string | undefined> {
  return readBy((word) => (word.length <= most ? { value: word } : { wanted: `a text of at most ${most} characters` }));
}

export function choice<const T extends string>(choices: readonly T[]): Form<T | undefined> {
  const read = (word: string): Reading<T> => {
    const value = choices.find((one) => one === word);
    return value === undefined ? { wanted: `one of ${choices.join(', ')}` } : { value };
  };
  return { ...readBy(read), choices };
}

/** `wanted`: in words. */
export function wholeNumber(least: number, most: number, wanted: string): Form<number | undefined> {
  return readBy((word) => {
    const value = word.trim() === '' ? Number.NaN : Number(word);
    return Number.isInteger(value) && value >= least && value <= most ? { value } : { wanted };
  });
}

/** Several, each read as one is; undefined where none was given. */
export function listOf<T>(one: Form<T | undefined>, most = Number.POSITIVE_INFINITY): Form<T[] | undefined> {
  const read = (given: readonly string[]): Reading<T[]> => {
    if (given.length > most) return { wanted: `at most ${most} of them` };
    const values: T[] = [];
    for (const word of given) {
      const reading = one.read([word]);
      if ('wanted' in reading) return reading;
      if (reading.value !== undefined) values.push(reading.value);
    }
    return { value: values };
  };
  return { ...one, repeats: true, standard: undefined, read };
}

/** As the form, with a value for where it is not given. */
export function standing<T>(form: Form<T | undefined>, standard: NoInfer<T>): Form<T> {
  const read = (given: readonly string[]): Reading<T> => {
    const reading = form.read(given);
    return 'wanted' in reading ? reading : { value: reading.value ?? standard };
  };
  return { ...form, standard, read };
}
