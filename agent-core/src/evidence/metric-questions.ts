import type { MetricQuestion } from './questions/metric-question.ts';
import { ofCallers } from './questions/of-callers.ts';
import { ofContainers } from './questions/of-containers.ts';
import { ofNodes } from './questions/of-nodes.ts';
import { ofRequests } from './questions/of-requests.ts';
import { ofRuntimes } from './questions/of-runtimes.ts';
import { ofStores } from './questions/of-stores.ts';
import { ofTheCluster } from './questions/of-the-cluster.ts';
import { ofVolumes } from './questions/of-volumes.ts';

/** Everything that metrics are asked; adding a line to one of these is all that a new question takes. */
export const metricQuestions: readonly MetricQuestion[] = [
  ...ofRequests,
  ...ofCallers,
  ...ofContainers,
  ...ofRuntimes,
  ...ofStores,
  ...ofVolumes,
  ...ofNodes,
  ...ofTheCluster,
];

/** Questions that a cause with this code calls for. */
export function questionsFor(code: string): readonly MetricQuestion[] {
  return metricQuestions.filter(({ codes }) =>
    codes.some((one) => (one.endsWith('.') ? code.startsWith(one) : code === one)),
  );
}
