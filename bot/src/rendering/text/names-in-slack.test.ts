import { inTerminal } from '@autodevops/domain/remedy/in-terminal';
import { asRemedy, remedy } from '@autodevops/domain/remedy/remedy';
import { slashCommands } from '../../commands/registry.ts';
import { remedyStepSamples } from '@autodevops/testkit/remedy-step-samples';
import { namesInSlack, remedyInSlack } from './names-in-slack.ts';
import { toldBy } from '@autodevops/domain/remedy/step-names';
import { expect, it } from 'vitest';

it.each([
  ['`/scarlet status`', remedy`${{ do: 'list-changes' }}`],
  ['See it with `/scarlet show chg-1`.', remedy`See it with ${{ do: 'show-change', change: 'chg-1' }}.`],
  ['`/jamie ask "list pods"` shows them.', remedy`${{ do: 'ask', question: 'list pods' }} shows them.`],
  ['(`/scarlet kill-switch off WHY`).', remedy`(${{ do: 'turn-kill-switch-off' }}).`],
  [
    '`/scarlet propose deployment/web -n shop` helps.',
    remedy`${{ do: 'propose-fix', target: { kind: 'Deployment', namespace: 'shop', name: 'web' } }} helps.`,
  ],
])('what Slack has is named as there: %s', (inSlack, parts) => {
  expect(remedyInSlack(asRemedy(parts))).toBe(inSlack);
});

it('what a terminal alone has is told as there', () => {
  const parts = remedy`${{ do: 'restore-store' }} restores it.`;
  expect(remedyInSlack(asRemedy(parts))).toBe(inTerminal(parts));
});

it('a sentence that names no step stays as it is', () => {
  expect(remedyInSlack({ remedy: 'Restore it with `autodevops store restore`.' })).toBe(
    'Restore it with `autodevops store restore`.',
  );
});

it('what a name holds does not end the code that it stands in', () => {
  const change = 'a` *b* `\n<!channel>';
  expect(remedyInSlack(asRemedy(remedy`${{ do: 'show-change', change }}`))).toBe('`/scarlet show a *b* <!channel>`');
});

it('names no command that Slack does not have', () => {
  const all = slashCommands.flatMap(({ name, words }) => words.map((word) => `${name} ${word.name}`));
  const told = remedyStepSamples.map((step) => toldBy(namesInSlack, [step]));
  const slashed = told.flatMap((name) => /^`(\/\w+ [\w-]+)/.exec(name)?.[1] ?? []);
  expect(slashed).not.toEqual([]);
  expect(slashed.filter((name) => !all.includes(name))).toEqual([]);
});
