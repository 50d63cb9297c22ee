import { z } from 'zod';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import {
  askFor,
  healthStanding,
  idleApplication,
  liveApplication,
  operationStanding,
  syncsByItself,
} from '../../targets/argo-application.ts';
import type { ArgoApplication, LiveApplication } from '../../targets/argo-application.ts';
import { backTo, presentDeployment, revisionText } from '../../targets/argo-deployment.ts';
import { reachNotes, reachOfApplication } from '../../targets/argo-reach.ts';
import { givenByPerson } from '../../given-by-person.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';

const Params = z.strictObject({
  revision: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9][\w./-]*$/, 'not a revision')
    .optional()
    .describe('a commit, tag or branch, given by a person; what the Application tracks when absent'),
});
type Params = z.infer<typeof Params>;

function checkRevision(request: TypedRequest<Params>, read: ArgoApplication, name: string): void {
  const { revision } = request.params;
  if (revision === undefined) {
    if (read.status.sync.status === 'Synced') {
      refuse(`${name} is in sync with Git already.`, 'Refresh it first, if Git has something newer.');
    }
    return;
  }
  givenByPerson(request, 'A revision other than the one that is tracked');
  if (read.spec.sources !== undefined) {
    refuse(
      `${name} has several sources: one revision says nothing of them.`,
      'Change their revisions in the Application.',
    );
  }
  if (syncsByItself(read)) {
    refuse(
      `${name} syncs by itself, and would go back from ${revision} at once.`,
      'Change the revision that it tracks.',
    );
  }
}

function resourceNotes({ status }: ArgoApplication): readonly string[] {
  const differing = status.resources.filter((one) => one.status === 'OutOfSync');
  const named = (list: typeof differing): string =>
    nameList(
      list.map(({ kind, name }) => `${kind} ${name}`),
      8,
    );
  const [applied, stale] = [
    differing.filter((one) => !one.requiresPruning),
    differing.filter((one) => one.requiresPruning),
  ];
  return [
    ...(applied.length === 0 ? [] : [`Differs from Git: ${named(applied)}.`]),
    ...(stale.length === 0 ? [] : [`Git has no longer, and it is left: ${named(stale)}.`]),
  ];
}

/** Back to what is deployed now, where that is another revision: what was changed by hand is in no history. */
function undoOf({ object, read }: LiveApplication, to: string): Draft['undo'] {
  const present = presentDeployment(read);
  if (syncsByItself(read)) return { operations: [], why: 'It syncs by itself: going back is to revert it in Git.' };
  if (present === undefined || revisionText(present) === to) {
    return {
      operations: [],
      why: 'Argo CD applies what Git says of the revision that is deployed already: what was otherwise in the cluster is in no history.',
    };
  }
  return backTo(object, present, read);
}

async function plan(request: TypedRequest<Params>, live: Live): Promise<Draft> {
  const {
    target,
    params: { revision },
  } = request;
  const application = await idleApplication(target, live);
  const { object, read, name } = application;
  checkRevision(request, read, name);
  const to = revision ?? revisionText(read.status.sync);
  const sync = { ...(revision === undefined ? {} : { revision }), syncStrategy: { hook: {} } };
  return {
    operations: askFor(object, sync, read, 'there'),
    undo: undoOf(application, to),
    sentences: inThreeTenses(['Let', 'Letting', 'Let'], `Argo CD sync ${name} to ${to === '' ? 'what it tracks' : to}`),
    ...(await reachOfApplication(read, 'out-of-sync', live)),
    notes: [...resourceNotes(read), ...reachNotes(read)],
    ...(revision === undefined ? {} : { risk: 'high' as const }),
  };
}

async function verify({ target, params: { revision } }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const application = await liveApplication(target, live);
  const standing = operationStanding(application);
  if (standing !== undefined) return standing;
  const { status } = application.read.status.sync;
  if (revision === undefined && status !== 'Synced') {
    return { state: 'waiting', says: `${application.name} was synced, and is ${status || 'Unknown'} still.` };
  }
  return healthStanding(application, 'synced');
}

export const argocdSync = action<Params>({
  name: 'argocd-sync',
  title: 'Let Argo CD apply what Git says',
  kinds: ['Application'],
  params: Params,
  risk: 'medium',
  patience: 900,
  plan,
  verify,
});
