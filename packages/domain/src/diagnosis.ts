import { z } from 'zod';
import { ObjectRef } from './object-ref-contract.ts';
import { ToldParts } from './remedy/remedy-step.ts';

/**
 * The contract of an answer: what `--output json` prints and what every surface renders. Version 1 is stable: fields
 * are added, never renamed or removed. Times are ISO 8601 in UTC, empty when not known.
 */
export const Severity = z.enum(['critical', 'warning', 'info']);
export type Severity = z.infer<typeof Severity>;

/** How sure the rule is that this is the cause. */
export const Confidence = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof Confidence>;

/** What was measured over some time: a few lines of a few points. */
export const Drawing = z.object({
  lines: z
    .array(
      z.object({
        name: z.string().describe('what tells it from the others: a pod, a container; empty for a single one'),
        points: z.array(z.tuple([z.number().describe('milliseconds since 1970'), z.number()])).max(20),
      }),
    )
    .max(12),
});
export type Drawing = z.infer<typeof Drawing>;

/** A quotation, with its source, object and time. */
export const Evidence = z.object({
  source: z.enum(['event', 'status', 'spec', 'log', 'metric', 'alert']),
  object: ObjectRef.describe('the object that the quotation is from'),
  quote: z.string().describe('verbatim, except that secrets are masked and long texts are cut at an ellipsis'),
  time: z.string().describe('when it was said; empty for what has no time'),
  path: z.string().optional().describe('field path, log name or metric query'),
  link: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('where people see it, by their browser'),
  drawing: Drawing.optional().describe('of a metric: what can be drawn of it'),
});
export type Evidence = z.infer<typeof Evidence>;

/** An action that would help, as typed values: what Scarlet can plan. */
export const ProposedChange = z.object({
  action: z.string().describe('an action of the catalogue, `rollout-undo`, or `manual` when only a person can do it'),
  target: ObjectRef,
  params: z.record(z.string(), z.json()),
  risk: z.enum(['low', 'medium', 'high']),
  asks: z
    .array(z.string())
    .optional()
    .describe('parameters that only a person can give, and without which it cannot be done'),
});
export type ProposedChange = z.infer<typeof ProposedChange>;

/** A finding that a cause explains. */
export const Symptom = z.object({ code: z.string(), object: ObjectRef });
export type Symptom = z.infer<typeof Symptom>;

/** A finding that nothing else explains, with the symptoms that it explains. */
export const Cause = z.object({
  rank: z.int().min(1),
  code: z.string(),
  title: z.string(),
  severity: Severity,
  confidence: Confidence,
  object: ObjectRef,
  cause: z.string().describe('one sentence'),
  since: z.string().describe('when it began'),
  began: z.string().describe('the change that it began with, one sentence; empty when none is known'),
  beganAt: z.string().optional().describe('when that change was made'),
  impact: z.string().describe('who notices, one sentence; empty when nothing is known'),
  evidence: z.array(Evidence),
  symptoms: z.array(Symptom),
  nextSteps: z.array(z.string()),
  avoid: z.array(z.string()),
  changes: z.array(ProposedChange),
});
export type Cause = z.infer<typeof Cause>;

/** What could not be seen, why, and what would show it. */
export const BlindSpot = z.object({
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
  remedyParts: ToldParts,
});
export type BlindSpot = z.infer<typeof BlindSpot>;

/** A known cause that is not reported until a day. */
export const SuppressedCause = Cause.extend({
  suppression: z.object({ owner: z.string(), reason: z.string(), expires: z.string() }),
});

/** *Inconclusive*: nothing wrong was seen, and not everything could be. */
export const Verdict = z.enum(['healthy', 'problem', 'inconclusive']);
export type Verdict = z.infer<typeof Verdict>;

/** Something that changed, and how it is known. */
export const TimelineEntry = z.object({
  time: z.string(),
  object: ObjectRef,
  what: z.string().describe('one sentence: image 1.4 → 1.5 in container web (revision 7)'),
  source: z.enum(['revision', 'manager', 'event', 'creation', 'deletion']),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** Jamie's answer about a cluster, or a part of it: the contract of `--output json` and of every surface. */
export const Diagnosis = z.object({
  schemaVersion: z.literal(1),
  verdict: Verdict,
  summary: z.string().describe('one sentence'),
  observed: z.object({
    cluster: z.string(),
    capturedAt: z.string(),
    source: z.string().describe('the context, or the path of the bundle'),
    serverVersion: z.string(),
    namespaces: z.array(z.string()).describe('empty when every namespace was looked at'),
    objects: z.record(z.string(), z.int()).describe('how many of each kind'),
    logs: z.int().describe('how many container logs were read'),
    milliseconds: z.number(),
  }),
  blindSpots: z.array(BlindSpot),
  causes: z.array(Cause),
  information: z.array(Cause),
  suppressed: z.array(SuppressedCause),
});
export type Diagnosis = z.infer<typeof Diagnosis>;
