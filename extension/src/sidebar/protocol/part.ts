import * as z from 'zod';
import { Line, LinkId } from './span.ts';

/** Of an answer: unique in its turn. A part with the id of another takes its place. */
export const PartId = z.string().regex(/^[a-z0-9-]{1,60}$/);

const Lines = z.array(Line);
const part = { id: PartId };

/** One cause as the page shows it; all text is plain and printable. */
export const CauseView = z.object({
  severity: z.enum(['critical', 'warning', 'info']),
  severityWord: z.string(),
  headline: Line,
  about: Line,
  facts: z.array(z.string()),
  evidence: z.array(z.object({ quote: z.string(), source: Line })),
  symptoms: Line.describe('the first of them'),
  symptomsLeft: z.int().min(0),
  steps: Lines,
  avoid: Lines,
  fix: LinkId.optional().describe('shows what Scarlet could do about it'),
});
export type CauseView = z.infer<typeof CauseView>;

export const cardButtons = ['apply', 'ask', 'git', 'difference', 'undo', 'details', 'unlock'] as const;
export const CardButton = z.enum(cardButtons);
export type CardButton = z.infer<typeof CardButton>;

/** How a change stands, for the eye: the words say it too. */
export const CardTone = z.enum(['offered', 'waiting', 'running', 'good', 'bad', 'quiet']);
export type CardTone = z.infer<typeof CardTone>;

/** A proposal and, once it was proposed, the change that it became. */
export const CardView = z.object({
  title: Line,
  titles: z
    .object({ card: z.string(), difference: z.string(), reach: z.string(), rules: z.string() })
    .describe('of its parts, by whether what they tell is ahead or behind'),
  tone: CardTone,
  standing: z.string().describe('one sentence about where it stands'),
  steps: z.array(z.string()).describe('the states that lie behind and before it, the present one marked by `at`'),
  at: z.int().min(-1),
  difference: z.array(z.object({ path: z.string(), before: z.string(), after: z.string() })),
  differenceLeft: z.int().min(0),
  reach: z.array(z.string()),
  decision: z.string(),
  rules: z.array(z.string()),
  buttons: z.array(z.object({ button: CardButton, text: z.string(), primary: z.boolean() })),
});
export type CardView = z.infer<typeof CardView>;

/** A part of an answer. The page has a renderer for each kind; one without does not compile. */
export const Part = z.discriminatedUnion('kind', [
  z.object({
    ...part,
    kind: z.literal('says'),
    tone: z.enum(['headline', 'plain', 'quiet', 'warning', 'failure']),
    lines: Lines,
  }),
  z.object({
    ...part,
    kind: z.literal('progress'),
    text: z.string(),
    done: z.int().min(0),
    total: z.int().min(0).describe('0: not known'),
  }),
  z.object({
    ...part,
    kind: z.literal('causes'),
    title: z.string(),
    causes: z.array(CauseView),
    left: z.int().min(0).describe('how many more there are'),
  }),
  z.object({ ...part, kind: z.literal('facts'), title: z.string(), lines: Lines, open: z.boolean() }),
  z.object({
    ...part,
    kind: z.literal('table'),
    title: z.string(),
    columns: z.array(z.string()),
    rows: z.array(Lines),
    left: z.int().min(0),
  }),
  z.object({ ...part, kind: z.literal('text'), title: z.string(), text: z.string(), links: Line }),
  z.object({ ...part, kind: z.literal('card'), card: CardView }),
  z.object({ ...part, kind: z.literal('choices'), title: z.string(), choices: Line }),
]);
export type Part = z.infer<typeof Part>;
export type PartKind = Part['kind'];
