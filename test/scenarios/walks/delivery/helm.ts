import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { refByName } from '../../../../packages/domain/src/object-ref.ts';
import { goTool } from '../../../bed/build/go-tools.ts';
import { run } from '../../../bed/host/command.ts';
import { writeChart } from '../../../contract/tools/chart.ts';
import { ask } from '../../../contract/tools/delivery-scene.ts';
import { causeIn } from '../walk-scene.ts';
import { image } from '../workloads.ts';
import { absentImage, repairs } from './delivery-ground.ts';
import type { DeliveryWalk } from './delivery-ground.ts';

/** An upgrade to a tag that no node has fails; the release returns to the revision whose pods ran. */
const returned: DeliveryWalk = async (ground) => {
  const { bed, hand } = ground.scene;
  const program = join(await goTool('helm'), 'helm');
  const chart = mkdtempSync(join(tmpdir(), 'autodevops-walk-chart-'));
  try {
    const [name = '', tag = ''] = image.split(/:(?=[^:]*$)/);
    writeChart(chart, '1.0.0', tag);
    const namespace = await ground.scene.namespace();
    const values = ['--set', `image=${name},replicas=1,deadline=60`];
    const upgrade = async (...more: readonly string[]): Promise<string> =>
      await run(program, ['upgrade', '--install', 'web', chart, '--namespace', namespace, ...values, ...more], {
        env: { KUBECONFIG: bed.kubeconfigPath },
        seconds: 90,
      });
    await upgrade('--wait', '--timeout', '60s');
    await expect(upgrade('--set', 'tag=none', '--wait', '--timeout', '5s')).rejects.toThrow(
      'context deadline exceeded',
    );
    const { cause } = await causeIn(ground.scene, namespace, absentImage);
    const request = ask('helm-rollback', refByName('Deployment', namespace, 'web'), { toRevision: 1 });
    await repairs(ground, namespace, { request, cause });
    expect(await hand.must(['-n', namespace, 'get', 'deployment', 'web', '-o', 'jsonpath={..image}'])).toBe(image);
  } finally {
    rmSync(chart, { recursive: true, force: true });
  }
};

export const helmWalks: Readonly<Record<string, DeliveryWalk>> = {
  'helm-rollback: a release whose upgrade failed returns to its revision before, and its pods run': returned,
};
