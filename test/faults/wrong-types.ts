type Raw = Readonly<Record<string, unknown>>;

const wrong: readonly unknown[] = [
  null,
  7,
  -1e308,
  true,
  '',
  'text',
  [],
  [null],
  [[[]]],
  [7, 'a', {}],
  {},
  { a: { b: [] } },
];

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every path into the value: fields and the first items of lists. */
function pathsIn(value: unknown, at: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (Array.isArray(value)) return value.length === 0 ? [at] : [at, ...pathsIn(value[0], [...at, 0])];
  if (!isRaw(value)) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...at, key]))];
}

function replaced(value: unknown, [first, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((inner, i) => (i === first ? replaced(inner, rest, by) : inner) as unknown);
  }
  return isRaw(value) ? { ...value, [first]: replaced(value[first], rest, by) } : value;
}

/** The object again and again, each time with another of its fields of another wrong type; its names stay. */
export function podsWithWrongTypes(pod: Raw): readonly Raw[] {
  const paths = pathsIn(pod).filter(
    ([first, second]) =>
      first === 'spec' ||
      first === 'status' ||
      (first === 'metadata' && second !== undefined && second !== 'name' && second !== 'namespace'),
  );
  return paths.flatMap((path, i) =>
    wrong.map((by, j) => {
      const odd = replaced(pod, path, by) as Raw;
      return { ...odd, metadata: { ...(odd['metadata'] as Raw), name: `odd-${i}-${j}` } };
    }),
  );
}
