import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { Verdict } from '../../packages/domain/src/diagnosis.ts';
import type { Cause, Diagnosis } from '../../packages/domain/src/diagnosis.ts';
import { refKey } from '../../packages/domain/src/object-ref.ts';

const codes = z.array(z.string().min(1)).min(1);

/**
 * What a person who knows the cluster would say: `expected.yaml` beside a recorded case. Codes are prefixes. A word that is
 * none of these is refused: an expectation that is misspelt would be met by every answer.
 */
export const Expected = z.strictObject({
  /** Where somebody told of it in public; its statuses, events and logs are from there. */
  source: z.url().optional(),
  verdict: Verdict,
  /** The cause at rank 1: one of these codes, at one of these objects, with this in its sentence. */
  first: z
    .strictObject({
      codes,
      object: z.string().optional(),
      objects: z.array(z.string()).min(1).optional(),
      says: z.string().min(1).optional(),
    })
    .optional(),
  /** What the report names as the reason and the first cause does not say yet: words that it would hold. */
  notYet: z.string().min(1).optional(),
  /** Codes that must be among the causes, at any rank. */
  present: codes.optional(),
  /** Codes that must not be among the causes: consequences, and what is not so. As symptoms they are welcome. */
  never: codes.optional(),
  mostCauses: z.int().min(1).optional(),
  /** Objects that the first cause must explain. */
  symptoms: z.array(z.string()).min(1).optional(),
  leastSymptoms: z.int().min(1).optional(),
  /** An action that the first cause must propose. */
  change: z.string().min(1).optional(),
  blindSpots: z.literal(true).optional(),
  /** Logs that the runner makes absurd: one line of a megabyte before what they hold. */
  endlessLine: z.array(z.string()).min(1).optional(),
});
export type Expected = Readonly<z.infer<typeof Expected>>;

export function readExpected(path: string): Expected {
  return Expected.parse(parse(readFileSync(path, 'utf8')));
}

function starts(code: string, prefixes: readonly string[] = []): boolean {
  return prefixes.some((prefix) => code.startsWith(prefix));
}

export function causeText(cause: Cause): string {
  return `${cause.code} ${refKey(cause.object)}`;
}

function objectsHit(first: NonNullable<Expected['first']>, cause: Cause): boolean {
  const objects = [...(first.objects ?? []), ...(first.object === undefined ? [] : [first.object])];
  return objects.length === 0 || objects.includes(refKey(cause.object));
}

function judgeFirst(expected: Expected, cause: Cause | undefined): string[] {
  const { first, notYet, symptoms = [], leastSymptoms = 0, change } = expected;
  if (first === undefined) return [];
  if (cause === undefined) return [`nothing was found; ${first.codes.join(' or ')} was expected`];
  const wrong: string[] = [];
  if (!starts(cause.code, first.codes)) wrong.push(`rank 1 is ${causeText(cause)}, not ${first.codes.join(' or ')}`);
  else if (!objectsHit(first, cause)) wrong.push(`rank 1 ${cause.code} is at ${refKey(cause.object)}`);
  if (first.says !== undefined && !cause.cause.includes(first.says)) {
    wrong.push(`rank 1 does not say "${first.says}": ${cause.cause}`);
  }
  if (notYet !== undefined && cause.cause.includes(notYet)) {
    wrong.push(`rank 1 says "${notYet}", which is expected to be missing: make it what \`first\` says`);
  }
  const told = new Set(cause.symptoms.map((s) => refKey(s.object)));
  for (const object of symptoms) if (!told.has(object)) wrong.push(`rank 1 does not explain ${object}`);
  if (cause.symptoms.length < leastSymptoms) {
    wrong.push(`rank 1 explains ${cause.symptoms.length}, not ${leastSymptoms} symptoms`);
  }
  if (change !== undefined && !cause.changes.some((c) => c.action === change)) {
    wrong.push(`rank 1 does not propose ${change}`);
  }
  return wrong;
}

/** Everything in which the answer differs from what was expected, as sentences; empty when it is right. */
export function judge(expected: Expected, diagnosis: Diagnosis): string[] {
  const { causes } = diagnosis;
  const wrong: string[] = [];
  if (diagnosis.verdict !== expected.verdict) {
    wrong.push(`the verdict is ${diagnosis.verdict}, not ${expected.verdict}`);
  }
  wrong.push(...judgeFirst(expected, causes[0]));
  for (const cause of causes) {
    if (starts(cause.code, expected.never)) wrong.push(`${causeText(cause)} must not be a cause: ${cause.cause}`);
    else if (expected.verdict !== 'problem') wrong.push(`false alarm: ${causeText(cause)}: ${cause.cause}`);
  }
  for (const prefix of expected.present ?? []) {
    if (!causes.some((c) => c.code.startsWith(prefix))) wrong.push(`${prefix} is missing`);
  }
  if (causes.length > (expected.mostCauses ?? Number.POSITIVE_INFINITY)) {
    wrong.push(`${causes.length} causes: ${causes.map(causeText).join(', ')}`);
  }
  if (expected.blindSpots === true && diagnosis.blindSpots.length === 0) wrong.push('no blind spot is named');
  return wrong;
}
