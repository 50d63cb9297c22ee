import { isRecord } from '@autodevops/domain/raw-record';
import type { RawObject } from '../recording.ts';

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/**
 * A new Job as the server keeps it: it finds its pods by its own uid, unless the writer chose a selector
 * (kubernetes, pkg/registry/batch/job/strategy.go, `generateSelector`). Every dry run has another uid, and so another
 * selector.
 */
export function withJobSelector(job: RawObject): RawObject {
  const spec = record(job['spec']);
  if (spec['manualSelector'] === true) return job;
  const { name, uid } = job.metadata;
  const template = record(spec['template']);
  const metadata = record(template['metadata']);
  const marks = {
    'batch.kubernetes.io/controller-uid': uid,
    'controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'job-name': name,
  };
  return {
    ...job,
    spec: {
      ...spec,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      template: { ...template, metadata: { ...metadata, labels: { ...record(metadata['labels']), ...marks } } },
    },
  };
}
