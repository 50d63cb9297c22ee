import type { AgentClient } from '@autodevops/agentd/client';
import type { Change, ChangeState } from '@autodevops/domain/change/change';
import { finalStates } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { cleared } from '../render/cleared.ts';
import { finish, standingLines, stepLines } from '../render/change-text.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Look } from '../terminal/look.ts';
import { waitingLine } from '../terminal/waiting-line.ts';
import type { WaitingLine } from '../terminal/waiting-line.ts';

/** Where progress goes; nothing is told without it. */
export interface Progress {
  readonly surroundings: Pick<Surroundings, 'stdout' | 'stderr'>;
  readonly look: Look;
}

/** States that are worth a line on the way. */
const told: readonly ChangeState[] = ['executing', 'verifying', 'undoing'];

const goesOn: Readonly<Partial<Record<ChangeState, string>>> = {
  approved: 'Waiting for the agent to begin',
  executing: 'Doing it',
  verifying: 'Looking whether it helped, and whether it stays so',
  undoing: 'Taking it back',
};

function stepKey({ step, outcome }: Change['steps'][number]): string {
  return `${step.direction}/${step.action}/${step.operation}/${outcome ?? ''}`;
}

/** Tells what is new since the last time: steps that ended, and where the change stands. */
function teller({ surroundings, look }: Progress, line: WaitingLine): (change: Change) => void {
  const write = (text: string): void => {
    line.clear();
    surroundings.stdout.write(text);
  };
  const steps = new Set<string>();
  let state: ChangeState | undefined;
  return (given) => {
    const change = cleared(given);
    for (const step of change.steps) {
      const key = stepKey(step);
      if (step.outcome === undefined || steps.has(key)) continue;
      steps.add(key);
      write(finish(stepLines(step, look), look));
    }
    if (change.state === state) return;
    state = change.state;
    if (told.includes(change.state) || finalStates.includes(change.state)) {
      write(finish(standingLines(change, look), look));
    }
    if (!finalStates.includes(change.state)) line.show(goesOn[change.state] ?? 'Waiting');
  };
}

function lineOn({ write, facts: { isTTY, columns, env } }: Surroundings['stderr']): WaitingLine {
  return waitingLine({ write, isTTY: isTTY && env['TERM'] !== 'dumb', columns: columns ?? 80 });
}

/**
 * Follows a change until it is final, or until it waits for somebody; gives it as it is then. Throws `interrupted` with
 * what becomes of the change.
 */
export async function followChange(
  client: AgentClient,
  id: string,
  progress: Progress | undefined,
  signal: AbortSignal,
): Promise<Change> {
  const line = progress === undefined ? undefined : lineOn(progress.surroundings.stderr);
  const tell = progress === undefined || line === undefined ? undefined : teller(progress, line);
  const ended = new AbortController();
  try {
    for await (const { event } of client.watchChange(
      { params: { id } },
      { signal: AbortSignal.any([signal, ended.signal]) },
    )) {
      tell?.(event);
      if (event.state === 'waiting' || finalStates.includes(event.state)) return event;
    }
    return await client.change({ params: { id } }, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AutoDevOpsError(
      'interrupted',
      `Interrupted; ${id} is not taken back by that.`,
      `See \`autodevops change show ${id}\`; what was begun goes on when an agent runs (\`autodevops change watch ${id}\`).`,
      { cause: error },
    );
  } finally {
    line?.close();
    ended.abort();
  }
}
