import { fileURLToPath } from 'node:url';
import type { Seen } from '../../agent-core/src/ask/ask.ts';
import { askAfter, namespaceAsked } from '../../agent-core/src/ask/recall/ask-after.ts';
import { diagnose } from '../../agent-core/src/jamie/diagnose.ts';
import { openBundle } from '../../packages/bundles/src/bundle-reader.ts';
import { Answer } from '../../packages/domain/src/answer.ts';
import type { Snapshot } from '../../packages/domain/src/snapshot.ts';

const sample = fileURLToPath(new URL('../../packages/cli/src/sample/cluster', import.meta.url));

/** A recorded case, or `sample`, as questions about it find it: read once, and diagnosed. */
export async function clusterCalled(name: string): Promise<Seen> {
  const path = name === 'sample' ? sample : fileURLToPath(new URL(`cases/${name}`, import.meta.url));
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

/** The answer to a question, on from the one asked before it where there is one. */
export function askedAfter(question: string, before: string | undefined, seen: Seen): Answer {
  if (before === undefined) return Answer.parse(askAfter(question, seen, undefined));
  const first = askAfter(before, seen, undefined);
  const { understood = '', intent, objects, causes } = first;
  return Answer.parse(
    askAfter(question, seen, {
      time: seen.diagnosis.observed.capturedAt,
      question: first.question,
      understood,
      namespace: namespaceAsked(first, seen),
      intent,
      objects,
      causes,
    }),
  );
}

/** What an answer says, in its words and its table, and in the causes that are shown below it. */
export function saidIn({ headline, lines, table, causes }: Answer): string {
  return [
    headline,
    ...lines,
    ...(table?.rows ?? []).map((row) => row.join(' ')),
    ...causes.map(({ cause }) => cause),
  ].join('\n');
}
