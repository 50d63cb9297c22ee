import type { StepId } from '@autodevops/domain/change/change';
import { noTracer } from '@autodevops/domain/ports/tracer';
import type { SpanFacts } from '@autodevops/domain/ports/tracer';
import { operationOf, sameStep } from '../journal/steps.ts';
import type { Run } from './run.ts';

/** Names alone: what is patched, and with what, is the audit log's to say. */
function factsOf({ recorded: { change } }: Run, step: StepId): SpanFacts {
  const request = change.plan.actions[step.action]?.request;
  const target =
    request === undefined
      ? {}
      : {
          'autodevops.action': request.action,
          'k8s.object.kind': request.target.kind,
          'k8s.namespace.name': request.target.namespace,
          'k8s.object.name': request.target.name,
        };
  return {
    'autodevops.change': change.id,
    'autodevops.step.action': step.action,
    'autodevops.step.operation': step.operation,
    'autodevops.step.direction': step.direction,
    'autodevops.step.verb': operationOf(change.plan, step)?.verb ?? '',
    ...target,
  };
}

/** Tells one step: how long it took, and what came of it. */
export async function tellStep(run: Run, step: StepId, work: () => Promise<void>): Promise<void> {
  await (run.desk.tracer ?? noTracer).span({ name: 'change step', facts: factsOf(run, step) }, async (span) => {
    await work();
    const ended = run.recorded.change.steps.findLast((one) => sameStep(one.step, step));
    if (ended?.outcome !== undefined) span.note({ 'autodevops.step.outcome': ended.outcome });
  });
}

/** Tells another stretch of a change's way. */
export async function tellStretch(
  run: Run,
  name: 'change begin' | 'change verify',
  work: () => Promise<void>,
): Promise<void> {
  await (run.desk.tracer ?? noTracer).span({ name, facts: { 'autodevops.change': run.id } }, async (span) => {
    await work();
    span.note({ 'autodevops.change.state': run.recorded.change.state });
  });
}
