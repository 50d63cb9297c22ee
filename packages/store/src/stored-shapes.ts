import { z } from 'zod';

const Data = z.record(z.string(), z.unknown());

/** An event of the outbox as it is kept: without its cursor, which is a column. */
export const OutboxText = z.strictObject({ time: z.string(), topic: z.string(), subject: z.string(), data: Data });
export type OutboxText = Readonly<z.infer<typeof OutboxText>>;

export const MemoryEntry = z.strictObject({
  id: z.string(),
  kind: z.enum(['conversation', 'lesson', 'runbook', 'note']),
  thread: z.string(),
  time: z.string(),
  text: z.string(),
  data: Data,
});
export type MemoryEntry = Readonly<z.infer<typeof MemoryEntry>>;
