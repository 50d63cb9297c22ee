import { expect, it } from 'vitest';
import { readConfiguration } from '@autodevops/agentd/read-configuration';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { configMistakes } from './config-mistakes.ts';

const name = 'a: b/local-config.yaml';

function failureOf(text: string): AutoDevOpsError {
  try {
    readConfiguration(text, name);
  } catch (error) {
    if (error instanceof AutoDevOpsError) return error;
  }
  throw new Error('it is valid');
}

it.each([
  ['mode: local\nagents: {scarlett: {}}\nclustr: {}\n', [2, 3]],
  ['mode: local\nagents: [\n', [3]],
  ['server:\n  port: 8080\n', [1]],
])('the lines of what is wrong are those that reading it tells: %j', (text, lines) => {
  const mistakes = configMistakes(failureOf(text), name);
  expect(mistakes.map(({ line }) => line).toSorted()).toEqual(lines);
  for (const { says } of mistakes) expect(says).not.toContain(name);
});

it('a failure that tells no line has none', () => {
  expect(configMistakes(new AutoDevOpsError('internal', 'It is a folder.', ''), name)).toEqual([]);
  expect(configMistakes(new AutoDevOpsError('config.invalid', `${name}:0: nothing`, ''), name)).toEqual([]);
});
