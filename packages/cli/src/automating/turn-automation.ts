import type { Automation } from '@autodevops/domain/change/automation';
import { printable } from '@autodevops/domain/printable';
import type { AgentChoice } from '@autodevops/agentd/process/agent-choice';
import { withAgent } from '../changing/with-agent.ts';
import type { CommandRun } from '../command.ts';
import { usageError } from '../options/usage-error.ts';
import { structuredText } from '../render/structured.ts';
import { workingText } from './automation-lines.ts';

type Turning = CommandRun<AgentChoice & { readonly output: 'text' | 'json' | 'yaml' }>;

const says: Readonly<Record<Automation['mode'], string>> = {
  on: 'is on: what it proposes is decided by the policy, like anything else.',
  dry: 'is dry: what it would propose is recorded, and not proposed.',
  off: 'is off.',
};

/** Turns the one automation that the words name, and says whether that has any effect at the agent's level. */
export async function turnAutomation(run: Turning, mode: Automation['mode']): Promise<number> {
  const {
    options,
    positionals: [name, more],
    surroundings,
    signal,
  } = run;
  if (name === undefined || more !== undefined) {
    throw usageError('Which automation?', 'Give one name; `autodevops automation list` shows them.');
  }
  return await withAgent(run, options, async ({ client }) => {
    const [turned, { autonomy }] = await Promise.all([
      client.setAutomation({ params: { automation: name }, body: { mode } }, { signal }),
      client.cluster({}, { signal }),
    ]);
    const idle = mode !== 'off' && (autonomy === undefined || !turned.levels.includes(autonomy));
    const note = idle
      ? ` But it does nothing here (${workingText(turned, autonomy)}); it works at ${turned.levels.join(', ')}.`
      : '';
    surroundings.stdout.write(
      options.output === 'text'
        ? `${printable(turned.id)} ${says[mode]}${note}\n`
        : await structuredText(turned, options.output),
    );
    return 0;
  });
}
