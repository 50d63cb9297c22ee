import { expect, it } from 'vitest';
import { commandsBeside, saysCommandOf } from './change-command.ts';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: '' };
const undo = { action: 'rollout-undo', target, params: { toRevision: 6 }, risk: 'medium' } as const;
const command = 'kubectl -n shop rollout undo deployment/web --to-revision=6';

it('a proposed change is told as the command that makes it', () => {
  expect(commandsBeside(['Correct the image.'], [undo])).toEqual([command]);
});

it('a command that a step says already is not told again', () => {
  expect(commandsBeside([`Go back to revision 6: \`${command}\`.`], [undo])).toEqual([]);
});

it('a step that says how a proposed change is made is known', () => {
  expect(saysCommandOf(`Go back to revision 6: \`${command}\`.`, [undo])).toBe(true);
  expect(saysCommandOf('Correct the image.', [undo])).toBe(false);
});
