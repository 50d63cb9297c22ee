import { expect, it } from 'vitest';
import { ofAllReplicas } from './sentences.ts';

it.each([
  [0, 'Deployment shop/web has no pods.'],
  [1, 'The one replica of Deployment shop/web is ready.'],
  [3, 'All 3 replicas of Deployment shop/web are ready.'],
])('what is so of %i replicas is told as people would', (wanted, says) => {
  expect(ofAllReplicas(wanted, 'Deployment shop/web', 'ready')).toBe(says);
});
