import { command } from '../../command.ts';
import type { Check } from '../../doctor/check.ts';
import { checkLines } from '../../doctor/check-lines.ts';
import { localLook } from '../../local/local-options.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';

const states = { fine: 'fine', note: 'optional', trouble: 'missing' } as const;

export const localDoctorCommand = command({
  operands: '',
  description:
    'What stands in the way of a local cluster on this machine, and what to do: engine, kind, memory and cores, cgroups, inotify limits, ports, the node image and its registry, the kubeconfig, what was left half made. Exit codes: 0 nothing is in the way, 1 something is.',
  examples: [['autodevops local doctor --config local-config.yaml', 'for one configuration']],
  options: { ...localLook },
  run: async ({ options: { config, name, output }, surroundings, look, signal }) => {
    const { cluster } = await surroundings.local({ config, name });
    const report = await cluster.doctor({ signal });
    const checks = cleared(report.checks).map((check): Check => ({ ...check, state: states[check.state] }));
    surroundings.stdout.write(
      output === 'text' ? finish(checkLines(checks, look), look) : await structuredText(report, output),
    );
    return report.checks.some(({ state }) => state === 'trouble') ? 1 : 0;
  },
});
