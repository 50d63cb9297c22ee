import type { Sentences } from '@autodevops/domain/change/plan';

/** `Scale`, `Scaling`, `Scaled` with the same rest, which has no full stop. */
export function inThreeTenses([will, doing, done]: readonly [string, string, string], rest: string): Sentences {
  return { will: `${will} ${rest}.`, doing: `${doing} ${rest}.`, done: `${done} ${rest}.` };
}

/** `1 replica`, `3 replicas`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** "All 3 replicas of Deployment shop/web are ready.": what is so of every replica that is wanted. */
export function ofAllReplicas(wanted: number, name: string, what: string): string {
  if (wanted === 0) return `${name} has no pods.`;
  return wanted === 1 ? `The one replica of ${name} is ${what}.` : `All ${wanted} replicas of ${name} are ${what}.`;
}
