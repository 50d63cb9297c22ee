/** An object of foreign JSON or YAML, of which nothing is known. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** Whether a foreign value has fields: null and lists have none. */
export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
