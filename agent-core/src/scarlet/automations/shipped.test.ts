import { describe, expect, it } from 'vitest';
import { AutonomyLevel } from '@autodevops/domain/change/policy';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { catalogue } from '../../analyzers/catalogue.ts';
import { matchesAny } from '../../reading/name-pattern.ts';
import { actions } from '../actions/registry.ts';
import { shippedAutomations } from './shipped.ts';
import { automationScene, cause, diagnosis, proposal, ref, web } from './testing/automation-scene.ts';
import type { AutomationScene } from './testing/automation-scene.ts';

/** What the shipped automations ask for when this is seen all the time for so many seconds. */
async function wishes(
  seen: Diagnosis,
  seconds: number,
  prepare: (scene: AutomationScene) => void = () => undefined,
): Promise<readonly ActionRequest[]> {
  const scene = automationScene(shippedAutomations);
  prepare(scene);
  for (let passed = 0; passed <= seconds; passed += 300) await scene.look(passed === 0 ? 0 : 300, seen);
  return scene.proposals.flatMap(({ requests }) => requests);
}

describe('the shipped automations', () => {
  it('are five, work at the level development, and at no other', () => {
    expect(shippedAutomations.map(({ id }) => id)).toEqual([
      'undo-stuck-rollout',
      'remove-evicted-pods',
      'restart-after-config-change',
      'raise-memory-limit',
      'uncordon-after-drain',
    ]);
    expect(
      AutonomyLevel.options.filter((level) => shippedAutomations.some(({ levels }) => levels.includes(level))),
    ).toEqual(['development']);
  });

  it('speak of codes and actions that there are', () => {
    for (const automation of shippedAutomations) {
      for (const pattern of automation.when.findings) {
        expect([automation.id, pattern, [...catalogue.keys()].some((code) => matchesAny([pattern], code))]).toEqual([
          automation.id,
          pattern,
          true,
        ]);
      }
      expect(actions.map(({ name }) => name)).toContain(automation.do.action);
    }
  });
});

describe('undo-stuck-rollout', () => {
  const seen = diagnosis([
    cause('pod.image.not-found', {
      changes: [proposal('load-image-into-kind'), proposal('rollout-undo', { toRevision: 2 })],
    }),
  ]);
  it('goes back to the revision that worked after ten minutes', async () => {
    expect(await wishes(seen, 600)).toEqual([{ action: 'rollout-undo', target: web, params: { toRevision: 2 } }]);
  });
  it('waits while it has not lasted, and where Jamie knows no way back', async () => {
    expect(await wishes(seen, 300)).toEqual([]);
    expect(await wishes(diagnosis([cause('pod.image.not-found')]), 1200)).toEqual([]);
  });
});

describe('remove-evicted-pods', () => {
  const evicted = cause('pod.evicted.node-pressure', {
    severity: 'info',
    symptoms: [
      { code: 'pod.evicted.node-pressure', object: ref('Pod', 'web-1') },
      { code: 'pod.evicted.node-pressure', object: ref('Pod', 'web-2') },
    ],
  });
  it('deletes what is left once the workload is whole again', async () => {
    expect(await wishes(diagnosis([], { information: [evicted] }), 900)).toEqual(
      ['web-1', 'web-2'].map((name) => ({ action: 'delete-pod', target: ref('Pod', name), params: {} })),
    );
  });
  it('leaves everything as it is while it is still a trouble', async () => {
    expect(await wishes(diagnosis([{ ...evicted, severity: 'critical' }]), 1800)).toEqual([]);
  });
});

describe('restart-after-config-change', () => {
  it('restarts what still runs with the old values', async () => {
    const seen = diagnosis([
      cause('pod.dependency.credentials-rejected', { confidence: 'medium', changes: [proposal('restart-rollout')] }),
    ]);
    expect(await wishes(seen, 300)).toEqual([{ action: 'restart-rollout', target: web, params: {} }]);
  });
  it('restarts nothing where the values were not changed', async () => {
    expect(await wishes(diagnosis([cause('pod.dependency.credentials-rejected')]), 900)).toEqual([]);
  });
});

describe('raise-memory-limit', () => {
  const seen = (memory: string): Diagnosis =>
    diagnosis([
      cause('pod.memory.limit', { changes: [proposal('set-resources', { container: 'app', limits: { memory } })] }),
    ]);
  it('gives more, up to its bound', async () => {
    expect(await wishes(seen('4Gi'), 600)).toEqual([
      { action: 'set-resources', target: web, params: { container: 'app', limits: { memory: '4Gi' } } },
    ]);
    expect(await wishes(seen('4097Mi'), 1200)).toEqual([]);
  });
  it('leaves a leak to people', async () => {
    expect(
      await wishes(
        diagnosis([
          cause('pod.memory.leak', {
            changes: [proposal('set-resources', { container: 'app', limits: { memory: '1Gi' } })],
          }),
        ]),
        1200,
      ),
    ).toEqual([]);
  });
});

describe('uncordon-after-drain', () => {
  const node = ref('Node', 'worker-1', '');
  const cordoned = cause('node.cordoned', {
    object: node,
    severity: 'info',
    changes: [proposal('uncordon', {}, node)],
  });
  const seen = diagnosis([], { information: [cordoned] });
  const drained =
    (actions: readonly string[], succeeded = true) =>
    ({ lastChanges }: AutomationScene): void =>
      void lastChanges.set('Node//worker-1', { actions, succeeded });

  it('takes a node back half an hour after our own drain', async () => {
    expect(await wishes(seen, 1800, drained(['drain']))).toEqual([{ action: 'uncordon', target: node, params: {} }]);
  });
  it('leaves a node that somebody cordoned by hand, or whose drain did not end well', async () => {
    expect(await wishes(seen, 3600)).toEqual([]);
    expect(await wishes(seen, 3600, drained(['cordon']))).toEqual([]);
    expect(await wishes(seen, 3600, drained(['drain'], false))).toEqual([]);
  });
  it('leaves a node that is not well', async () => {
    expect(
      await wishes(
        diagnosis([cause('node.not-ready', { object: node })], { information: [cordoned] }),
        3600,
        drained(['drain']),
      ),
    ).toEqual([]);
  });
});
