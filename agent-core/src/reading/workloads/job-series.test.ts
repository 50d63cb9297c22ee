import { describe, expect, it } from 'vitest';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { Snapshot } from '@autodevops/domain/snapshot';
import { seriesOf } from './job-series.ts';

interface Run {
  readonly name: string;
  readonly namespace?: string;
  readonly rerunOf?: string;
  readonly cronJob?: string;
}

/** Series of these Jobs; the uid of each is its name. */
function series(...runs: readonly Run[]): readonly string[] {
  const Job = runs.map(({ name, namespace = 'shop', rerunOf, cronJob }) =>
    kinds.Job.shape.read({
      metadata: {
        name,
        namespace,
        uid: name,
        ...(rerunOf === undefined ? {} : { annotations: { 'autodevops.dev/rerun-of': rerunOf } }),
        ...(cronJob === undefined
          ? {}
          : {
              ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: cronJob, uid: 'c', controller: true }],
            }),
      },
    }),
  );
  const snapshot = new Snapshot({ capturedAt: '2026-03-10T12:00:00Z', objects: { Job } });
  return Job.map((job) => seriesOf(snapshot, job));
}

describe('the series of a Job', () => {
  it('is that of the one that it repeats, however often', () => {
    expect(
      new Set(
        series(
          { name: 'import' },
          { name: 'import-rerun-1', rerunOf: 'import' },
          { name: 'import-rerun-2', rerunOf: 'import-rerun-1' },
        ),
      ),
    ).toEqual(new Set(['Job/shop/import']));
  });

  it('is not that of a Job of another namespace, nor of one that is not there', () => {
    expect(
      series(
        { name: 'import', namespace: 'other' },
        { name: 'mine', rerunOf: 'import' },
        { name: 'late', rerunOf: 'gone' },
      ),
    ).toEqual(['Job/other/import', 'Job/shop/mine', 'Job/shop/late']);
  });

  it('comes to an end where Jobs say that they repeat each other', () => {
    expect(series({ name: 'one', rerunOf: 'two' }, { name: 'two', rerunOf: 'one' })).toHaveLength(2);
  });

  it('is that of its CronJob, or that of names with another mark of a run', () => {
    expect(new Set(series({ name: 'report-1', cronJob: 'report' }, { name: 'report-2', cronJob: 'report' }))).toEqual(
      new Set(['CronJob/shop/report']),
    );
    expect(new Set(series({ name: 'migrate-1.4.0' }, { name: 'migrate-1.5.0' }))).toEqual(
      new Set(['Job/shop/migrate-']),
    );
    expect(series({ name: 'shard-1' }, { name: 'shard-2' })).toEqual(['Job/shop/shard-1', 'Job/shop/shard-2']);
  });
});
