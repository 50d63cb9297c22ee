import { afterAll, beforeAll, describe } from 'vitest';
import { conformsInApplying } from './apply-conformance.ts';
import { objectsBench } from './objects-bench.ts';
import type { ObjectsSetting } from './objects-bench.ts';
import { conformsInEnding } from './ending-conformance.ts';
import { conformsInReading } from './reading-conformance.ts';
import { conformsInSecrets } from './secrets-conformance.ts';
import { conformsInWriting } from './writing-conformance.ts';

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
