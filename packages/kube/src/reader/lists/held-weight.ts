/** Roughly what V8 takes for them. An object's own is rather much than little, so that many empty ones are not free. */
const [ofObject, ofSlot, ofText] = [64, 8, 16];
/** A set holds 16 million: more objects than this are too much, whatever they weigh. */
const mostSeen = 10_000_000;

/** What is nested more deeply is weighed whole, by no recursion: servers send what they like. */
const deepest = 64;

type Parts = Readonly<Record<string, unknown>>;
const none: readonly never[] = [];
const noParts: Parts = {};

/** Of a part that is not the similar one's. */
function ofPart(part: unknown, similar: unknown, depth: number): number {
  if (typeof part === 'string') return ofText + part.length;
  return typeof part === 'object' && part !== null ? ofParts(part, similar, depth) : 0;
}

function ofParts(value: object, similar: unknown, depth: number): number {
  if (depth > deepest) return weightOfAll([[value]], Number.POSITIVE_INFINITY);
  let weight = ofObject;
  if (Array.isArray(value)) {
    const like: readonly unknown[] = Array.isArray(similar) ? similar : none;
    for (let at = 0; at < value.length; at++) {
      if (value[at] !== like[at]) weight += ofPart(value[at], like[at], depth + 1);
    }
    return weight + ofSlot * value.length;
  }
  const like = typeof similar === 'object' && similar !== null ? (similar as Parts) : noParts;
  for (const key in value) {
    const part = (value as Parts)[key];
    weight += ofSlot;
    if (part !== like[key]) weight += ofPart(part, like[key], depth + 1);
  }
  return weight;
}

/** About how many bytes of memory an object takes beside a similar one: what both hold is counted with the other. */
export function weightBeside(value: object, similar: object | undefined): number {
  return value === similar ? 0 : ofParts(value, similar, 0);
}

/** The same of all objects together, what several hold counted once. Infinity: more than `most`. */
export function weightOfAll(lists: Iterable<Iterable<object>>, most: number): number {
  const seen = new Set<object>();
  const found: object[] = [];
  let weight = 0;
  for (const list of lists) {
    for (const object of list) {
      found.push(object);
      for (let one = found.pop(); one !== undefined; one = found.pop()) {
        if (seen.has(one)) continue;
        seen.add(one);
        weight += ofObject;
        for (const key in one) {
          const part = (one as Parts)[key];
          weight += ofSlot;
          if (typeof part === 'string') weight += ofText + part.length;
          else if (typeof part === 'object' && part !== null) found.push(part);
        }
        if (weight > most || seen.size > mostSeen) return Number.POSITIVE_INFINITY;
      }
    }
  }
  return weight;
}
