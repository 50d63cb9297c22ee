import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionRequest } from '../../packages/domain/src/change/plan.ts';
import { refByName } from '../../packages/domain/src/object-ref.ts';
import { startControlPlane } from '../bed/fixtures.ts';
import type { Bed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { repairAgent } from '../scenarios/repair-agent.ts';
import type { RepairAgent } from '../scenarios/repair-agent.ts';
import { refusalOf } from '../scenarios/unsafe-requests.ts';
import { linkApprovers } from '../scenarios/walks/approvers.ts';
import { deployment } from '../scenarios/walks/workloads.ts';

let bed: Bed;
let hand: ClusterHand;
let agent: RepairAgent;
let agree: Awaited<ReturnType<typeof linkApprovers>>;
const folder = mkdtempSync(join(tmpdir(), 'autodevops-waiting-'));

beforeAll(async () => {
  bed = await startControlPlane();
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  agent = await repairAgent(bed.kubeconfigPath, { folder });
  agree = await linkApprovers(agent);
});

afterAll(async () => {
  await agent?.close();
  await bed?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function namespaceWith(name: string, ...objects: readonly object[]): Promise<void> {
  await hand.createNamespaces([name]);
  if (objects.length === 0) return;
  await hand.must(['-n', name, 'apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
}

function ask(
  action: string,
  target: ActionRequest['target'],
  params: ActionRequest['params'] = {},
): readonly ActionRequest[] {
  return [{ action, target, params }];
}

function applying(namespace: string, data: Readonly<Record<string, string>>): readonly ActionRequest[] {
  return ask('apply-manifest', refByName('ConfigMap', namespace, 'settings'), {
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace }, data },
  });
}

describe.concurrent('what happens to an object while people think', () => {
  it('made anew under its name, it is not what was agreed to', async () => {
    await namespaceWith('anew', deployment('web', { replicas: 0 }));
    const change = await agent.propose(ask('scale', refByName('Deployment', 'anew', 'web'), { replicas: 2 }));
    await hand.must(['-n', 'anew', 'delete', 'deployment', 'web']);
    await hand.must(['-n', 'anew', 'apply', '-f', '-'], JSON.stringify(deployment('web', { replicas: 0 })));
    expect(await refusalOf(agree(change))).toMatchObject({
      code: 'change.stale',
      message: expect.stringContaining('deleted and made anew'),
    });
  });

  it('made by somebody else, it is not written into by what was to make it', async () => {
    await namespaceWith('taken');
    const change = await agent.propose(applying('taken', { mode: 'fast' }));
    await hand.must(['-n', 'taken', 'create', 'configmap', 'settings', '--from-literal=theirs=1']);
    expect((await refusalOf(agree(change))).code).toBe('change.stale');
  });

  it('kept by another field manager, it is not taken over, and its owner is named', async () => {
    await namespaceWith('owned');
    const theirs = JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { mode: 'slow' },
    });
    await hand.must(['-n', 'owned', 'apply', '--server-side', '--field-manager=platform', '-f', '-'], theirs);
    expect((await refusalOf(agent.propose(applying('owned', { mode: 'fast' })))).message).toContain(
      'platform owns .data.mode',
    );
  });

  it('in a namespace that ends, nothing is made, and nobody is sent for a permission', async () => {
    await namespaceWith('ending');
    await hand.must(
      ['apply', '-f', '-'],
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'held', namespace: 'ending', finalizers: ['example.com/held'] },
      }),
    );
    await hand.must(['delete', 'namespace', 'ending', '--wait=false']);
    const refusal = await refusalOf(agent.propose(applying('ending', { mode: 'fast' })));
    expect(refusal.message).toContain('is being terminated');
    expect(refusal.remedy).toContain('until the namespace is gone');
    expect(refusal.remedy).not.toContain('permission');
    await hand.must([
      '-n',
      'ending',
      'patch',
      'configmap',
      'held',
      '--type=merge',
      '-p',
      '{"metadata":{"finalizers":null}}',
    ]);
  });

  it('what can never be changed is refused by the server before anybody is asked', async () => {
    await namespaceWith('fixed', deployment('web', { replicas: 0 }));
    const refusal = await refusalOf(
      agent.propose(
        ask('apply-manifest', refByName('Deployment', 'fixed', 'web'), {
          manifest: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'web', namespace: 'fixed' },
            spec: { selector: { matchLabels: { app: 'other' } } },
          },
        }),
      ),
    );
    expect(refusal.message).toMatch(/immutable|selector/);
  });

  it('two who agree in the same moment agree once each, and it is done once', async () => {
    await namespaceWith('at-once', deployment('web', { replicas: 0 }));
    const [requested] = ask('annotate-object', refByName('Deployment', 'at-once', 'web'), {
      annotations: { contact: 'ann' },
    });
    const change = await agent.propose(requested === undefined ? [] : [requested]);
    await Promise.allSettled([agree(change), agree(change)]);
    const ended = await agent.follow(change.id);
    expect(ended.state, ended.says).toBe('succeeded');
    expect(new Set(ended.approvals.map(({ actor }) => actor.account)).size).toBe(ended.approvals.length);
    expect(ended.steps).toHaveLength(1);
  });
});
