import type { Change } from '@autodevops/domain/change/change';
import { finalStates } from '@autodevops/domain/change/change';
import type { AgentDoor } from '../agent-door/agent-door.ts';
import type { CommandRun } from '../command.ts';
import { exitCodeOfChange } from './exit-code-of-change.ts';
import { followChange } from './follow-change.ts';
import { printChange } from './print-change.ts';
import type { PrintOptions } from './print-change.ts';

export interface FollowOptions extends PrintOptions {
  readonly noWait: boolean;
}

/**
 * Follows what a command began: with its progress as text, or printed whole at the end. Not followed: printed as it is
 * now, unless it would wait for an agent that ends with this process.
 */
export async function followToEnd(change: Change, door: AgentDoor, run: CommandRun<FollowOptions>): Promise<number> {
  const {
    options: { output, noWait },
    surroundings,
    look,
    signal,
  } = run;
  const text = output === 'text';
  const isOver = change.state === 'waiting' || finalStates.includes(change.state);
  if (isOver || (noWait && door.where === 'running')) {
    await printChange(change, run);
    return exitCodeOfChange(change.state);
  }
  const ended = await followChange(door.client, change.id, text ? { surroundings, look } : undefined, signal);
  if (!text) await printChange(ended, run);
  return exitCodeOfChange(ended.state);
}
