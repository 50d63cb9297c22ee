import type { StepId, StepOutcome } from '@autodevops/domain/change/change';
import { isOutside } from '@autodevops/domain/change/operation';
import type { Operation, Target } from '@autodevops/domain/change/operation';
import { operationText } from '../journal/audit-of-event.ts';
import { objectNameOf } from '../facts/touch.ts';
import { openStep, operationOf, sameStep, timesIntended } from '../journal/steps.ts';
import type { IntendedStep } from '../journal/steps.ts';
import { timeOf } from '../surroundings.ts';
import { maskedText, withheldValues } from '../withheld/masked-text.ts';
import { revealed } from '../withheld/revealed.ts';
import { giveUp } from './giving-up.ts';
import { readinessOf } from './readiness.ts';
import type { Readiness } from './readiness.ts';
import { clusterOf, readAgain, record, recordFact } from './run.ts';
import type { Run } from './run.ts';
import { lookFor, send } from './sending.ts';
import type { Sent } from './sending.ts';

/** An object that changes under every one of so many tries is not ours to fight for. */
const mostTries = 8;

interface Ended {
  readonly outcome: StepOutcome;
  readonly says: string;
  readonly recovered?: boolean;
  readonly created?: Target;
}

async function end(run: Run, step: StepId, { outcome, says, recovered = false, created }: Ended): Promise<void> {
  await recordFact(run, {
    type: 'step-ended',
    time: timeOf(run.desk.clock),
    step,
    outcome,
    recovered,
    says,
    ...(created === undefined ? {} : { created }),
  });
}

/** With the values that are not recorded. */
async function reveal(
  run: Run,
  operation: Operation,
): Promise<{ readonly operation: Operation } | { readonly says: string }> {
  if (isOutside(operation)) return { operation };
  return await revealed(
    operation,
    async (name, bounded) => await clusterOf(run).get(name, bounded),
    run.watchman.signal,
  );
}

/** Finds out what became of a step that was begun and has no end, by looking at the cluster. */
export async function settleOpenStep(run: Run, open: IntendedStep): Promise<void> {
  const operation = operationOf(run.recorded.change.plan, open.step);
  if (operation === undefined) return;
  const whole = await reveal(run, operation);
  const found =
    'says' in whole
      ? { outcome: 'unknown' as const, says: whole.says }
      : await lookFor(run, open.step, whole.operation, open.target);
  await end(run, open.step, { ...found, says: `After a restart: ${found.says}`, recovered: true });
}

/** A first try that lies ahead was written before the clock was set back. */
function deadlineOf({ recorded: { change, events }, desk: { clock } }: Run, step: StepId): number {
  const now = clock.now();
  const first = Date.parse(
    events.find((event) => event.type === 'step-intended' && sameStep(event.step, step))?.time ?? '',
  );
  const patience = change.plan.actions[step.action]?.patience ?? 0;
  return (first <= now ? first : now) + patience * 1000;
}

/** Waits for what is in the way. False when a person decided otherwise meanwhile. */
async function waited(run: Run, step: StepId): Promise<boolean> {
  await run.desk.clock.wait(run.desk.pace.again, run.watchman.signal);
  await run.watchman.check();
  await readAgain(run);
  const { change, events } = run.recorded;
  const open = openStep(events);
  return (
    open !== undefined && sameStep(open.step, step) && (change.state === 'executing') === (step.direction === 'forward')
  );
}

/** Sends, and keeps out of what is said about it what is not recorded. */
async function sendMasked(run: Run, step: StepId, operation: Operation, target: Target | undefined): Promise<Sent> {
  const sent = await send(run, step, operation, target);
  if (sent.kind === 'done' || isOutside(operation)) return sent;
  return {
    ...sent,
    says: maskedText(sent.says, withheldValues(operationOf(run.recorded.change.plan, step), operation)),
  };
}

type Tried =
  | { readonly kind: 'over' }
  | { readonly kind: 'later'; readonly says: string }
  | { readonly kind: 'failed'; readonly says: string };

/** Sends once and records what came of it; where that is not clear it looks, and never assumes. */
async function tryOnce(run: Run, step: StepId, operation: Operation, target: Target | undefined): Promise<Tried> {
  const sent = await sendMasked(run, step, operation, target);
  switch (sent.kind) {
    case 'done':
      await end(run, step, {
        outcome: 'done',
        says: `${operationText(operation)}: done.`,
        ...(sent.created === undefined ? {} : { created: sent.created }),
      });
      return { kind: 'over' };
    case 'moved':
      await end(run, step, { outcome: 'not-done', says: sent.says });
      return { kind: 'over' };
    case 'refused':
      return { kind: 'failed', says: sent.says };
    case 'later':
      return sent;
    case 'unclear': {
      const found = await lookFor(run, step, operation, target);
      if (found.outcome === 'not-done') return { kind: sent.mayPass ? 'later' : 'failed', says: sent.says };
      await end(run, step, { ...found, says: `${sent.says} ${found.says}` });
      return { kind: 'over' };
    }
  }
}

async function carryOut(run: Run, step: StepId, operation: Operation, target: Target | undefined): Promise<void> {
  for (const deadline = deadlineOf(run, step); ;) {
    const tried = await tryOnce(run, step, operation, target);
    if (tried.kind === 'over') return;
    const failed = tried.kind === 'failed' || run.desk.clock.now() >= deadline;
    if (!failed && (await waited(run, step))) continue;
    await end(run, step, { outcome: 'not-done', says: tried.says });
    return failed ? await giveUp(run, step, tried.says) : undefined;
  }
}

async function look(run: Run, step: StepId, operation: Operation): Promise<Readiness | { readonly kind: 'outside' }> {
  if (isOutside(operation)) return { kind: 'outside' };
  const live = await clusterOf(run).get(objectNameOf(operation), { signal: run.watchman.signal });
  const { change, events } = run.recorded;
  const planned = change.plan.actions[step.action]?.request.target;
  return readinessOf(operation, live, {
    direction: step.direction,
    changeId: run.id,
    events,
    begunBefore: timesIntended(events, step) > 0,
    ...(planned === undefined ? {} : { planned }),
  });
}

/**
 * Takes one step: looks, records what is about to be sent, sends, records what came of it. The record comes first and is
 * durable, so whoever comes after a crash knows that the cluster has to be looked at.
 */
export async function takeStep(run: Run, step: StepId): Promise<void> {
  const { change, events } = run.recorded;
  const planned = operationOf(change.plan, step);
  if (planned === undefined) return;
  const whole = await reveal(run, planned);
  if ('says' in whole) return await giveUp(run, step, whole.says);
  const { operation } = whole;
  if (timesIntended(events, step) >= mostTries) {
    return await giveUp(
      run,
      step,
      `${operationText(operation)} was tried ${mostTries} times, and the object changed every time.`,
    );
  }
  const ready = await look(run, step, operation);
  if (ready.kind === 'stop') return await giveUp(run, step, ready.says);
  const target = ready.kind === 'ready' ? ready.target : undefined;
  await run.watchman.check();
  const time = timeOf(run.desk.clock);
  const intended = {
    type: 'step-intended' as const,
    time,
    step,
    fence: run.lease.fence,
    ...(target === undefined ? {} : { target }),
  };
  if (ready.kind === 'done') {
    await record(run, [
      intended,
      { type: 'step-ended', time, step, outcome: 'done', recovered: false, says: ready.says },
    ]);
    return;
  }
  if (!(await record(run, [intended]))) return;
  await carryOut(run, step, ready.kind === 'ready' ? ready.operation : operation, target);
}
