import type { MetricQuestion } from './metric-question.ts';

const cadvisor = 'the kubelet (cAdvisor)';
const inContainers = (labels: string): string => `${labels},container!="",container!="POD"`;
const byContainer = 'by (namespace, pod, container)';
const ofSlowness = [
  'pod.liveness.',
  'pod.probe.timeout',
  'pod.startup.budget-exceeded',
  'signal.cpu.',
  'signal.latency.rose',
];

/** Names of metrics: https://github.com/kubernetes/kube-state-metrics/tree/main/docs, https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md */
export const ofContainers: readonly MetricQuestion[] = [
  {
    name: 'restarts',
    says: 'restarts',
    unit: 'count',
    looks: 'growth',
    scope: 'pods',
    choices: [
      {
        metric: 'kube_pod_container_status_restarts_total',
        exporter: 'kube-state-metrics',
        query: (labels) => `max ${byContainer} (kube_pod_container_status_restarts_total{${labels}})`,
      },
    ],
    codes: [
      'pod.crash.',
      'pod.data.',
      'pod.exit.completes',
      'pod.liveness.',
      'pod.memory.',
      'pod.dependency.',
      'signal.restarts.repeat',
    ],
  },
  {
    name: 'memory',
    says: 'memory in use',
    unit: 'bytes',
    looks: 'peak',
    scope: 'pods',
    standing: true,
    choices: [
      {
        metric: 'container_memory_working_set_bytes',
        exporter: cadvisor,
        query: (labels) => `max ${byContainer} (container_memory_working_set_bytes{${inContainers(labels)}})`,
      },
    ],
    codes: ['pod.memory.', 'pod.evicted.node-pressure', 'signal.memory.', 'pod.liveness.killed'],
  },
  {
    name: 'cpu',
    says: 'CPU in use',
    unit: 'cores',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      {
        metric: 'container_cpu_usage_seconds_total',
        exporter: cadvisor,
        query: (labels) => `sum ${byContainer} (rate(container_cpu_usage_seconds_total{${inContainers(labels)}}[5m]))`,
      },
    ],
    codes: ofSlowness,
  },
  {
    name: 'throttling',
    says: 'share of its time in which it was held back at its CPU limit',
    unit: 'share',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      {
        metric: 'container_cpu_cfs_throttled_periods_total',
        exporter: cadvisor,
        query: (labels) =>
          `sum ${byContainer} (rate(container_cpu_cfs_throttled_periods_total{${inContainers(labels)}}[5m])) / sum ${byContainer} (rate(container_cpu_cfs_periods_total{${inContainers(labels)}}[5m]))`,
      },
    ],
    codes: ofSlowness,
  },
  {
    name: 'scraping',
    says: 'whether it can be scraped',
    unit: 'count',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [{ metric: 'up', exporter: 'Prometheus itself', query: (labels) => `up{${labels}}` }],
    codes: ['signal.target.down'],
  },
];
