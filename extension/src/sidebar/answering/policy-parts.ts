import type { AgentClient } from '@autodevops/agentd/client';
import { printable } from '@autodevops/domain/printable';
import { t } from '../../language/translate.ts';
import type { LinkBook } from '../links/link-book.ts';
import type { Part } from '../protocol/part.ts';

type InForce = Awaited<ReturnType<AgentClient['policy']>>;

const shown = 60;

/** The policy in force: its level, its rules in order, its freezes. */
export function policyParts(
  { policy, version }: InForce,
  autonomy: string | undefined,
  links: LinkBook,
): readonly Part[] {
  const { rules, freezes } = policy;
  const level = autonomy === undefined ? t('No level counts beside the rules.') : t('Its level is {0}.', autonomy);
  return [
    {
      id: 'headline',
      kind: 'says',
      tone: 'headline',
      lines: [[{ text: `${t('The policy in force has {0} rules of its own.', rules.length)} ${level}` }]],
    },
    {
      id: 'floor',
      kind: 'says',
      tone: 'plain',
      lines: [
        [{ text: t('All that match count, and the strictest wins. Under them lies a floor that no policy lowers.') }],
      ],
    },
    ...(rules.length === 0
      ? []
      : [
          {
            id: 'rules',
            kind: 'table',
            title: t('Rules'),
            columns: [t('rule'), t('decision'), t('why')],
            rows: rules
              .slice(0, shown)
              .map(({ id, decision, why }) => [[{ text: id }], [{ text: decision }], [{ text: printable(why) }]]),
            left: Math.max(0, rules.length - shown),
          } satisfies Part,
        ]),
    ...(freezes.length === 0
      ? []
      : [
          {
            id: 'freezes',
            kind: 'facts',
            title: t('Freezes'),
            open: true,
            lines: freezes.map(({ name, from, to }) => [{ text: `${name}: ${from} – ${to}` }]),
          } satisfies Part,
        ]),
    { id: 'version', kind: 'says', tone: 'quiet', lines: [[{ text: t('Version {0}', version.slice(0, 12)) }]] },
    {
      id: 'acts',
      kind: 'choices',
      title: '',
      choices: [
        links.span(t('Edit Policy'), { type: 'command', command: 'autodevops.policy.edit' }),
        links.span(t('Test Policy'), { type: 'command', command: 'autodevops.policy.test' }),
      ],
    },
  ];
}
