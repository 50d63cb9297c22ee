import type { Change } from '@autodevops/domain/change/change';
import type { CommandRun } from '../command.ts';
import { renderChange } from '../render/change-text.ts';
import { structuredText } from '../render/structured.ts';

export interface PrintOptions {
  readonly output: 'text' | 'json' | 'yaml';
  readonly verbose?: boolean;
}

/** Prints a change, whole, in the format that was asked for. */
export async function printChange(
  change: Change,
  { options: { output, verbose = false }, surroundings, look }: CommandRun<PrintOptions>,
): Promise<void> {
  const view = { everything: verbose, now: new Date(surroundings.now()).toISOString() };
  surroundings.stdout.write(
    output === 'text' ? renderChange(change, look, view) : await structuredText(change, output),
  );
}
