import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { askFor, healthStanding, idleApplication, liveApplication, operationOnly, operationStanding, podsOfApplication, reachOf, syncsByItself } from '../../targets/argo-application.ts';
import type { ArgoApplication, ArgoHistory } from '../../targets/argo-application.ts';
import type { Json } from '../../patches/field-patch.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';

const Params = z.strictObject({
  id: z.int().min(0).describe('of the entry in status.history to return to'),
});
type Params = z.infer<typeof Params>;

function revisionText({ revision, revisions }: ArgoHistory): string {
  return revisions === undefined || revisions.length === 0 ? revision : revisions.join(', ');
}

/** What Argo CD itself asks for in a rollback (`server/application/application.go`, Rollback). */
function syncTo({ revision, revisions, source, sources }: ArgoHistory): Readonly<Record<string, Json>> {
  const at = sources === undefined ? { revision, source: source as Json } : { revisions: [...(revisions ?? [])], sources: sources as Json };
  return { ...at, syncStrategy: { apply: {} } };
}

interface Return {
  readonly entry: ArgoHistory;
  readonly present: ArgoHistory;
}

function checkReturn({ status }: ArgoApplication, id: number, name: string): Return {
  const present = status.history.at(-1);
  const ids = status.history.map((one) => String(one.id));
  const entry = status.history.find((one) => one.id === id);
  if (present === undefined || entry === undefined) return refuse(`${name} keeps no deployment with the id ${id}.`, ids.length === 0 ? 'It keeps none.' : `It keeps ${nameList(ids, 10)}.`);
  if (entry === present) return refuse(`${name} is at deployment ${id} already.`, 'Choose an earlier one.');
  if (entry.source === undefined && entry.sources === undefined) return refuse(`Deployment ${id} of ${name} does not say where it came from.`, 'Sync to its revision instead.');
  return { entry, present };
}

/** The way back is an operation like the way there, to what is deployed now; the rollback will have been the last one by then. */
function backTo(object: Manifest, present: ArgoHistory, read: ArgoApplication): Draft['undo'] {
  if (present.source === undefined && present.sources === undefined) return { operations: [], why: 'What is deployed now does not say where it came from.' };
  const steps = askFor(object, syncTo(present), read).filter(({ op }) => op !== 'test');
  return { operations: operationOnly(object, steps, '').operations, why: `Deploys ${revisionText(present)} again.` };
}

async function plan({ target, params: { id } }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const { object, read, name } = await idleApplication(target, live);
  if (syncsByItself(read)) return refuse(`${name} syncs by itself, and would undo a rollback at once.`, 'Revert the commit in Git, or switch automatic sync off first.');
  const { entry, present } = checkReturn(read, id, name);
  return {
    ...operationOnly(object, askFor(object, syncTo(entry), read), ''),
    undo: backTo(object, present, read),
    sentences: inThreeTenses(['Let', 'Letting', 'Let'], `Argo CD return ${name} from ${revisionText(present)} to ${revisionText(entry)} (deployment ${id})`),
    touches: await podsOfApplication(read, 'all', live),
    ...reachOf(read, 'all'),
    notes: ['Git stays as it is: the next sync applies it again.'],
  };
}

async function verify({ target, params: { id } }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const application = await liveApplication(target, live);
  const standing = operationStanding(application);
  if (standing !== undefined) return standing;
  const { history, operationState } = application.read.status;
  const wanted = history.find((one) => one.id === id);
  const { revision = '', revisions = [] } = operationState?.syncResult ?? {};
  const reached = wanted === undefined || (wanted.revisions === undefined || wanted.revisions.length === 0 ? wanted.revision === revision : wanted.revisions.join() === revisions.join());
  if (!reached) return { state: 'failed', says: `${application.name} is at ${revision || revisions.join(', ')}: something deployed another revision.` };
  return healthStanding(application, 'rolled back');
}

export const argocdRollback = action<Params>({
  name: 'argocd-rollback',
  title: 'Let Argo CD return to an earlier deployment',
  kinds: ['Application'],
  params: Params,
  risk: 'high',
  patience: 900,
  plan,
  verify,
});
