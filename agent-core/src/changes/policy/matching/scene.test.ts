import { expect, it } from 'vitest';
import type { Operation } from '@autodevops/domain/change/operation';
import { scenesOf } from './scene.ts';
import { ask, letAll } from '../testing/ask.ts';

it('a release that is rolled back is a scene of its own namespace', () => {
  const { question, circumstances } = ask({ namespace: 'shop' });
  const rollback: Operation = { verb: 'helm-rollback', namespace: 'live', release: 'web', revision: 1, newest: 2 };
  const actions = question.actions.map((action) => ({ ...action, operations: [rollback] }));
  expect(scenesOf({ ...question, actions }, letAll, circumstances).map(({ namespace }) => namespace)).toEqual([
    'live',
    'shop',
  ]);
});

it('what a tool is asked for is a scene of every namespace in which the tool does it', () => {
  const { question, circumstances } = ask({
    action: 'argocd-sync',
    kind: 'Application',
    apiVersion: 'argoproj.io/v1alpha1',
    namespace: 'argocd',
  });
  const blastRadius = { objects: 2, services: [], namespaces: ['live', 'shop'], shareOfReadyEndpoints: 0 };
  const scenes = (capturedAt: string) =>
    scenesOf({ ...question, facts: { ...question.facts, capturedAt, blastRadius } }, letAll, circumstances).map(
      ({ namespace }) => namespace,
    );
  expect(scenes(question.facts.capturedAt)).toEqual(['argocd', 'live', 'shop']);
  const deployment = ask({ namespace: 'argocd' });
  expect(
    scenesOf(
      { ...deployment.question, facts: { ...deployment.question.facts, blastRadius } },
      letAll,
      deployment.circumstances,
    ).map(({ namespace }) => namespace),
  ).toEqual(['argocd']);
});
