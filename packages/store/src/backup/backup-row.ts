import { z } from 'zod';
import { AuditCheckpoint, AuditRow } from '@autodevops/domain/change/audit-event';
import { Person } from '@autodevops/domain/change/person';
import { KeptConversation } from '../conversation/kept-conversation.ts';
import { MemoryEntry, OutboxText } from '../stored-shapes.ts';

const JournalKindName = z.enum(['changes', 'incidents']);

/**
 * A row of a backup: everything that a store remembers, in a form that is the same whichever database it came from.
 * What can be computed from it (search words, whether a journal is open) is not in it.
 */
export const BackupRow = z.union([
  z.strictObject({
    journal: z.strictObject({ kind: JournalKindName, id: z.string(), events: z.array(z.unknown()).min(1) }),
  }),
  z.strictObject({ audit: AuditRow }),
  z.strictObject({ checkpoint: AuditCheckpoint }),
  z.strictObject({ outbox: OutboxText.extend({ cursor: z.int().min(1) }) }),
  z.strictObject({ lease: z.strictObject({ name: z.string(), fence: z.int().min(1) }) }),
  z.strictObject({ person: Person }),
  z.strictObject({ setting: z.strictObject({ name: z.string(), value: z.unknown() }) }),
  z.strictObject({ memory: MemoryEntry }),
  z.strictObject({ conversation: KeptConversation }),
]);
export type BackupRow = z.infer<typeof BackupRow>;

/**
 * Gives every row of one moment to `put`, in an order that depends on nothing but what is remembered: journals as they
 * began, audit, checkpoints, outbox, leases, people, settings, memory as it came, conversations as they were begun.
 */
export type ReadRows = (put: (row: BackupRow) => Promise<void>) => Promise<void>;
