import { expect, it } from 'vitest';
import { expectHarmless, lettersOf } from '../testing/harmless.ts';
import { change } from '../testing/samples.ts';
import { diffMessage, diffText } from './diff-message.ts';

const [field] = change.plan.diff;
if (field === undefined) throw new Error('the sample has a field');

it('a diff reads as people know it, with lines of both sides', () => {
  expect(
    diffText([
      { ...field, path: 'data.config', before: 'a\nb', after: '' },
      { ...field, path: 'spec.replicas', before: '1', after: '2' },
    ]),
  ).toBe('Deployment shop/web\n@@ data.config\n- a\n- b\n@@ spec.replicas\n- 1\n+ 2');
});

it('a diff that is too long for a message is whole in a file', () => {
  const long = {
    ...change,
    plan: { ...change.plan, diff: Array.from({ length: 200 }, (_, index) => ({ ...field, path: `data.key${index}` })) },
  };
  const { message, file } = diffMessage(long);
  expectHarmless(message);
  expect(file?.name).toBe(`${change.id}.diff`);
  expect(file?.text).toContain('data.key0');
  expect(file?.text).toContain('data.key199');
  expect(lettersOf(message)).toContain('200 fields differ');
});

it('a diff of nothing says so', () => {
  const { message, file } = diffMessage({ ...change, plan: { ...change.plan, diff: [] } });
  expect(lettersOf(message)).toContain('no field that differs');
  expect(file).toBeUndefined();
});
