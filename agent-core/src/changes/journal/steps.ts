import type { Change, ChangeEvent, StepId } from '@autodevops/domain/change/change';
import type { Operation, Target } from '@autodevops/domain/change/operation';
import type { Plan } from '@autodevops/domain/change/plan';

export function sameStep(a: StepId, b: StepId): boolean {
  return a.direction === b.direction && a.action === b.action && a.operation === b.operation;
}

/** The operation that a step is; undefined when the plan has no such step. */
export function operationOf(plan: Plan, step: StepId): Operation | undefined {
  const action = plan.actions[step.action];
  return step.direction === 'forward' ? action?.operations[step.operation] : action?.undo.operations[step.operation];
}

/** Every step forwards, in the order of execution. */
export function forwardSteps(plan: Plan): readonly StepId[] {
  return plan.actions.flatMap(({ operations }, action) =>
    operations.map((_, operation) => ({ direction: 'forward' as const, action, operation })),
  );
}

/** The steps that take back what was begun: the last action first, each in the order that its undo names. */
export function backwardSteps({ plan, steps }: Pick<Change, 'plan' | 'steps'>): readonly StepId[] {
  const begun = new Set(
    steps
      .filter(({ step, outcome }) => step.direction === 'forward' && outcome !== 'not-done')
      .map(({ step }) => step.action),
  );
  return plan.actions
    .flatMap(({ undo }, action) =>
      begun.has(action)
        ? [undo.operations.map((_, operation) => ({ direction: 'back' as const, action, operation }))]
        : [],
    )
    .toReversed()
    .flat();
}

/** The first of the steps that is not done yet. */
export function firstToDo(order: readonly StepId[], steps: Change['steps']): StepId | undefined {
  return order.find((id) => !steps.some(({ step, outcome }) => sameStep(step, id) && outcome === 'done'));
}

export type IntendedStep = Extract<ChangeEvent, { type: 'step-intended' }>;

/** The step that was begun and has no end: at most one, the last that was intended. */
export function openStep(events: readonly ChangeEvent[]): IntendedStep | undefined {
  const last = events.findLast((event) => event.type === 'step-intended' || event.type === 'step-ended');
  return last?.type === 'step-intended' ? last : undefined;
}

/** How often a step was begun. */
export function timesIntended(events: readonly ChangeEvent[], step: StepId): number {
  return events.filter((event) => event.type === 'step-intended' && sameStep(event.step, step)).length;
}

/** The object that a step of this change made, when it is the one of that name. */
export function createdObject(
  events: readonly ChangeEvent[],
  name: Pick<Target, 'kind' | 'namespace' | 'name'>,
): Target | undefined {
  return events
    .flatMap((event) => (event.type === 'step-ended' && event.created !== undefined ? [event.created] : []))
    .findLast(
      (created) => created.kind === name.kind && created.namespace === name.namespace && created.name === name.name,
    );
}
