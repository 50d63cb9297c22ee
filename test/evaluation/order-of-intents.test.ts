import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { AskContext } from '../../agent-core/src/ask/intent.ts';
import { intents } from '../../agent-core/src/ask/intents/registry.ts';
import { plainQuestion, scopeOf } from '../../agent-core/src/ask/question.ts';
import { readingsOf } from '../../agent-core/src/ask/understanding/fullest-reading.ts';
import { clusterCalled } from './asked-cluster.ts';

const Kept = z.array(z.object({ ask: z.string() }));

/** Every question that is kept, by the cluster that it is asked of. */
function keptQuestions(): ReadonlyMap<string, readonly string[]> {
  const folder = fileURLToPath(new URL('./', import.meta.url));
  const files = ['questions', 'measured-questions'].flatMap((part) =>
    readdirSync(`${folder}${part}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => `${part}/${name}`),
  );
  const kept = new Map<string, string[]>();
  for (const file of files.toSorted()) {
    const cluster = file.slice(file.lastIndexOf('/') + 1).replace('.yaml', '');
    const asked = Kept.parse(parse(readFileSync(`${folder}${file}`, 'utf8'))).map(({ ask }) => ask);
    kept.set(cluster, [...(kept.get(cluster) ?? []), ...asked]);
  }
  return kept;
}

/** What a question is answered: by the intents in some order. */
function answerOf(question: string, context: AskContext, among = intents): readonly string[] {
  const { text, namespace } = scopeOf(plainQuestion(question), context.snapshot);
  const [fullest] = readingsOf(text, { ...context, namespace }, { isHalf: false, among });
  return fullest === undefined ? [] : [question, fullest.reply.headline, ...(fullest.reply.lines ?? [])];
}

describe('the order of the intents', () => {
  it.each([...keptQuestions()])('changes no answer about %s', async (cluster, questions) => {
    const seen = await clusterCalled(cluster);
    const context: AskContext = { ...seen, namespace: undefined };
    // Two that understood as much stand as they came: turned round, they change places, as they could in any other order.
    const turned = intents.toReversed();
    expect(questions.map((question) => answerOf(question, context, turned))).toEqual(
      questions.map((question) => answerOf(question, context)),
    );
  });
});
