/**
 * Holds projected objects with as little memory as they need: parts that equal a part of a similar object (the pods of
 * one ReplicaSet, the former version of the same object) are shared with it, and so are equal short texts.
 */
export interface Keeper {
  /** Returns `value` with its parts shared. It is changed in place: parts become others that equal them. */
  readonly keepLike: <T>(value: T, similar: T) => T;
}

const longestShared = 160;
/** A power of two. */
const mostTexts = 16_384;

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** By the last characters: names and times of one kind begin alike. */
function placeOf(text: string): number {
  let hash = text.length;
  const first = Math.max(0, text.length - 12);
  for (let at = text.length - 1; at >= first; at--) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return (hash ^ (hash >>> 14)) & (mostTexts - 1);
}

export function createKeeper(): Keeper {
  const texts = Array<string>(mostTexts).fill('');

  const keepText = (value: string): string => {
    if (value.length > longestShared) return value;
    // A new text takes the place of another: most are never seen again, and a map of them all costs more than it saves.
    const place = placeOf(value);
    const known = texts[place];
    if (known === value) return known;
    texts[place] = value;
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
      // Equal texts are two in memory until one takes the other's place.
      if (kept !== part || typeof part === 'string') value[key] = kept;
      if (same && kept !== known) same = false;
    }
    return same && Object.keys(like ?? {}).length === count ? similar : value;
  };
  const keepPart = (value: unknown, similar: unknown): unknown => {
    if (typeof value === 'string') return value === similar ? similar : keepText(value);
    // The shapes' empty parts are frozen: they are shared as they are.
    if (value === similar || typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
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
  return { keepLike: (value, similar) => keepSafely(value, similar) as typeof value };
}
