import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type {
  InboundEvent,
  KeptChannel,
  KeptInstallation,
  KeptMessage,
  Lane,
} from '@autodevops/domain/ports/bot-store';
import { isRecord } from '@autodevops/domain/raw-record';
import { parseJson, parseStored } from '../stored-json.ts';
import { fromStored } from '../stored-text.ts';

/** A row as either database gives it. */
export type BotRow = Readonly<Record<string, unknown>>;
type Data = Readonly<Record<string, unknown>>;

const Data = z.custom<Data>(isRecord);
const Lanes = z.enum(['interactive', 'stream', 'incident']);
const Uses = z.enum(['incidents', 'talk']);

function wrong(what: string): AutoDevOpsError {
  return new AutoDevOpsError('internal', `${what}; nothing was written.`, 'Report this, with what you did.');
}

/** Milliseconds since 1970 of an ISO 8601 time. Throws `internal`. */
export function instant(time: string): number {
  const at = Date.parse(time);
  if (!Number.isNaN(at)) return at;
  throw wrong('A time that is to be kept is not one');
}

export function moment(milliseconds: unknown): string {
  return new Date(Number(milliseconds)).toISOString();
}

/** Slack's name for a message that it has. Throws `internal` for none. */
export function requireTs(ts: string): string {
  if (ts !== '') return ts;
  throw wrong('A message that was delivered has no place');
}

/** Of a column that is compared, as `toStored` wrote it. */
export function named(row: BotRow, column: string): string {
  return fromStored(String(row[column]));
}

/** Of a column that may be of any length and is compared with nothing. */
export function longText(row: BotRow, column: string): string {
  return parseStored(z.string(), `The column ${column}`, String(row[column]));
}

export function data(what: string, text: unknown): Data {
  return parseStored(Data, what, String(text));
}

export function eventIn(row: BotRow): Omit<InboundEvent, 'payload'> {
  return {
    id: named(row, 'id'),
    handler: named(row, 'handler'),
    app: named(row, 'app'),
    team: named(row, 'team'),
    receivedAt: named(row, 'received_at'),
  };
}

export function laneIn(row: BotRow): Lane {
  return parseStored(Lanes, 'The lane of a message', JSON.stringify(row['lane']));
}

/** Without its content, which may be gone. */
export function messageIn(row: BotRow): Omit<KeptMessage, 'content'> {
  return {
    key: named(row, 'key'),
    customer: named(row, 'customer'),
    lane: laneIn(row),
    place: {
      app: named(row, 'app'),
      team: named(row, 'team'),
      channel: named(row, 'channel'),
      ...(row['parent'] === null ? {} : { parent: named(row, 'parent') }),
      ...(row['thread_ts'] === null ? {} : { threadTs: named(row, 'thread_ts') }),
    },
    digest: named(row, 'digest'),
    sequence: Number(row['sequence']),
    deliveredDigest: named(row, 'delivered_digest'),
    ts: named(row, 'ts'),
    attempts: Number(row['attempts']),
    isUncertain: Number(row['uncertain']) === 1,
    firstWantedAt: moment(row['first_wanted_at']),
  };
}

export function keptMessageIn(row: BotRow): KeptMessage {
  return {
    ...messageIn(row),
    content: row['content'] === null ? {} : data('The content of a message', row['content']),
  };
}

export function installationIn(row: BotRow): KeptInstallation {
  return {
    app: named(row, 'app'),
    team: named(row, 'team'),
    enterprise: named(row, 'enterprise'),
    customer: named(row, 'customer'),
    botUser: named(row, 'bot_user'),
    sealed: longText(row, 'sealed'),
    installedAt: named(row, 'installed_at'),
    version: Number(row['version']),
  };
}

export function channelIn(row: BotRow): KeptChannel {
  return {
    app: named(row, 'app'),
    team: named(row, 'team'),
    channel: named(row, 'channel'),
    customer: named(row, 'customer'),
    use: parseStored(Uses, 'The use of a channel', JSON.stringify(row['purpose'])),
    isSuspended: Number(row['suspended']) === 1,
    why: longText(row, 'why'),
  };
}

export function noteIn(name: string, row: BotRow): unknown {
  return parseJson(`The note ${name}`, String(row['value']));
}
