import { command } from '../command.ts';
import { checkKubeconfig, checkPermissions } from '../doctor/cluster-access.ts';
import { checkLines } from '../doctor/check-lines.ts';
import type { Check } from '../doctor/check.ts';
import { checkEngine, checkKind, checkKubectl, checkNode } from '../doctor/programs.ts';
import { clusterOptions, everywhere, structured } from '../options/groups.ts';
import { structuredText } from '../render/structured.ts';
import type { Look } from '../terminal/look.ts';
import { plainAscii } from '../terminal/paint.ts';

function doctorText(checks: readonly Check[], look: Look): string {
  const missing = checks.filter((check) => check.state === 'missing').length;
  const end =
    missing === 0
      ? 'All that is needed is here.'
      : 'Without a cluster: `autodevops diagnose --sample`, or `--from` a recorded one.';
  const text = `${[...checkLines(checks, look), '', end].join('\n')}\n`;
  return look.unicode ? text : plainAscii(text);
}

export const doctorCommand = command({
  operands: '',
  description:
    'What is missing on this machine and in the cluster for Jamie to work, and how to get it. Exit codes: 0 all that is needed is here, 1 something is missing.',
  examples: [['autodevops doctor --context kind-dev', 'for one context']],
  options: {
    output: structured,
    context: clusterOptions.context,
    kubeconfig: clusterOptions.kubeconfig,
    as: clusterOptions.as,
    asGroup: clusterOptions.asGroup,
    ...everywhere,
  },
  run: async ({ options, surroundings, look }) => {
    const { machine } = surroundings;
    const [engine, kind, kubectl, kubeconfig] = await Promise.all([
      checkEngine(machine),
      checkKind(machine, surroundings.environment['AUTODEVOPS_KIND'] || undefined),
      checkKubectl(machine),
      checkKubeconfig(surroundings, options),
    ]);
    const access = kubeconfig.state === 'fine' ? await checkPermissions(surroundings, options) : [];
    const checks = [checkNode(machine), engine, kind, kubectl, kubeconfig, ...access];
    surroundings.stdout.write(
      options.output === 'text' ? doctorText(checks, look) : await structuredText({ checks }, options.output),
    );
    return checks.some((check) => check.state === 'missing') ? 1 : 0;
  },
});
