import { timeAgo } from '@autodevops/domain/time-ago';
import type { AgentClient } from '@autodevops/agentd/client';
import type { CommandRun } from '../command.ts';
import { cleared } from '../render/cleared.ts';
import { finish } from '../render/change-text.ts';
import { structuredText } from '../render/structured.ts';
import { paint } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';

type KillSwitch = Awaited<ReturnType<AgentClient['killSwitch']>>;

/** Prints how the kill switch stands. */
export async function printKillSwitch(
  status: KillSwitch,
  { options: { output }, surroundings, look }: CommandRun<{ readonly output: 'text' | 'json' | 'yaml' }>,
): Promise<void> {
  if (output !== 'text') {
    surroundings.stdout.write(await structuredText(status, output));
    return;
  }
  const { on, by, why, since } = cleared(status);
  const ago = timeAgo(since, new Date(surroundings.now()).toISOString());
  const turned = by === '' ? '' : ` ${by} turned it ${ago}${why === '' ? '.' : `: ${why}`}`;
  const says = on ? 'The kill switch is on: nothing is changed.' : 'The kill switch is off.';
  surroundings.stdout.write(
    finish(
      hang('', `${says}${turned}`, look.columns).map((line) => paint(look, on ? 'red' : 'green', line)),
      look,
    ),
  );
}
