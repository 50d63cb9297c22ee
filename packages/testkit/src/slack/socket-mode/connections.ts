import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { SlackClock } from '../clock/slack-clock.ts';
import { acknowledgementMilliseconds } from '../delivering/delivery.ts';
import type { Delivery, DeliveryKind, Outcome, Retry } from '../delivering/delivery.ts';
import type { SlackApp } from '../state/apps.ts';

/** An app may have this many at a time. https://docs.slack.dev/apis/events-api/using-socket-mode */
const mostConnections = 10;

const envelopeTypes: Readonly<Record<DeliveryKind, string>> = {
  event: 'events_api',
  command: 'slash_commands',
  interaction: 'interactive',
  options: 'interactive',
};

/** WebSockets of Socket Mode. What is sent goes to one of an app's connections; if that dies unacknowledged, to another. */
export interface Connections {
  /** The secret part of an address that one connection may be made with. */
  readonly ticket: (app: SlackApp) => string;
  /** Takes a connection in; false: its ticket is not good. */
  readonly accept: (ticket: string, socket: WebSocket) => boolean;
  readonly send: (delivery: Delivery, retry?: Retry) => Promise<Outcome>;
  readonly count: (app: SlackApp) => number;
  /** Tells connections to go, as Slack does when it moves them, or cuts them without a word. */
  readonly disconnect: (app: SlackApp, how: 'refresh_requested' | 'warning' | 'link_disabled' | 'cut') => void;
  /** What is still unacknowledged has failed. */
  readonly close: () => void;
}

interface Connection {
  readonly app: SlackApp;
  readonly socket: WebSocket;
  isLeaving: boolean;
}

interface Pending {
  readonly delivery: Delivery;
  readonly retry: Retry | undefined;
  readonly settle: (outcome: Outcome) => void;
  connection: Connection | undefined;
}

export function connections(clock: SlackClock, secret: () => string): Connections {
  const tickets = new Map<string, SlackApp>();
  const open: Connection[] = [];
  const pending = new Map<string, Pending>();
  let turn = 0;

  const usable = (app: SlackApp): readonly Connection[] => open.filter((one) => one.app === app && !one.isLeaving);
  const pass = (id: string, envelope: Pending): void => {
    const candidates = usable(envelope.delivery.app);
    envelope.connection = candidates[turn++ % Math.max(1, candidates.length)];
    envelope.connection?.socket.send(JSON.stringify(describeEnvelope(id, envelope)));
  };
  const left = (gone: Connection): void => {
    const index = open.indexOf(gone);
    if (index !== -1) open.splice(index, 1);
    for (const [id, envelope] of pending) if (envelope.connection === gone) pass(id, envelope);
  };
  const arrived = (connection: Connection): void => {
    for (const [id, envelope] of pending) {
      if (envelope.connection === undefined && envelope.delivery.app === connection.app) pass(id, envelope);
    }
  };
  const acknowledged = (text: string): void => {
    const { id, payload } = readAcknowledgement(text);
    pending.get(id)?.settle({ isAcknowledged: true, status: 200, answer: payload });
  };

  return {
    ticket: (app) => {
      const ticket = secret();
      tickets.set(ticket, app);
      return ticket;
    },
    accept: (ticket, socket) => {
      const app = tickets.get(ticket);
      tickets.delete(ticket);
      if (app === undefined) return false;
      if (usable(app).length >= mostConnections) {
        socket.send(
          JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: { host: 'stand-in' } }),
        );
        socket.close();
        return true;
      }
      const connection = { app, socket, isLeaving: false };
      open.push(connection);
      socket.on('message', (data) => acknowledged((data as Buffer).toString('utf8')));
      socket.on('close', () => left(connection));
      socket.on('error', () => socket.terminate());
      const hello = {
        type: 'hello',
        num_connections: usable(app).length,
        debug_info: { host: 'stand-in', approximate_connection_time: 18_060 },
        connection_info: { app_id: app.id },
      };
      socket.send(JSON.stringify(hello));
      arrived(connection);
      return true;
    },
    send: (delivery, retry) =>
      new Promise((resolve) => {
        const id = randomUUID();
        const settle = (outcome: Outcome): void => {
          cancel();
          pending.delete(id);
          resolve(outcome);
        };
        const cancel = clock.after(acknowledgementMilliseconds, () =>
          settle({ isAcknowledged: false, status: 0, reason: 'http_timeout', mayRetry: true }),
        );
        const envelope = { delivery, retry, settle, connection: undefined };
        pending.set(id, envelope);
        pass(id, envelope);
      }),
    count: (app) => usable(app).length,
    disconnect: (app, how) => {
      for (const connection of usable(app)) {
        if (how === 'cut') connection.socket.terminate();
        else {
          connection.socket.send(JSON.stringify({ type: 'disconnect', reason: how, debug_info: { host: 'stand-in' } }));
        }
        if (how !== 'warning') connection.isLeaving = true;
      }
    },
    close: () => {
      for (const { settle } of pending.values()) {
        settle({ isAcknowledged: false, status: 0, reason: 'connection_failed', mayRetry: false });
      }
    },
  };
}

function describeEnvelope(id: string, { delivery, retry }: Pending): Record<string, unknown> {
  return {
    envelope_id: id,
    type: envelopeTypes[delivery.kind],
    payload: delivery.payload,
    accepts_response_payload: delivery.kind !== 'event',
    ...(delivery.kind === 'event' ? { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? '' } : {}),
  };
}

function readAcknowledgement(text: string): { readonly id: string; readonly payload: unknown } {
  try {
    const { envelope_id: id, payload } = JSON.parse(text) as {
      readonly envelope_id?: unknown;
      readonly payload?: unknown;
    };
    const isEmpty = typeof payload === 'object' && payload !== null && Object.keys(payload).length === 0;
    return { id: String(id), payload: isEmpty ? undefined : payload };
  } catch {
    return { id: '', payload: undefined };
  }
}
