import { expect } from 'vitest';
import type { ActionRequest } from '../../../../packages/domain/src/change/plan.ts';
import type { Cause } from '../../../../packages/domain/src/diagnosis.ts';
import type { GitHost } from '../../../bed/delivery/git-host.ts';
import { comesTrue } from '../walk-scene.ts';
import type { WalkScene } from '../walk-scene.ts';
import { deployment } from '../workloads.ts';

/** What a walk with a tool that people deliver with stands on: a cluster whose pods run, and a place for repositories. */
export interface DeliveryGround {
  readonly scene: WalkScene;
  readonly host: GitHost;
}

export type DeliveryWalk = (ground: DeliveryGround) => Promise<void>;

export type Files = Readonly<Record<string, string>>;

/** The folder web of a repository: a Deployment whose pods run. */
export const rightFiles: Files = { 'web/deployment.yaml': JSON.stringify(deployment('web')) };

/** The same with an image that no node has. */
export const wrongFiles: Files = {
  'web/deployment.yaml': JSON.stringify(deployment('web', { image: 'walk-absent:dev', policy: 'Never' })),
};

/** What Jamie tells of `wrongFiles`. */
export const absentImage = 'pod.image.never-pull';

/** Proposed because of the cause, agreed to, and done: the cause has gone, and its pods run. */
export async function repairs(
  { scene }: DeliveryGround,
  namespace: string,
  { request, cause }: { readonly request: ActionRequest; readonly cause: Cause },
): Promise<void> {
  const change = await scene.carryOut([request], cause);
  expect(change.state, change.says).toBe('succeeded');
  expect(change.says).toContain(`"${cause.title}" on`);
  await comesTrue('Jamie finds nothing', async () => (await scene.agent.fixes(namespace)).length === 0);
}
