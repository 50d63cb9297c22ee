import { levels } from '@autodevops/agent-core/policy/levels';
import type { AgentClient } from '@autodevops/agentd/client';
import type { PolicyRule } from '@autodevops/domain/change/policy';
import { counted } from '@autodevops/domain/count-words';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { openGlassLines } from '../../ruling/glass-lines.ts';
import type { Look } from '../../terminal/look.ts';
import { paint } from '../../terminal/paint.ts';
import { table } from '../../terminal/table.ts';
import { hang } from '../../terminal/wrap.ts';

function matchText({ match, when }: PolicyRule): string {
  const fields = Object.entries(match).map(
    ([name, value]) =>
      `${name} ${Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : JSON.stringify(value)}`,
  );
  return [...fields, ...(when === undefined ? [] : [`when ${when}`])].join('; ') || 'everything';
}

function rulesOf(prefix: string, rules: readonly PolicyRule[]): readonly (readonly string[])[] {
  return rules.map((rule) => [`${prefix}${rule.id}`, rule.decision, matchText(rule)]);
}

type Ruling = Awaited<ReturnType<AgentClient['policy']>>;

function trialText({ version, decisions, stricter, looser }: NonNullable<Ruling['onTrial']>): string {
  const asked =
    decisions === 0
      ? 'It has not been asked yet.'
      : `Of ${counted(decisions, 'decision')} it would have made ${stricter} stricter and ${looser} looser.`;
  return `On trial: policy ${version.slice(0, 12)}, which is asked and not heeded. ${asked}`;
}

function policyLines({ policy, version, onTrial, earned }: Ruling, look: Look): readonly string[] {
  const { autonomy, rules, freezes } = policy;
  const level = autonomy === undefined ? undefined : levels[autonomy];
  const rows = [...(level === undefined ? [] : rulesOf(`level.${level.name}.`, level.rules)), ...rulesOf('', rules)];
  return [
    ...(level === undefined ? [] : hang('', `Level ${level.name}: ${level.about}`, look.columns)),
    ...(rows.length === 0
      ? ['No rule is written: somebody is asked in local mode, and everything is forbidden in the cloud.']
      : ['', ...table(look, ['rule', 'says', 'of'], rows)]),
    ...(freezes.length === 0
      ? []
      : [
          '',
          ...table(
            look,
            ['freeze', 'from', 'to'],
            freezes.map(({ name, from, to }) => [name, from, to]),
          ),
        ]),
    ...(onTrial === undefined ? [] : ['', ...hang('', trialText(onTrial), look.columns)]),
    ...(earned === undefined ? [] : ['', ...hang('', `Earned: ${earned.says}`, look.columns)]),
    '',
    ...hang(
      '',
      'The strictest rule that matches wins, and the built-in floor counts besides (docs/policy.md).',
      look.columns,
    ).map((line) => paint(look, 'dim', line)),
    paint(look, 'dim', `policy ${version.slice(0, 12)}`),
  ];
}

export const policyShowCommand = command({
  operands: '',
  description:
    'The policy in force: its level, its rules, its freezes; the one on trial, and the level that the record speaks for; glass that is broken, and reviews that are wanted or overdue.',
  examples: [['autodevops policy show -o yaml', 'as it is written']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      options: { output },
      surroundings,
      look,
      signal,
    } = run;
    return await withAgent(run, run.options, async ({ client }) => {
      const [found, { glasses }] = await Promise.all([
        client.policy({}, { signal }),
        client.brokenGlass({}, { signal }),
      ]);
      const open = openGlassLines(cleared(glasses), look, new Date(surroundings.now()).toISOString());
      const text = [...open, ...(open.length === 0 ? [] : ['']), ...policyLines(cleared(found), look)];
      surroundings.stdout.write(
        output === 'text'
          ? finish(text, look)
          : await structuredText(
              { ...found, glasses: glasses.filter(({ standing }) => standing !== 'reviewed') },
              output,
            ),
      );
      return 0;
    });
  },
});
