import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { metricQuestions, questionsFor } from './metric-questions.ts';
import type { MetricQuestion, MetricScope } from './questions/metric-question.ts';
import { labelsFor } from './metric-scope.ts';

/** A question about one object, in every way that it may be asked. */
export interface MetricQuery {
  readonly question: MetricQuestion;
  readonly ways: readonly { readonly metric: string; readonly exporter: string; readonly text: string }[];
}

/** Asked whether or not anything calls for it: that nobody exports it is no news. */
export type StandingQuery = MetricQuery & { readonly standing: true };

/** What is asked of everything that these labels select: each way by itself, as programs export what they like. */
export function standingQueries(labelsOf: (scope: MetricScope) => string | undefined): readonly StandingQuery[] {
  return metricQuestions
    .filter(({ standing }) => standing === true)
    .flatMap((question) => {
      const labels = labelsOf(question.scope);
      if (labels === undefined) return [];
      return question.choices.map(({ metric, exporter, query }) => ({
        question,
        ways: [{ metric, exporter, text: query(labels) }],
        standing: true as const,
      }));
    });
}

/** What to ask about a cause: the same for the same cause, so that the series of an answer are known by their query. */
export function queriesFor(snapshot: Snapshot, code: string, object: ObjectRef): readonly MetricQuery[] {
  return questionsFor(code).flatMap((question) => {
    const labels = labelsFor(question.scope, snapshot, object);
    return labels === undefined
      ? []
      : [
          {
            question,
            ways: question.choices.map(({ metric, exporter, query }) => ({ metric, exporter, text: query(labels) })),
          },
        ];
  });
}
