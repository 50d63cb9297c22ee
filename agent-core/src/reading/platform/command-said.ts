import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isAlarming } from '../output/alarming-line.ts';
import { outputOf } from '../output/output-line.ts';
import type { OutputLine } from '../output/output-line.ts';
import { containersOf } from '../pods/pod-status.ts';
import { podsStandingFor } from '../pods/pods-standing-for.ts';
import type { ControllerSaid } from './controller-said.ts';

/** A controller that ran a command tells how it ended, and its own log what the command said. */
const endedBadly = /\bexit(?:ed with)? (?:status|code) \d{1,3}\b/;
const commandName = /\b[a-z][a-z0-9]{2,30}(?:[-_][a-z0-9]{2,30}){1,6}\b/g;

/** The words of the commands that a message names: `barman`, `cloud`, `wal`, `archive`. */
function wordsOf(message: string): readonly string[] {
  const names = [...message.slice(0, 2_000).matchAll(commandName)].map(([name]) => name);
  return names.flatMap((name) => name.split(/[-_]/)).filter((word) => word.length > 3);
}

/** Names half of the words or more, and says more than that it ended. */
function isOf({ lower }: OutputLine, words: readonly string[]): boolean {
  return !endedBadly.test(lower) && words.filter((word) => lower.includes(word)).length * 2 >= words.length;
}

/** What a command that ended badly, in the pods of an object, said last. */
export function commandSaid(snapshot: Snapshot, object: ObjectRef, message: string): ControllerSaid | undefined {
  const words = endedBadly.test(message) ? wordsOf(message) : [];
  if (words.length === 0) return undefined;
  for (const pod of podsStandingFor(snapshot, object)) {
    for (const view of containersOf(pod)) {
      const line = outputOf(snapshot, pod, view, 'current').findLast((l) => isOf(l, words) && isAlarming(l));
      if (line !== undefined) return { pod, view, line };
    }
  }
  return undefined;
}
