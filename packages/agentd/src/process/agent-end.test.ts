import { expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { endIn, endLine } from './agent-end.ts';

it('a failure is the same on the other side of the log, on one line and without what is secret', () => {
  const line = endLine(
    new AutoDevOpsError(
      'cluster.refused',
      'https://me:hunter2@127.0.0.1 refuses\nthe connection.',
      'Start the cluster.',
    ),
  );
  expect(line.trimEnd()).not.toContain('\n');
  expect(line).not.toContain('hunter2');
  expect(endIn(line)).toMatchObject({
    code: 'cluster.refused',
    message: expect.stringContaining('refuses the connection.') as string,
    remedy: 'Start the cluster.',
  });
});

it('what can be done next is the same on the other side, as data', () => {
  const parts = remedy`See ${{ do: 'show-agent' }}.`;
  const error = endIn(endLine(new AutoDevOpsError('agent.unreachable', 'It ended.', parts)));
  expect(error?.remedyParts).toEqual(parts);
});

it('a step that an older program does not know leaves the sentence', () => {
  const line = endLine(new AutoDevOpsError('agent.unreachable', 'It ended.', remedy`See ${{ do: 'show-agent' }}.`));
  expect(endIn(line.replace('show-agent', 'dance'))).toMatchObject({
    remedy: 'See `autodevops agent status`.',
    remedyParts: undefined,
  });
});

it.each([
  'Error: something',
  '{"level":"info","message":"it answers"}',
  '{"level":"error","message":"the agent does not begin","error":{"code":"no.such-code","message":"x","remedy":"y"}}',
  '{"level":"error","message":"the agent does not begin"',
  '',
])('another line tells none: %s', (line) => {
  expect(endIn(line)).toBeUndefined();
});
