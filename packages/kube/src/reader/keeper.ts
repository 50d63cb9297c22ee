/**
 * Holds projected objects with as little memory as they need: parts that equal a part of a similar object (the pods of
 * one ReplicaSet, the former version of the same object) are shared with it, and so are equal short texts.
 */
export interface Keeper {
  /** Returns `value` with its parts shared. `value` must be fresh: it is changed in place. `group`: what it is similar to. */
  readonly keep: <T>(value: T, group: string) => T;
}

const longestShared = 160;
const mostTexts = 50_000;
const mostGroups = 20_000;

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function createKeeper(): Keeper {
  let texts = new Map<string, string>();
  let latest = new Map<string, unknown>();

  const keepText = (value: string): string => {
    if (value.length > longestShared) return value;
    const known = texts.get(value);
    if (known !== undefined) return known;
    // What is over is forgotten as a whole: only sharing is lost by it.
    if (texts.size >= mostTexts) texts = new Map();
    texts.set(value, value);
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
    const keys = Object.keys(value);
    let same = like !== undefined && Object.keys(like).length === keys.length;
    for (const key of keys) {
      const kept = keepPart(value[key], like?.[key]);
      // Also where both are equal: equal texts are two in memory until one takes the other's place.
      value[key] = kept;
      if (same && kept !== like?.[key]) same = false;
    }
    return same ? similar : value;
  };
  const keepPart = (value: unknown, similar: unknown): unknown => {
    if (value === similar) return similar;
    if (typeof value === 'string') return keepText(value);
    // The empty parts of the shapes are frozen, and one each.
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
    return Array.isArray(value) ? keepList(value, similar) : keepFields(value as Fields, similar);
  };
  return {
    keep: (value, group) => {
      const kept = keepPart(value, latest.get(group));
      if (latest.size >= mostGroups) latest = new Map();
      latest.set(group, kept);
      return kept as typeof value;
    },
  };
}
