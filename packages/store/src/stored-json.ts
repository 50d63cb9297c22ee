import type { z } from 'zod';
import { AuditCheckpoint, AuditEntry } from '@autodevops/domain/change/audit-event';
import { Person } from '@autodevops/domain/change/person';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { MemoryEntry, OutboxText } from './stored-shapes.ts';

function damaged(what: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.corrupt',
    `${what} in the store is not what was written there.`,
    remedy`Restore the newest backup: ${{ do: 'restore-store' }}.`,
  );
}

/** JSON from a row. What is in a database is believed as little as what comes from anywhere else. */
export function parseStored<T>(shape: z.ZodType<T>, what: string, text: string): T {
  const parsed = shape.safeParse(parseJson(what, text));
  if (parsed.success) return parsed.data;
  throw damaged(what);
}

/** What is to be kept. What could not be read again is refused. */
export function requireShape<T>(shape: z.ZodType<T>, what: string, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AutoDevOpsError(
    'internal',
    `${what} does not have the shape that it is kept in; nothing was written.`,
    'Report this, with what you did.',
    { cause: parsed.error },
  );
}

export function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(what);
  }
}

export const parseEntry = (sequence: number, text: string): AuditEntry =>
  parseStored(AuditEntry, `Row ${sequence} of the audit`, text);
export const parseCheckpoint = (text: string): AuditCheckpoint =>
  parseStored(AuditCheckpoint, 'A checkpoint of the audit', text);
export const parsePerson = (text: string): Person => parseStored(Person, 'A person', text);
export const parseMemory = (text: string): MemoryEntry => parseStored(MemoryEntry, 'A memory', text);
export const parseOutbox = (cursor: number, text: string): OutboxText =>
  parseStored(OutboxText, `Event ${cursor} of the outbox`, text);
