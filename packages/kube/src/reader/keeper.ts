/**
 * Holds projected objects with as little memory as they need: parts that equal a part of a similar object (the pods of
 * one ReplicaSet, the former version of the same object) are shared with it, and so are equal short texts.
 */
export interface Keeper {
  /** Returns `value` with its parts shared. `value` must be fresh: it is changed in place. `group`: what it is similar to. */
  readonly keep: <T>(value: T, group: string) => T;
  /** As `keep`, but `similar` is known: the former version of the same object. */
  readonly keepLike: <T>(value: T, similar: T) => T;
}

const longestShared = 160;
const mostGroups = 20_000;

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function createKeeper(): Keeper {
  let latest = new Map<string, unknown>();

  const recent: string[] = Array.from({ length: 16_384 }, () => '');
  const keepText = (value: string): string => {
    const { length } = value;
    if (length > longestShared || length === 0) return value;
    let h = length;
    for (let i = length - 1, n = 0; i >= 0 && n < 12; i--, n++) h = (Math.imul(h, 31) + value.charCodeAt(i)) | 0;
    const at = (h ^ (h >>> 14)) & 16383;
    const known = recent[at] as string;
    if (known === value) return known;
    recent[at] = value;
    return value;
  };
  const keepList = (value: unknown[], similar: unknown): unknown => {
    const like = Array.isArray(similar) ? (similar as unknown[]) : undefined;
    let same = like !== undefined && like.length === value.length;
    for (let at = 0; at < value.length; at++) {
      const kept = keepPart(value[at], like?.[at]);
      value[at] = kept;
      if (same && kept !== like?.[at]) same = false;
    }
    return same ? similar : value;
  };
  const keepFields = (value: Fields, similar: unknown): unknown => {
    const like = isFields(similar) ? similar : undefined;
    let same = like !== undefined;
    let count = 0;
    for (const key in value) {
      count++;
      const part = value[key];
      const known = like?.[key];
      const kept = keepPart(part, known);
      // Equal texts are two in memory until one takes the other's place. The shapes' empty parts are frozen, but have
      // nothing that could be replaced.
      if (kept !== part || (typeof part === 'string' && part !== '')) value[key] = kept;
      if (same && kept !== known) same = false;
    }
    return same && Object.keys(like ?? {}).length === count ? similar : value;
  };
  const keepPart = (value: unknown, similar: unknown): unknown => {
    if (typeof value === 'string') return value === similar ? similar : keepText(value);
    if (value === similar || typeof value !== 'object' || value === null) return value;
    return Array.isArray(value) ? keepList(value as unknown[], similar) : keepFields(value as Fields, similar);
  };
  const keepSafely = (value: unknown, similar: unknown): unknown => {
    try {
      return keepPart(value, similar);
    } catch (error) {
      // Lists in lists a hundred thousand deep: kept as they are.
      if (error instanceof RangeError) return value;
      throw error;
    }
  };
  return {
    keepLike: (value, similar) => keepSafely(value, similar) as typeof value,
    keep: (value, group) => {
      const kept = keepSafely(value, latest.get(group));
      if (latest.size >= mostGroups) latest = new Map();
      latest.set(group, kept);
      return kept as typeof value;
    },
  };
}
