import type { LocalEvent, LocalRun } from '@autodevops/domain/local-cluster';
import { printable } from '@autodevops/domain/printable';
import type { CommandRun } from '../command.ts';
import { structuredText } from '../render/structured.ts';
import { followLocal } from './follow-local.ts';
import { secondsText } from './event-text.ts';
import type { LocalDoor } from './local-door.ts';

export interface LocalWorkOptions {
  readonly output: 'text' | 'json' | 'jsonl';
  readonly config?: string | undefined;
  readonly name?: string | undefined;
}

export interface LocalWork {
  readonly door: LocalDoor;
  readonly events: AsyncIterable<LocalEvent>;
  readonly afterInterruption: string;
  /** Lines under the sentence that says what it came to. */
  readonly next?: (run: LocalRun) => readonly string[];
}

export const goesOn = '`autodevops local up` goes on from here; `autodevops local down` removes what is there.';

/** Follows one verb and says what it came to, in the wanted form. Returns the exit code. */
export async function runLocal(
  { options: { output }, surroundings }: Pick<CommandRun<LocalWorkOptions>, 'options' | 'surroundings'>,
  { events, afterInterruption, next = () => [] }: LocalWork,
): Promise<number> {
  const run = await followLocal(events, { surroundings, output, afterInterruption });
  if (output === 'json') surroundings.stdout.write(await structuredText(run, 'json'));
  if (output === 'text') {
    const took = run.steps.length === 0 ? '' : ` (${secondsText(run.ms)})`;
    surroundings.stdout.write([`${run.says}${took}`, ...next(run)].map((line) => `${printable(line)}\n`).join(''));
  }
  return 0;
}
