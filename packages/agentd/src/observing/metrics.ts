import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads at /metrics. */
export interface Metrics {
  readonly observe: (endpoint: string, status: number, milliseconds: number) => void;
  readonly changeEnded: (state: string) => void;
  readonly auditHead: (sequence: number) => void;
  readonly killSwitch: (on: boolean) => void;
  readonly text: () => Promise<string>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'autodevops_' });
  const requests = new Histogram({
    name: 'autodevops_request_duration_seconds',
    help: 'How long requests took, by endpoint and status.',
    labelNames: ['endpoint', 'status'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30],
    registers: [registry],
  });
  const changes = new Counter({
    name: 'autodevops_changes_ended_total',
    help: 'Changes that came to their end, by state.',
    labelNames: ['state'],
    registers: [registry],
  });
  const audit = new Gauge({ name: 'autodevops_audit_rows', help: 'Rows of the audit log.', registers: [registry] });
  const stopped = new Gauge({
    name: 'autodevops_kill_switch',
    help: '1 while the kill switch is on.',
    registers: [registry],
  });
  return {
    observe: (endpoint, status, milliseconds) =>
      requests.observe({ endpoint, status: String(status) }, milliseconds / 1000),
    changeEnded: (state) => changes.inc({ state }),
    auditHead: (sequence) => audit.set(sequence),
    killSwitch: (on) => stopped.set(on ? 1 : 0),
    text: async () => await registry.metrics(),
  };
}
