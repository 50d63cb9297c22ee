import { exporters } from './metric-question.ts';
import type { MetricChoice, MetricQuestion } from './metric-question.ts';

function asked(metric: string, query: MetricChoice['query']): readonly MetricChoice[] {
  return [{ metric, exporter: exporters.nodes, query }];
}

/** Bridges and ends of pods' networks: what they drop is mostly meant for nobody. */
const wired = 'device!~"lo|veth.*|cali.*|cni.*|lxc.*|docker.*|br-.*"';
const inMode =
  (mode: string): MetricChoice['query'] =>
  (labels) =>
    `avg by (instance) (rate(node_cpu_seconds_total{mode="${mode}",${labels}}[5m]))`;
const rateOf =
  (metric: string): MetricChoice['query'] =>
  (labels) =>
    `sum by (instance) (rate(${metric}{${wired},${labels}}[5m]))`;

/** Names of metrics: https://github.com/prometheus/node_exporter */
export const ofNodes: readonly MetricQuestion[] = [
  {
    name: 'node-disk',
    says: 'bytes free on the disk',
    unit: 'bytes',
    looks: 'level',
    scope: 'nodes',
    standing: true,
    choices: asked(
      'node_filesystem_avail_bytes',
      (labels) =>
        `{__name__=~"node_filesystem_(avail|size)_bytes",fstype!~"tmpfs|overlay|squashfs|ramfs",mountpoint!~"/var/lib/kubelet/.*|/run/.*",${labels}}`,
    ),
    codes: [
      'node.pressure.disk',
      'node.disk.image-gc-failed',
      'pod.evicted.node-pressure',
      'pod.image.no-space',
      'kind.disk-full',
      'signal.disk.nearly-full',
    ],
  },
  {
    name: 'node-memory',
    says: "share of the node's memory in use",
    unit: 'share',
    looks: 'level',
    scope: 'nodes',
    standing: true,
    choices: asked(
      'node_memory_MemAvailable_bytes',
      (labels) => `1 - node_memory_MemAvailable_bytes{${labels}} / node_memory_MemTotal_bytes{${labels}}`,
    ),
    codes: ['node.pressure.memory', 'node.memory.system-oom', 'pod.memory.node-exhausted', 'kind.out-of-memory'],
  },
  {
    name: 'node-cpu',
    says: "share of the node's CPU that is busy",
    unit: 'share',
    looks: 'level',
    scope: 'nodes',
    standing: true,
    choices: asked('node_cpu_seconds_total', (labels) => `1 - ${inMode('idle')(labels)}`),
    codes: ['signal.cpu.', 'signal.latency.rose', 'signal.saturation.rose'],
  },
  {
    name: 'node-disk-wait',
    says: "share of the node's CPU that waits for disks",
    unit: 'share',
    looks: 'level',
    scope: 'nodes',
    standing: true,
    choices: asked('node_cpu_seconds_total', inMode('iowait')),
    codes: ['signal.disk.rose', 'signal.latency.rose', 'node.pressure.disk'],
  },
  {
    name: 'node-disk-busy',
    says: "share of time in which the node's disk is busy",
    unit: 'share',
    looks: 'level',
    scope: 'nodes',
    standing: true,
    choices: asked(
      'node_disk_io_time_seconds_total',
      (labels) => `max by (instance) (rate(node_disk_io_time_seconds_total{device!~"loop.*|ram.*",${labels}}[5m]))`,
    ),
    codes: ['signal.disk.rose', 'signal.latency.rose', 'node.pressure.disk'],
  },
  {
    name: 'node-contention',
    says: 'share of time in which tasks on the node wait for its CPU',
    unit: 'share',
    looks: 'level',
    scope: 'nodes',
    standing: true,
    choices: asked(
      'node_pressure_cpu_waiting_seconds_total',
      (labels) => `rate(node_pressure_cpu_waiting_seconds_total{${labels}}[5m])`,
    ),
    codes: ['signal.contention.rose'],
  },
  {
    name: 'node-packet-loss',
    says: 'packets that the node drops',
    unit: 'per second',
    looks: 'level',
    scope: 'nodes',
    standing: true,
    choices: asked('node_network_receive_drop_total', rateOf('node_network_receive_drop_total')),
    codes: ['signal.network.losses', 'signal.latency.rose', 'signal.errors.rose'],
  },
  {
    name: 'node-damaged-packets',
    says: 'packets that reach the node damaged',
    unit: 'per second',
    looks: 'level',
    scope: 'nodes',
    standing: true,
    choices: asked('node_network_receive_errs_total', rateOf('node_network_receive_errs_total')),
    codes: ['signal.network.losses', 'signal.latency.rose', 'signal.errors.rose'],
  },
  {
    name: 'node-retransmissions',
    says: 'segments that the node sends again',
    unit: 'per second',
    looks: 'level',
    scope: 'nodes',
    standing: true,
    choices: asked(
      'node_netstat_Tcp_RetransSegs',
      (labels) => `sum by (instance) (rate(node_netstat_Tcp_RetransSegs{${labels}}[5m]))`,
    ),
    codes: ['signal.network.losses', 'signal.latency.rose', 'signal.errors.rose'],
  },
];
