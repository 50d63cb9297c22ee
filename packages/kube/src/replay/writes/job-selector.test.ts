import { describe, expect, it } from 'vitest';
import type { RawObject } from '../recording.ts';
import { withJobSelector } from './job-selector.ts';

function job(spec: object): RawObject {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'run', namespace: 'shop', uid: 'u-1' }, spec };
}

describe('a new Job', () => {
  it('finds its pods by its uid', () => {
    const template = { metadata: { labels: { app: 'run' } }, spec: { restartPolicy: 'Never' } };
    expect(withJobSelector(job({ template }))['spec']).toEqual({
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'u-1' } },
      template: {
        metadata: {
          labels: {
            app: 'run',
            'batch.kubernetes.io/controller-uid': 'u-1',
            'controller-uid': 'u-1',
            'batch.kubernetes.io/job-name': 'run',
            'job-name': 'run',
          },
        },
        spec: { restartPolicy: 'Never' },
      },
    });
  });

  it('keeps a selector that somebody chose', () => {
    const own = job({ manualSelector: true, selector: { matchLabels: { app: 'run' } }, template: {} });
    expect(withJobSelector(own)).toBe(own);
  });
});
