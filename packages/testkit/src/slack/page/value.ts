/** Readers of a payload whose shape was validated, or was not: a page shows what it can. */
export type Value = Readonly<Record<string, unknown>>;

export function part(value: unknown, name: string): Value {
  const found = (value as Value | undefined)?.[name];
  return typeof found === 'object' && found !== null ? (found as Value) : {};
}

export function parts(value: unknown, name: string): readonly Value[] {
  const found = (value as Value | undefined)?.[name];
  return Array.isArray(found) ? (found as Value[]) : [];
}

/** Empty where there is none. */
export function word(value: unknown, name: string): string {
  const found = (value as Value | undefined)?.[name];
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}

export function has(value: unknown, name: string): boolean {
  return (value as Value | undefined)?.[name] !== undefined;
}
