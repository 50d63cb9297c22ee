import { pod } from '@autodevops/domain/kubernetes/pod';
import { Snapshot } from '@autodevops/domain/snapshot';
import { describe, expect, it } from 'vitest';
import { fields, fieldsCalled, fieldWithin } from './catalogue.ts';
import { valuesOf } from './field.ts';

const snapshot = new Snapshot({ capturedAt: '2026-03-04T10:00:00Z' });

function told(words: string, raw: unknown): readonly string[] | undefined {
  const [field] = fieldsCalled(words);
  return field === undefined ? undefined : valuesOf(field, snapshot, 'Pod', pod.read(raw));
}

describe('what a pod says of itself', () => {
  it('masks what people may have written into annotations and commands', () => {
    const secret = 'hunter2hunter2';
    const raw = {
      metadata: { annotations: { 'db/password': secret } },
      spec: { containers: [{ name: 'a', image: 'a:1', command: ['run', `--password=${secret}`] }] },
    };
    expect(JSON.stringify([told('annotations', raw), told('command', raw)])).not.toContain(secret);
  });

  it('sums what its containers may use, and says nothing where none has a limit', () => {
    const limited = { resources: { limits: { memory: '64Mi' } } };
    expect(told('memory limit', { spec: { containers: [limited, limited, {}] } })).toEqual(['128Mi']);
    expect(told('memory limit', { spec: { containers: [{}] } })).toEqual([]);
  });

  it('tells where its volumes come from', () => {
    const volumes = [
      { name: 'data', persistentVolumeClaim: { claimName: 'data-0' } },
      { name: 'tmp', emptyDir: { medium: 'Memory' } },
      { name: 'odd' },
    ];
    expect(told('volumes', { spec: { volumes } })).toEqual(['data: claim data-0', 'tmp: emptyDir in memory', 'odd']);
  });
});

describe('words for fields', () => {
  it('takes the longest words for one', () => {
    expect(fieldWithin('the highest memory limit', 'Pod')?.field.said).toBe('memory limit');
    expect(fieldWithin('the target port 80', 'Service')?.field.said).toBe('target port');
  });

  it('has a field only for kinds that have it', () => {
    expect(fieldWithin('with taints', 'Pod')).toBeUndefined();
  });

  it.each(fields.map((field) => [field.said, field] as const))('%s is found by its own name', (said, { within }) => {
    expect(said).toMatch(within);
  });
});
