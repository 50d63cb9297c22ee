import { describe, expect, it } from 'vitest';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { Snapshot } from '@autodevops/domain/snapshot';
import { heapBoundOf } from './heap-bound.ts';
import { containersOf } from '../pod-status.ts';

const capturedAt = '2026-01-01T12:00:00Z';

function boundOf(
  container: { args?: string[]; command?: string[]; env?: { name: string; value: string }[] },
  log = '',
): string | undefined {
  const pod = kinds.Pod.shape.read({
    metadata: { name: 'app', namespace: 'shop' },
    spec: { containers: [{ name: 'app', image: 'app:1', ...container }] },
  });
  const [view] = containersOf(pod);
  const snapshot = new Snapshot({
    capturedAt,
    logs:
      log === ''
        ? []
        : [{ namespace: 'shop', pod: 'app', container: 'app', previous: false, text: log, truncated: false }],
  });
  const bound = view === undefined ? undefined : heapBoundOf(snapshot, pod, view);
  return bound === undefined
    ? undefined
    : `${bound.bytes / 2 ** 20} Mi by ${bound.option} at ${bound.field?.path ?? 'its log'}`;
}

describe('the bound that a program sets for its heap', () => {
  it('is read from the options of a JVM', () => {
    expect(boundOf({ env: [{ name: 'JAVA_TOOL_OPTIONS', value: '-Xms512m -Xmx2g' }] })).toBe(
      '2048 Mi by -Xmx2g at spec.containers[0].env[0]',
    );
    expect(boundOf({ args: ['-XX:MaxHeapSize=1024m', '-jar', 'app.jar'] })).toBe(
      '1024 Mi by -XX:MaxHeapSize=1024m at spec.containers[0].args',
    );
  });

  it('is read from the options of Node.js, which are in MiB', () => {
    expect(boundOf({ command: ['node', '--max-old-space-size=4096', 'server.js'] })).toBe(
      '4096 Mi by --max-old-space-size=4096 at spec.containers[0].command',
    );
  });

  it('is the last of several', () => {
    expect(boundOf({ env: [{ name: 'JAVA_OPTS', value: '-Xmx1g -Xmx3g' }] })).toContain('3072 Mi');
  });

  it('is what a JVM tells that it worked out, where nobody set it', () => {
    const log = 'VM settings:\n    Max. Heap Size (Estimated): 3.50G\n';
    expect(boundOf({}, log)).toBe('3584 Mi by Max. Heap Size (Estimated): 3.50G at its log');
    expect(boundOf({ args: ['-Xmx1g'] }, log)).toContain('1024 Mi');
  });

  it('is none where only a share or a starting size is given', () => {
    expect(boundOf({ env: [{ name: 'JAVA_OPTS', value: '-Xms512m -XX:MaxRAMPercentage=75' }] })).toBeUndefined();
  });
});
