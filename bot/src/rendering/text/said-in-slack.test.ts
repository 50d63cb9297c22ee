import { expect, it } from 'vitest';
import { slashCommands } from '../../commands/registry.ts';
import { namedInSlack, saidInSlack } from './said-in-slack.ts';

it.each([
  ['List them with `autodevops change list`.', 'List them with `/scarlet status`.'],
  ['See it with `autodevops change show chg-1`.', 'See it with `/scarlet show chg-1`.'],
  ['`autodevops ask "list pods"` shows them.', '`/jamie ask "list pods"` shows them.'],
  [
    'Let a person turn it off (`autodevops kill-switch off`).',
    'Let a person turn it off (`/scarlet kill-switch off`).',
  ],
])('what Slack has too is named as there: %s', (inTerminal, inSlack) => {
  expect(saidInSlack(inTerminal)).toBe(inSlack);
});

it.each([
  '`autodevops store restore` restores it.',
  'autodevops change propose scale',
  'autodevops fixtures',
  'Let an administrator run `autodevops people add`.',
])('what a terminal alone has stays: %s', (text) => {
  expect(saidInSlack(text)).toBe(text);
});

it('names no command that Slack does not have', () => {
  const all = slashCommands.flatMap(({ name, words }) => words.map((word) => `${name} ${word.name}`));
  expect(namedInSlack.filter((command) => !all.includes(command))).toEqual([]);
});
