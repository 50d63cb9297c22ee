import type { Json } from '@autodevops/domain/kubernetes/shape';
import { textAt, valueAt } from '../json-value.ts';

/** Words of failure that stand deeper in a status than its conditions: of a task, a step, a member. */
export interface DeeperWords {
  /** `status.connectorStatus.tasks[0].trace` */
  readonly path: string;
  readonly text: string;
}

const stateKeys = ['state', 'phase', 'status', 'health'];
const broken = /^(?:failed|failure|error|errored|faulted|unhealthy)$/i;
/** In which a part says why, the most telling first. */
const wordKeys = ['trace', 'error', 'errorMessage', 'failureMessage', 'lastError', 'message', 'reason'];
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
  if (!stateKeys.some((key) => broken.test(textAt(value, key)))) return undefined;
  const key = wordKeys.find((name) => textAt(value, name).trim() !== '');
  return key === undefined ? undefined : { path: `${path}.${key}`, text: rootOfTrace(textAt(value, key)) };
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
