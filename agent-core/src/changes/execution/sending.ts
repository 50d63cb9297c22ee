import type { StepId } from '@autodevops/domain/change/change';
import { isOutside } from '@autodevops/domain/change/operation';
import type { ClusterOperation, Operation, OutsideOperation, Target } from '@autodevops/domain/change/operation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import type { HelmOptions, HelmRollback } from '@autodevops/domain/ports/helm-releases';
import { operationText } from '../journal/audit-of-event.ts';
import { objectNameOf } from '../facts/touch.ts';
import { lookedAt } from '../undoing/recovery.ts';
import type { Found } from '../undoing/recovery.ts';
import { clusterOf, sendOptions } from './run.ts';
import type { Run } from './run.ts';
import { lookForSilencing, sendSilencing } from './silencing.ts';
import type { Silencing } from './silencing.ts';

/** What came of sending an operation once. */
export type Sent =
  | { readonly kind: 'done'; readonly created?: Target }
  /** Not done, and it will not be: admission, permission, validation. */
  | { readonly kind: 'refused'; readonly says: string }
  /** Not done for now. */
  | { readonly kind: 'later'; readonly says: string }
  /** Not done, because the object changed since it was looked at. */
  | { readonly kind: 'moved'; readonly says: string }
  /** Done or not: only a look can tell. */
  | { readonly kind: 'unclear'; readonly says: string; readonly mayPass: boolean };

/** Errors that say that nothing was done, and what that means for another try. Any other leaves it open. */
const meanings: Readonly<Partial<Record<ErrorCode, 'refused' | 'later' | 'moved'>>> = {
  'cluster.conflict': 'moved',
  'cluster.invalid': 'refused',
  'cluster.forbidden': 'refused',
  'cluster.already-exists': 'refused',
  'cluster.not-found': 'refused',
  'change.refused': 'refused',
  'change.not-allowed': 'refused',
  'image.not-found': 'refused',
  'cluster.disruption-budget': 'later',
  'cluster.too-many-requests': 'later',
  'cluster.unreachable': 'later',
  'cluster.refused': 'later',
  'cluster.name-not-resolved': 'later',
  'cluster.unauthorized': 'later',
  'cluster.certificate-expired': 'later',
  'cluster.certificate-unknown-authority': 'later',
  'cluster.certificate-wrong-name': 'later',
  'signals.unreachable': 'later',
  'signals.unauthorized': 'later',
  'signals.refused': 'refused',
};

type Meaning = Exclude<Sent['kind'], 'done'>;

function kindOf({ code }: AutoDevOpsError, operation: Operation): Meaning {
  // An apply that meets another owner of its fields meets it every time; outside there is no version to take anew.
  if (code === 'cluster.conflict' && (operation.verb === 'apply' || isOutside(operation))) return 'refused';
  if (code === 'cluster.not-found' && (operation.verb === 'delete' || operation.verb === 'evict')) return 'moved';
  return meanings[code] ?? 'unclear';
}

function meaningOf(error: unknown, operation: Operation): Sent {
  if (!(error instanceof AutoDevOpsError)) {
    return { kind: 'unclear', says: `${operationText(operation)} ended in an error of our own.`, mayPass: false };
  }
  if (error.code === 'interrupted') throw error;
  const kind = kindOf(error, operation);
  if (kind !== 'unclear') return { kind, says: error.message };
  return { kind, says: error.message, mayPass: error.code === 'cluster.outcome-unknown' || error.reaction === 'retry' };
}

function absent(what: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'change.refused',
    `This agent has no ${what}.`,
    'Configure it, or do it where it is configured.',
  );
}

/** Helm talks to the same cluster, so as the same person as the rest of the change. */
async function asWhom(run: Run, signal: AbortSignal): Promise<HelmOptions> {
  const { as } = await sendOptions(run);
  return { signal, ...(as === undefined ? {} : { as }) };
}

async function sendOutside(run: Run, operation: OutsideOperation, direction: StepId['direction']): Promise<void> {
  const {
    desk: { ground },
    caller: signal,
  } = run;
  if (operation.verb === 'load-image') {
    if (ground.images === undefined) throw absent('nodes whose images it could load');
    return await ground.images.load(operation.cluster, operation.image, { signal });
  }
  if (operation.verb === 'helm-rollback') {
    if (ground.releases === undefined) throw absent('Helm');
    return await ground.releases.rollback(operation, await asWhom(run, signal));
  }
  if (operation.verb === 'create-silence' || operation.verb === 'expire-silence') {
    if (ground.alerts === undefined) throw absent('Alertmanager');
    return await sendSilencing(operation, direction, { alerts: ground.alerts, now: run.desk.clock.now() }, { signal });
  }
  if (ground.git === undefined) throw absent('Git repositories');
  if (direction === 'back') await ground.git.withdraw(operation, { signal });
  else await ground.git.open(operation, { signal });
}

async function sendToCluster(run: Run, operation: ClusterOperation, target: Target | undefined): Promise<Sent> {
  // A mask is never sent in place of what it stands for.
  if ('withheld' in operation && operation.withheld !== undefined) {
    throw new AutoDevOpsError(
      'change.refused',
      `${operationText(operation)} lacks values that are not recorded.`,
      'Report this, with what you did.',
    );
  }
  const result = await clusterOf(run).send(operation, { ...(await sendOptions(run)), dryRun: false });
  const makes = operation.verb === 'create' || (operation.verb === 'apply' && target === undefined);
  return { kind: 'done', ...(makes && result !== undefined ? { created: targetOf(result) } : {}) };
}

export async function send(run: Run, step: StepId, operation: Operation, target: Target | undefined): Promise<Sent> {
  try {
    if (!isOutside(operation)) return await sendToCluster(run, operation, target);
    await sendOutside(run, operation, step.direction);
    return { kind: 'done' };
  } catch (error) {
    return meaningOf(error, operation);
  }
}

/** Each rollback makes one revision, so the newest one tells whether it has been made. */
async function lookForRevision(run: Run, operation: HelmRollback): Promise<Found> {
  const {
    desk: { ground },
    watchman: { signal },
  } = run;
  const found = await ground.releases?.newest(operation.namespace, operation.release, await asWhom(run, signal));
  if (found === undefined) {
    return { outcome: 'unknown', says: `${operationText(operation)}: its revisions cannot be seen.` };
  }
  const says = `The newest revision of ${operation.release} is ${found.revision} (${found.status}).`;
  if (found.revision === operation.newest) return { outcome: 'not-done', says };
  return {
    outcome: found.revision === operation.newest + 1 && !found.status.startsWith('pending') ? 'done' : 'unknown',
    says,
  };
}

async function lookOutside(run: Run, operation: OutsideOperation, direction: StepId['direction']): Promise<Found> {
  if (operation.verb === 'helm-rollback') return await lookForRevision(run, operation);
  if (operation.verb === 'create-silence' || operation.verb === 'expire-silence') {
    const {
      desk: {
        ground: { alerts },
      },
      watchman: { signal },
    } = run;
    return alerts === undefined
      ? { outcome: 'unknown', says: `${operationText(operation)}: this agent cannot look.` }
      : await lookForSilencing(operation, direction, alerts, { signal });
  }
  return await lookAtImageOrBranch(run, operation, direction);
}

async function lookAtImageOrBranch(
  { desk: { ground }, watchman: { signal } }: Run,
  operation: Exclude<OutsideOperation, HelmRollback | Silencing>,
  direction: StepId['direction'],
): Promise<Found> {
  const name = operationText(operation);
  if (operation.verb === 'load-image') {
    const there = await ground.images?.has(operation.cluster, operation.image, { signal });
    if (there === undefined) return { outcome: 'unknown', says: `${name}: this agent cannot look.` };
    return there
      ? { outcome: 'done', says: `Every node of ${operation.cluster} has ${operation.image}.` }
      : { outcome: 'not-done', says: `Not every node of ${operation.cluster} has ${operation.image}.` };
  }
  if (ground.git === undefined) return { outcome: 'unknown', says: `${name}: this agent cannot look.` };
  const there = (await ground.git.find(operation, { signal })) !== undefined;
  const says = `The branch ${operation.branch} of ${operation.repository} is ${there ? '' : 'not '}there.`;
  return { outcome: there === (direction === 'forward') ? 'done' : 'not-done', says };
}

/** Looks whether a step that was begun has been done. */
export async function lookFor(
  run: Run,
  step: StepId,
  operation: Operation,
  target: Target | undefined,
): Promise<Found & { readonly created?: Target }> {
  if (isOutside(operation)) return await lookOutside(run, operation, step.direction);
  const live = await clusterOf(run).get(objectNameOf(operation), { signal: run.watchman.signal });
  const found = lookedAt(operation, target, live, run.id);
  const made =
    found.outcome === 'done' &&
    live !== undefined &&
    (operation.verb === 'create' || (operation.verb === 'apply' && target === undefined));
  return made ? { ...found, created: targetOf(live) } : found;
}
