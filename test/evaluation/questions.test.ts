import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Seen } from '../../agent-core/src/ask/ask.ts';
import { Answer } from '../../packages/domain/src/answer.ts';
import { askedAfter, clusterCalled, saidIn } from './asked-cluster.ts';

const folder = fileURLToPath(new URL('questions/', import.meta.url));

/** A question as people type it, the rule that is to answer it, and what the answer must say in its words or its table. */
const Questions = z.array(
  z.strictObject({
    ask: z.string(),
    after: z.string().optional(),
    intent: z.string(),
    outcome: Answer.shape.outcome.default('answered'),
    says: z.array(z.string()).min(1),
  }),
);

describe.each(
  readdirSync(folder)
    .toSorted()
    .map((file) => file.replace('.yaml', '')),
)('questions about %s', (name) => {
  let world: Seen;
  beforeAll(async () => {
    world = await clusterCalled(name);
  });

  const questions = Questions.parse(parse(readFileSync(`${folder}${name}.yaml`, 'utf8')));
  it.each(
    questions.map(
      (question) =>
        [question.after === undefined ? question.ask : `${question.after} … ${question.ask}`, question] as const,
    ),
  )('%s', (_, { ask, after, intent, outcome, says }) => {
    const answer = askedAfter(ask, after, world);
    const text = [saidIn(answer), ...answer.suggestions].join('\n');
    expect({ intent: answer.intent, outcome: answer.outcome }, text).toEqual({ intent, outcome });
    for (const words of says) expect(text).toContain(words);
  });
});
