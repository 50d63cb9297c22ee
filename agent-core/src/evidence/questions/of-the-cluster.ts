import type { MetricQuestion } from './metric-question.ts';

/** What everything in the cluster stands on. */
export const ofTheCluster: readonly MetricQuestion[] = [
  {
    name: 'etcd-fsync',
    says: 'time in which etcd writes to its disk (99th percentile)',
    unit: 'seconds',
    looks: 'level',
    scope: 'cluster',
    choices: [
      {
        metric: 'etcd_disk_wal_fsync_duration_seconds_bucket',
        exporter: 'etcd',
        query: () =>
          'histogram_quantile(0.99, sum by (le, instance) (rate(etcd_disk_wal_fsync_duration_seconds_bucket[5m])))',
      },
    ],
    codes: ['control-plane.etcd.slow', 'control-plane.leader.changing', 'kamaji.data-store.not-ready'],
  },
  {
    name: 'dns-failures',
    says: "answers of the cluster's DNS that say that it failed",
    unit: 'per second',
    looks: 'level',
    scope: 'cluster',
    standing: true,
    choices: [
      {
        metric: 'coredns_dns_responses_total',
        exporter: 'CoreDNS',
        query: () => 'sum by (namespace, pod) (rate(coredns_dns_responses_total{rcode="SERVFAIL"}[5m]))',
      },
    ],
    codes: ['dns.coredns.', 'pod.dependency.unresolved', 'network-policy.dns-blocked'],
  },
  {
    name: 'dns-latency',
    says: "time in which the cluster's DNS answers (95th percentile)",
    unit: 'seconds',
    looks: 'level',
    scope: 'cluster',
    standing: true,
    choices: [
      {
        metric: 'coredns_dns_request_duration_seconds_bucket',
        exporter: 'CoreDNS',
        query: () =>
          'histogram_quantile(0.95, sum by (le, namespace, pod) (rate(coredns_dns_request_duration_seconds_bucket[5m])))',
      },
    ],
    codes: ['dns.coredns.'],
  },
  {
    name: 'certificates',
    says: 'end of a certificate',
    unit: 'seconds',
    looks: 'level',
    scope: 'cluster',
    standing: true,
    choices: [
      {
        metric: 'certmanager_certificate_expiration_timestamp_seconds',
        exporter: 'cert-manager',
        query: () => 'certmanager_certificate_expiration_timestamp_seconds',
      },
      {
        metric: 'probe_ssl_earliest_cert_expiry',
        exporter: 'blackbox_exporter',
        query: () => 'probe_ssl_earliest_cert_expiry',
      },
    ],
    codes: ['signal.certificate.'],
  },
];
