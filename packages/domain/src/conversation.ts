import { z } from 'zod';
import { Answer } from './answer.ts';
import { ObjectRef } from './object-ref-contract.ts';

/** Bounds of what is remembered of one turn, in characters and in entries; longer texts are cut before they come here. */
export const turnBounds = { question: 2000, text: 1000, lines: 50, objects: 50, causes: 20, title: 120 } as const;
/** Of a conversation the newest so many turns are kept, and of a person the newest so many conversations. */
export const keptTurns = 200;
export const keptConversations = 200;

/** What an answer rested on, short enough to be told again: a later question may mean it. */
export const RememberedCause = z.strictObject({
  code: z.string(),
  title: z.string(),
  object: ObjectRef,
  cause: z.string().max(turnBounds.text).describe('one sentence'),
});
export type RememberedCause = Readonly<z.infer<typeof RememberedCause>>;

/** One question with what its answer said. All text is redacted before it comes here. */
export const Turn = z.strictObject({
  number: z.int().min(1).describe('rises within the conversation'),
  time: z.string(),
  question: z.string().max(turnBounds.question),
  understood: z
    .string()
    .max(turnBounds.question)
    .describe('the question as it was taken, where it meant something of an earlier turn; empty otherwise'),
  namespace: z.string().describe('that the question was narrowed to; empty for all'),
  intent: z.string().describe('the rule that answered; empty when none did'),
  outcome: Answer.shape.outcome,
  headline: z.string().max(turnBounds.text),
  lines: z.array(z.string().max(turnBounds.text)).max(turnBounds.lines),
  objects: z.array(ObjectRef).max(turnBounds.objects),
  causes: z.array(RememberedCause).max(turnBounds.causes),
  digest: z.string().describe('SHA-256 of the whole answer: the same for the same answer'),
});
export type Turn = Readonly<z.infer<typeof Turn>>;

/** A conversation as lists show it. `id` is `cnv-` and letters or digits. Times are ISO 8601 in UTC. */
export const Conversation = z.strictObject({
  id: z.string(),
  workspace: z.string().describe('where it was begun, as the surface names it; empty where it has none'),
  title: z.string().max(turnBounds.title),
  begunAt: z.string(),
  updatedAt: z.string().describe('of its last turn'),
  turns: z.int().min(0).describe('the number of its last turn'),
});
export type Conversation = Readonly<z.infer<typeof Conversation>>;
