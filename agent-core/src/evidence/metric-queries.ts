import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { questionsFor } from './metric-questions.ts';
import type { MetricQuestion } from './metric-questions.ts';
import { labelsFor } from './metric-scope.ts';

/** A question about one object, in every way that it may be asked. */
export interface MetricQuery {
  readonly question: MetricQuestion;
  readonly ways: readonly { readonly metric: string; readonly exporter: string; readonly text: string }[];
}

/** What to ask about a cause: the same for the same cause, so that the series of an answer are known by their query. */
export function queriesFor(snapshot: Snapshot, code: string, object: ObjectRef): readonly MetricQuery[] {
  return questionsFor(code).flatMap((question) => {
    const labels = labelsFor(question.scope, snapshot, object);
    return labels === undefined ? [] : [{ question, ways: question.choices.map(({ metric, exporter, query }) => ({ metric, exporter, text: query(labels) })) }];
  });
}
