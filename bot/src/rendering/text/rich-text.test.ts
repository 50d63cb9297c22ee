import { expect, it } from 'vitest';
import { sentence } from './rich-text.ts';

it('what stands between backticks is shown as code, the rest as it is', () => {
  expect(sentence('Go back at once: `kubectl rollout undo deployment/api`, or *wait*.')).toEqual([
    { type: 'text', text: 'Go back at once: ' },
    { type: 'text', text: 'kubectl rollout undo deployment/api', style: { code: true } },
    { type: 'text', text: ', or *wait*.' },
  ]);
});

it('one backtick alone is a letter, and nothing between two is no code', () => {
  expect(sentence('a ` b')).toEqual([{ type: 'text', text: 'a ` b' }]);
  expect(sentence('a `` b')).toEqual([{ type: 'text', text: 'a `` b' }]);
});

it('a sentence of code alone has no empty pieces', () => {
  expect(sentence('`kubectl get pods`').filter((piece) => piece !== undefined)).toEqual([
    { type: 'text', text: 'kubectl get pods', style: { code: true } },
  ]);
});
