import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Seen } from '../../agent-core/src/ask/ask.ts';
import { askAfter, namespaceAsked } from '../../agent-core/src/ask/recall/ask-after.ts';
import type { AskedBefore } from '../../agent-core/src/ask/recall/asked-before.ts';
import { diagnose } from '../../agent-core/src/jamie/diagnose.ts';
import { openBundle } from '../../packages/bundles/src/bundle-reader.ts';
import { Answer } from '../../packages/domain/src/answer.ts';
import type { Snapshot } from '../../packages/domain/src/snapshot.ts';

const folder = fileURLToPath(new URL('questions/', import.meta.url));
const clusters: Readonly<Record<string, string>> = {
  sample: fileURLToPath(new URL('../../packages/cli/src/sample/cluster', import.meta.url)),
};

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

async function seen(path: string): Promise<Seen> {
  const reader = await openBundle(path);
  let snapshot: Snapshot | undefined;
  try {
    const diagnosis = await diagnose(
      reader,
      {},
      { signal: AbortSignal.timeout(60_000), onSeen: (all) => (snapshot = all) },
    );
    if (snapshot === undefined) throw new Error('Nothing was read.');
    return { snapshot, diagnosis };
  } finally {
    await reader.close();
  }
}

function asBefore(answer: Answer, seen: Seen): AskedBefore {
  const { question, understood = '', intent, objects, causes } = answer;
  return {
    time: seen.diagnosis.observed.capturedAt,
    question,
    understood,
    namespace: namespaceAsked(answer, seen),
    intent,
    objects,
    causes,
  };
}

function whole({ headline, lines, table, suggestions }: Answer): string {
  return [headline, ...lines, ...(table?.rows ?? []).map((row) => row.join(' ')), ...suggestions].join('\n');
}

describe.each(
  readdirSync(folder)
    .toSorted()
    .map((file) => file.replace('.yaml', '')),
)('questions about %s', (name) => {
  let world: Seen;
  beforeAll(async () => {
    world = await seen(clusters[name] ?? fileURLToPath(new URL(`cases/${name}`, import.meta.url)));
  });

  const questions = Questions.parse(parse(readFileSync(`${folder}${name}.yaml`, 'utf8')));
  it.each(
    questions.map(
      (question) =>
        [question.after === undefined ? question.ask : `${question.after} … ${question.ask}`, question] as const,
    ),
  )('%s', (_, { ask, after, intent, outcome, says }) => {
    const before = after === undefined ? undefined : asBefore(askAfter(after, world, undefined), world);
    const answer = Answer.parse(askAfter(ask, world, before));
    expect({ intent: answer.intent, outcome: answer.outcome }, whole(answer)).toEqual({ intent, outcome });
    for (const words of says) expect(whole(answer)).toContain(words);
  });
});
