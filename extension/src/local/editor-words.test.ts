import { expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { editorWords, inEditorWords } from './editor-words.ts';

it('a command of a terminal is told as that of the editor', () => {
  expect(editorWords('Make it: `autodevops local up`.')).toBe('Make it: Auto-DevOps: Start Local Cluster.');
  expect(editorWords('`autodevops local reset --yes` makes it anew')).toBe(
    'Auto-DevOps: Reset Local Cluster makes it anew',
  );
});

it.each([
  '`autodevops local snapshot` keeps it',
  '`autodevops local constructor`',
  '`autodevops diagnose`',
  'local up',
])('what the editor has no command for stays: %s', (text) => {
  expect(editorWords(text)).toBe(text);
});

it('a failure keeps its code, and its cause', () => {
  const plain = new AutoDevOpsError('local.not-there', 'There is none.', 'Make it: `autodevops local up`.');
  expect(inEditorWords(plain)).toMatchObject({
    code: 'local.not-there',
    remedy: 'Make it: Auto-DevOps: Start Local Cluster.',
    cause: plain,
  });
  const other = new AutoDevOpsError('local.failed', 'It failed.', 'Try again.');
  expect(inEditorWords(other)).toBe(other);
});
