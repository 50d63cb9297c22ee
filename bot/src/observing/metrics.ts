import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads at /metrics. Labels are bounded: no customer, channel or person is one. */
export interface BotMetrics {
  readonly received: (outcome: string, kind: string) => void;
  /** Milliseconds from keeping an event to its end. */
  readonly handled: (handler: string, outcome: 'done' | 'told' | 'later' | 'given-up', milliseconds: number) => void;
  readonly delivered: (lane: string, outcome: 'posted' | 'changed' | 'later' | 'given-up') => void;
  readonly called: (method: string, outcome: string, milliseconds: number) => void;
  readonly backlog: (lane: string, count: number) => void;
  readonly connections: (app: string, count: number) => void;
  readonly text: () => Promise<string>;
}

export function createBotMetrics(): BotMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'autodevops_bot_' });
  const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];
  const received = new Counter({
    name: 'autodevops_bot_received_total',
    help: 'What came from Slack, by outcome and kind.',
    labelNames: ['outcome', 'kind'],
    registers,
  });
  const handled = new Histogram({
    name: 'autodevops_bot_handled_seconds',
    help: 'How long events were worked on, by handler and outcome.',
    labelNames: ['handler', 'outcome'],
    buckets,
    registers,
  });
  const delivered = new Counter({
    name: 'autodevops_bot_delivered_total',
    help: 'Messages by lane and outcome.',
    labelNames: ['lane', 'outcome'],
    registers,
  });
  const called = new Histogram({
    name: 'autodevops_bot_slack_call_seconds',
    help: 'Calls to Slack, by method and outcome.',
    labelNames: ['method', 'outcome'],
    buckets,
    registers,
  });
  const backlog = new Gauge({
    name: 'autodevops_bot_backlog',
    help: 'Messages that wait, by lane.',
    labelNames: ['lane'],
    registers,
  });
  const connections = new Gauge({
    name: 'autodevops_bot_socket_connections',
    help: 'Open Socket Mode connections, by app.',
    labelNames: ['app'],
    registers,
  });
  return {
    received: (outcome, kind) => received.inc({ outcome, kind }),
    handled: (handler, outcome, milliseconds) => handled.observe({ handler, outcome }, milliseconds / 1000),
    delivered: (lane, outcome) => delivered.inc({ lane, outcome }),
    called: (method, outcome, milliseconds) => called.observe({ method, outcome }, milliseconds / 1000),
    backlog: (lane, count) => backlog.set({ lane }, count),
    connections: (app, count) => connections.set({ app }, count),
    text: async () => await registry.metrics(),
  };
}
