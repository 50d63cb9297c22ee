import type { Manifest, Operation } from '@autodevops/domain/change/operation';
import type { Draft, Standing } from '../action.ts';
import type { Json } from '../patches/field-patch.ts';
import { askFor, healthStanding, operationStanding } from './argo-application.ts';
import type { ArgoApplication, ArgoHistory, LiveApplication } from './argo-application.ts';

/** What was deployed: one revision, or one of each source. */
export interface ArgoRevision {
  readonly revision?: string | undefined;
  readonly revisions?: readonly string[] | undefined;
}

export function revisionText({ revision = '', revisions = [] }: ArgoRevision): string {
  return revisions.length === 0 ? revision : revisions.join(', ');
}

/** What is deployed now, as far as the Application remembers. */
export function presentDeployment({ status }: ArgoApplication): ArgoHistory | undefined {
  return status.history.at(-1);
}

/** What Argo CD itself asks for in a rollback (`server/application/application.go`, Rollback). */
export function syncTo({ revision, revisions, source, sources }: ArgoHistory): Readonly<Record<string, Json>> {
  const at =
    sources === undefined
      ? { revision, source: source as Json }
      : { revisions: [...(revisions ?? [])], sources: sources as Json };
  return { ...at, syncStrategy: { apply: {} } };
}

export function saysWhereFrom({ source, sources }: ArgoHistory): boolean {
  return source !== undefined || sources !== undefined;
}

/** The way back is an operation like the way there, to what is deployed now; what it takes back will have been the last one by then. */
export function backTo(object: Manifest, present: ArgoHistory, read: ArgoApplication): Draft['undo'] {
  if (!saysWhereFrom(present)) return { operations: [], why: 'What is deployed now does not say where it came from.' };
  return { operations: askFor(object, syncTo(present), read, 'back'), why: `Deploys ${revisionText(present)} again.` };
}

/** The revision that a patch of the operation field asks for; undefined where it asks for none. */
export function revisionAskedFor(operations: readonly Operation[]): ArgoRevision | undefined {
  const values = operations
    .flatMap((operation) => (operation.verb === 'patch' ? operation.steps : []))
    .flatMap((step) => (step.op !== 'test' && step.path === '/operation' && 'value' in step ? [step.value] : []));
  const sync = (values.at(-1) as { readonly sync?: ArgoRevision } | null | undefined)?.sync;
  return sync === undefined || revisionText(sync) === '' ? undefined : sync;
}

/** Whether what was asked for has been done, at the revision that it was asked for, and runs well. */
export function deploymentStanding(
  application: LiveApplication,
  wanted: ArgoRevision | undefined,
  done: string,
): Standing {
  const standing = operationStanding(application);
  if (standing !== undefined) return standing;
  const reached = application.read.status.operationState?.syncResult ?? {};
  if (wanted !== undefined && revisionText(reached) !== revisionText(wanted)) {
    return {
      state: 'failed',
      says: `${application.name} is at ${revisionText(reached)}: something deployed another revision.`,
    };
  }
  return healthStanding(application, done);
}
