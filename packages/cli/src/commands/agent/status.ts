import type { AgentSettings } from '@autodevops/agentd/process/agent-settings';
import { printable } from '@autodevops/domain/printable';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { paint, symbol } from '../../terminal/paint.ts';
import { hang } from '../../terminal/wrap.ts';

function absent({ configuration: { client } }: AgentSettings, address: string): string {
  if (client.address !== undefined) {
    return `No agent answers at ${printable(address)}, or it is not let in or not believed.`;
  }
  return 'No agent runs here; each command is one for as long as it runs. Start one with `autodevops agent start`.';
}

export const agentStatusCommand = command({
  operands: '',
  description:
    'Whether the agent of a cluster runs, and whether its parts are well. Exit codes: 0 it runs and is well, 1 it does not.',
  examples: [['autodevops agent status -o json', 'for a program']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const { options, surroundings, look, signal } = run;
    const { answers, address, id, settings, log } = await (await surroundings.agents()).look(options);
    const place = { address, configuration: settings.file ?? null, log };
    if (!answers) {
      surroundings.stdout.write(
        options.output === 'text'
          ? `${absent(settings, address)}\n`
          : await structuredText({ running: false, ...place }, options.output),
      );
      return 1;
    }
    return await withAgent(run, options, async ({ client }) => {
      const [health, cluster] = await Promise.all([client.health({}, { signal }), client.cluster({}, { signal })]);
      const shown = cleared({ health, cluster, ...place });
      const text = [
        paint(
          look,
          health.ready ? 'green' : 'red',
          `${symbol(look, health.ready ? 'fine' : 'problem')} The agent of ${shown.cluster.name} ${health.ready ? 'is well' : 'is not well'}${id === undefined ? '' : ` (process ${id})`}.`,
        ),
        ...shown.health.parts.flatMap(({ name, well, says }) =>
          hang(
            `   ${symbol(look, well ? 'fine' : 'problem')} `,
            `${name}${says === '' ? '' : `: ${says}`}`,
            look.columns,
          ),
        ),
        ...hang(
          '   ',
          `${shown.cluster.mode} mode, level ${shown.cluster.autonomy ?? 'none'}, version ${shown.health.version}`,
          look.columns,
        ),
        ...hang('   ', `at ${shown.address}`, look.columns),
      ];
      surroundings.stdout.write(
        options.output === 'text'
          ? finish(text, look)
          : await structuredText({ running: true, process: id ?? null, ...health, cluster, ...place }, options.output),
      );
      return health.ready ? 0 : 1;
    });
  },
});
