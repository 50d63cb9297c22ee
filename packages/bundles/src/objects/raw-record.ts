/** An object of foreign JSON, of which nothing is known. */
export type RawRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordAt(raw: RawRecord, key: string): RawRecord {
  const value = raw[key];
  return isRecord(value) ? value : {};
}

export function textAt(raw: RawRecord, key: string): string {
  const value = raw[key];
  return typeof value === 'string' ? value : '';
}

export function listAt(raw: RawRecord, key: string): readonly unknown[] {
  const value = raw[key];
  return Array.isArray(value) ? value : [];
}
