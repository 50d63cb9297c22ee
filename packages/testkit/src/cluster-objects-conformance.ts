import { afterAll, beforeAll, describe } from 'vitest';
import { conformsInApplying } from './cluster-objects-conformance-apply.ts';
import { objectsBench } from './cluster-objects-conformance-bench.ts';
import type { ObjectsSetting } from './cluster-objects-conformance-bench.ts';
import { conformsInEnding } from './cluster-objects-conformance-ending.ts';
import { conformsInReading } from './cluster-objects-conformance-reading.ts';
import { conformsInSecrets } from './cluster-objects-conformance-secrets.ts';
import { conformsInWriting } from './cluster-objects-conformance-writing.ts';

/** Every adapter of the ClusterObjects port behaves so. */
export function clusterObjectsConformance(adapter: string, setting: ObjectsSetting): void {
  describe(`${adapter} as ClusterObjects`, () => {
    const { start, ...parts } = objectsBench(setting);
    beforeAll(start);
    afterAll(() => parts.objects().close());

    describe('reading', () => {
      conformsInReading(parts);
    });
    describe('writing', () => {
      conformsInWriting(parts);
    });
    describe('applying', () => {
      conformsInApplying(parts);
    });
    describe('ending', () => {
      conformsInEnding(parts);
    });
    describe('Secrets', () => {
      conformsInSecrets(parts);
    });
  });
}
