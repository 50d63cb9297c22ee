/** Steps from an object to one of its fields: keys of maps, places in lists. */
export type FieldPath = readonly (string | number)[];

/** Reads `spec.containers[0].env[2].valueFrom`, as evidence says it. */
export function parseFieldPath(text: string): FieldPath {
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) =>
    index === undefined ? (key ?? '') : Number(index),
  );
}

export function samePath(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((step, at) => step === b[at]);
}
