import type { Json } from '@autodevops/domain/kubernetes/shape';
import { textAt, valueAt } from '../json-value.ts';

/** Words of failure that stand deeper in a status than its conditions: of a task, a step, a member. */
export interface DeeperWords {
  /** `status.connectorStatus.tasks[0].trace` */
  readonly path: string;
  readonly text: string;
  /** What the part says of its state: `FAILED`, `FailedNotVisible`. */
  readonly state: string;
  /** What the part is called, where it says so: `shop.example.com`, `task-3`. */
  readonly part: string;
}

const stateKeys = ['state', 'phase', 'status', 'health'];
const broken = /^(?:failed|failure|error|errored|faulted|unhealthy)$/i;
/** A state that says why in itself: `FailedNotVisible`. */
const tellingState = /^Failed(?:[A-Z][a-z]{2,20}){1,6}$/;
/** In which a part says why, the most telling first. */
const wordKeys = [
  'trace',
  'error',
  'errorMessage',
  'failureMessage',
  'lastError',
  'statusMessage',
  'message',
  'reason',
];
const nameKeys = ['name', 'domain', 'host', 'hostname', 'id'];
const deepest = 6;
const mostParts = 2000;

function sentenceOfJson(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(text) as Json;
    const list = valueAt(value, 'throwableList');
    const last = Array.isArray(list) ? (list as readonly Json[]).at(-1) : undefined;
    return textAt(last, 'message') || textAt(value, 'message') || undefined;
  } catch {
    return undefined;
  }
}

/** Of a trace its deepest cause, of an error in JSON its innermost message, of anything else its first line. */
export function rootOfTrace(text: string): string {
  const told = sentenceOfJson(text.trim());
  if (told !== undefined) return told;
  const lines = text.slice(0, 20_000).split('\n');
  const cause = lines.findLast((line) => line.startsWith('Caused by: '));
  return (cause ?? lines.find((line) => line.trim() !== '') ?? '').replace(/^Caused by: /, '').trim();
}

interface Part {
  readonly path: string;
  readonly value: Json;
  readonly depth: number;
}

function partsOf({ path, value, depth }: Part): readonly Part[] {
  if (typeof value !== 'object' || value === null || depth >= deepest) return [];
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((one, index) => ({
      path: `${path}[${index}]`,
      value: one,
      depth: depth + 1,
    }));
  }
  return Object.entries(value as { readonly [key: string]: Json })
    .filter(([key]) => key !== 'conditions')
    .map(([key, one]) => ({ path: `${path}.${key}`, value: one, depth: depth + 1 }));
}

function wordsIn({ path, value }: Part): DeeperWords | undefined {
  const states = stateKeys.map((key) => ({ key, state: textAt(value, key) }));
  const told = states.find(({ state }) => broken.test(state) || tellingState.test(state));
  if (told === undefined) return undefined;
  const { state } = told;
  const part = nameKeys.map((name) => textAt(value, name)).find((name) => name !== '') ?? '';
  const key = wordKeys.find((name) => textAt(value, name).trim() !== '');
  if (key !== undefined) return { path: `${path}.${key}`, text: rootOfTrace(textAt(value, key)), state, part };
  return tellingState.test(state) ? { path: `${path}.${told.key}`, text: state, state, part } : undefined;
}

/** What was, and what was tried: a failure there is history. */
const ofThePast = /histor|previous|last|past|attempt|retr|old|run|backup|snapshot/i;

/** Of deeper words those that speak of the present: a state that says why, or one of several parts, outside of any history. */
export function isPresent({ path, state }: DeeperWords): boolean {
  return tellingState.test(state) || (path.includes('[') && !ofThePast.test(path));
}

/** The first part of a status that calls itself failed and says why. Bounded in depth and in number of parts. */
export function deeperWords(status: Json | undefined): DeeperWords | undefined {
  if (status === undefined) return undefined;
  const waiting = [...partsOf({ path: 'status', value: status, depth: 0 })];
  for (let seen = 0; seen < mostParts && seen < waiting.length; seen += 1) {
    const part = waiting[seen];
    if (part === undefined) break;
    const words = wordsIn(part);
    if (words !== undefined) return words;
    waiting.push(...partsOf(part).slice(0, 200));
  }
  return undefined;
}
