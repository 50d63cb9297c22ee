import { describe, expect, it } from 'vitest';
import { refByName } from '@autodevops/domain/object-ref';
import { causesOf } from './causes-of.ts';
import { findingAt, podOf, snapshotOf } from '../testing/cluster-builder.ts';

const cluster = snapshotOf(podOf({ name: 'web', labels: { app: 'web' }, ready: true }));
const signal = (code: string, facet = '') =>
  findingAt('Pod', 'web', { code, facet, severity: 'warning', generic: true });
const above = (...findings: Parameters<typeof causesOf>[1]): string[] =>
  causesOf(cluster, findings)
    .filter((cause) => cause.severity !== 'info')
    .map((cause) => cause.code);

describe('use that nobody feels', () => {
  it.each([
    'signal.cpu.rose',
    'signal.cpu.at-limit',
    'signal.memory.rose',
    'signal.memory.near-limit',
    'signal.disk.rose',
    'signal.network.traffic',
    'signal.connections.rose',
    'signal.log.errors-began',
  ])('%s is information by itself', (code) => {
    expect(above(signal(code))).toEqual([]);
  });

  it('is information where one pod uses more than its peers', () => {
    expect(above(signal('signal.peer.stands-out', 'memory'))).toEqual([]);
    expect(above(signal('signal.peer.stands-out', 'errors'))).toEqual(['signal.peer.stands-out']);
  });

  it('is information too where it explains other use', () => {
    const because = [{ object: refByName('Pod', 'shop', 'web'), codes: ['signal.network.'] }];
    expect(
      above(
        signal('signal.network.traffic'),
        findingAt('Pod', 'web', { code: 'signal.cpu.rose', severity: 'warning', generic: true, because }),
      ),
    ).toEqual([]);
  });

  it('is a cause where it rose to its limit and stays there', () => {
    const because = [{ object: refByName('Pod', 'shop', 'web'), codes: ['signal.cpu.at-limit'] }];
    expect(
      above(
        signal('signal.cpu.at-limit'),
        findingAt('Pod', 'web', { code: 'signal.cpu.rose', severity: 'warning', generic: true, because }),
      ),
    ).toEqual(['signal.cpu.at-limit']);
  });

  it('is a cause once an alert or a slow answer points at it', () => {
    const because = [{ object: refByName('Pod', 'shop', 'web'), codes: ['signal.cpu.'] }];
    expect(
      above(
        signal('signal.cpu.rose'),
        findingAt('Pod', 'web', { code: 'signal.latency.rose', severity: 'warning', generic: true, because }),
      ),
    ).toEqual(['signal.cpu.rose']);
  });
});

describe('what a log began to say', () => {
  const began = (name: string, because: ReturnType<typeof findingAt>['because'] = []) =>
    findingAt('Pod', name, { code: 'signal.log.errors-began', severity: 'warning', generic: true, because });
  const of = (name: string) => [{ object: refByName('Pod', 'shop', name), codes: ['signal.log.'] }];

  it('is a cause once the log of another complains of it', () => {
    const two = snapshotOf(podOf({ name: 'web', ready: true }), podOf({ name: 'shop', ready: true }));
    const severities = causesOf(two, [began('web'), began('shop', of('web'))]).map(({ code, severity, object }) => [
      code,
      severity,
      object.name,
    ]);
    expect(severities).toEqual([['signal.log.errors-began', 'warning', 'web']]);
  });

  it('is information where only its own log says it twice', () => {
    expect(
      above(
        began('web'),
        findingAt('Pod', 'web', {
          code: 'signal.log.errors-began',
          severity: 'warning',
          generic: true,
          facet: 'sidecar',
          because: of('web'),
        }),
      ),
    ).toEqual([]);
  });
});

describe('what people feel', () => {
  it.each([
    'signal.errors.rose',
    'signal.latency.rose',
    'signal.log.errors-prevail',
    'signal.log.program-breaks',
    'signal.log.requests-fail',
    'signal.errors.prevail',
    'signal.memory.leak',
    'signal.volume.nearly-full',
  ])('%s is a cause by itself', (code) => {
    expect(above(signal(code))).toEqual([code]);
  });
});
