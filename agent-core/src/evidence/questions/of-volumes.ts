import type { MetricQuestion } from './metric-question.ts';

export const ofVolumes: readonly MetricQuestion[] = [
  {
    name: 'volume-use',
    says: 'bytes in use on the volume',
    unit: 'bytes',
    looks: 'level',
    scope: 'claims',
    standing: true,
    choices: [
      {
        metric: 'kubelet_volume_stats_used_bytes',
        exporter: 'the kubelet',
        query: (labels) => `{__name__=~"kubelet_volume_stats_(used|capacity)_bytes",${labels}}`,
      },
    ],
    codes: [
      'pod.crash.disk-full',
      'pod.dependency.storage-full',
      'signal.volume.nearly-full',
      'storage.resize.',
      'storage.volume.too-small',
    ],
  },
];
