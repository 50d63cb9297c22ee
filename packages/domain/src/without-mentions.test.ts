import { expect, it } from 'vitest';
import { withoutMentions } from './without-mentions.ts';

it.each([
  ['a person', 'ask @octocat', 'ask @\u200Boctocat'],
  ['a team', '(@org/team)', '(@\u200Borg/team)'],
  ['an issue that would be closed', 'Fixes #12 and org/app#3', 'Fixes #\u200B12 and org/app#\u200B3'],
  ['an issue by its other name', 'closes GH-7', 'closes GH-\u200B7'],
  ['a merge request', 'see !42', 'see !\u200B42'],
  ['an e-mail address', 'to ops@example.com', 'to ops@example.com'],
  ['an image by its digest', 'web@sha256:4f1e', 'web@sha256:4f1e'],
  ['a heading and an entity', '## Files &#64;', '## Files &#64;'],
])('%s', (_what, text, told) => {
  expect(withoutMentions(text)).toBe(told);
});
