import { expect, it } from 'vitest';
import type { Operation } from '@autodevops/domain/change/operation';
import { scenesOf } from './scene.ts';
import { ask, letAll } from '../testing/ask.ts';

it('a release that is rolled back is a scene of its own namespace', () => {
  const { question, circumstances } = ask({ namespace: 'shop' });
  const rollback: Operation = { verb: 'helm-rollback', namespace: 'live', release: 'web', revision: 1, newest: 2 };
  const actions = question.actions.map((action) => ({ ...action, operations: [rollback] }));
  expect(scenesOf({ ...question, actions }, letAll, circumstances).map(({ namespace }) => namespace)).toEqual(['live', 'shop']);
});
