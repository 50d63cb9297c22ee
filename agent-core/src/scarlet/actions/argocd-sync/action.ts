import { z } from 'zod';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { askFor, healthStanding, idleApplication, liveApplication, operationOnly, operationStanding, podsOfApplication, reachOf, syncsByItself } from '../../targets/argo-application.ts';
import type { ArgoApplication } from '../../targets/argo-application.ts';
import { givenByPerson } from '../../given-by-person.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';

const Params = z.strictObject({
  revision: z.string().max(200).regex(/^[A-Za-z0-9][\w./-]*$/, 'not a revision').optional().describe('a commit, tag or branch, given by a person; what the Application tracks when absent'),
});
type Params = z.infer<typeof Params>;

function checkRevision(request: TypedRequest<Params>, read: ArgoApplication, name: string): void {
  const { revision } = request.params;
  if (revision === undefined) {
    if (read.status.sync.status === 'Synced') refuse(`${name} is in sync with Git already.`, 'Refresh it first, if Git has something newer.');
    return;
  }
  givenByPerson(request, 'A revision other than the one that is tracked');
  if (read.spec.sources !== undefined) refuse(`${name} has several sources: one revision says nothing of them.`, 'Change their revisions in the Application.');
  if (syncsByItself(read)) refuse(`${name} syncs by itself, and would go back from ${revision} at once.`, 'Change the revision that it tracks.');
}

function resourceNotes({ status }: ArgoApplication): readonly string[] {
  const differing = status.resources.filter((one) => one.status === 'OutOfSync');
  const named = (list: typeof differing): string => nameList(list.map(({ kind, name }) => `${kind} ${name}`), 8);
  const [applied, stale] = [differing.filter((one) => !one.requiresPruning), differing.filter((one) => one.requiresPruning)];
  return [
    ...(applied.length === 0 ? [] : [`Differs from Git: ${named(applied)}.`]),
    ...(stale.length === 0 ? [] : [`Git has no longer, and it is left: ${named(stale)}.`]),
  ];
}

async function plan(request: TypedRequest<Params>, live: Live): Promise<Draft> {
  const { target, params: { revision } } = request;
  const { object, read, name } = await idleApplication(target, live);
  checkRevision(request, read, name);
  const to = revision ?? (read.status.sync.revision === '' ? 'what it tracks' : read.status.sync.revision);
  const sync = { ...(revision === undefined ? {} : { revision }), syncStrategy: { hook: {} } };
  return {
    ...operationOnly(object, askFor(object, sync, read), 'Argo CD applies what Git says: going back is to revert it there, or to roll back.'),
    sentences: inThreeTenses(['Let', 'Letting', 'Let'], `Argo CD sync ${name} to ${to}`),
    touches: await podsOfApplication(read, 'out-of-sync', live),
    ...reachOf(read, 'out-of-sync'),
    notes: resourceNotes(read),
    ...(revision === undefined ? {} : { risk: 'high' as const }),
  };
}

async function verify({ target, params: { revision } }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const application = await liveApplication(target, live);
  const standing = operationStanding(application);
  if (standing !== undefined) return standing;
  const { status } = application.read;
  if (revision === undefined && status.sync.status !== 'Synced') return { state: 'waiting', says: `${application.name} was synced, and is ${status.sync.status || 'Unknown'} still.` };
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
