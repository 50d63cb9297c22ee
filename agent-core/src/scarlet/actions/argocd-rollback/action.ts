import { z } from 'zod';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { askFor, idleApplication, liveApplication, syncsByItself } from '../../targets/argo-application.ts';
import type { ArgoApplication, ArgoHistory } from '../../targets/argo-application.ts';
import {
  backTo,
  deploymentStanding,
  presentDeployment,
  revisionText,
  saysWhereFrom,
  syncTo,
} from '../../targets/argo-deployment.ts';
import { reachNotes, reachOfApplication } from '../../targets/argo-reach.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';

const Params = z.strictObject({
  id: z.int().min(0).describe('of the entry in status.history to return to'),
});
type Params = z.infer<typeof Params>;

interface Return {
  readonly entry: ArgoHistory;
  readonly present: ArgoHistory;
}

function checkReturn(application: ArgoApplication, id: number, name: string): Return {
  const { status } = application;
  const present = presentDeployment(application);
  const ids = status.history.map((one) => String(one.id));
  const entry = status.history.find((one) => one.id === id);
  if (present === undefined || entry === undefined) {
    return refuse(
      `${name} keeps no deployment with the id ${id}.`,
      ids.length === 0 ? 'It keeps none.' : `It keeps ${nameList(ids, 10)}.`,
    );
  }
  if (entry === present) return refuse(`${name} is at deployment ${id} already.`, 'Choose an earlier one.');
  if (!saysWhereFrom(entry)) {
    return refuse(`Deployment ${id} of ${name} does not say where it came from.`, 'Sync to its revision instead.');
  }
  return { entry, present };
}

async function plan({ target, params: { id } }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const { object, read, name } = await idleApplication(target, live);
  if (syncsByItself(read)) {
    return refuse(
      `${name} syncs by itself, and would undo a rollback at once.`,
      'Revert the commit in Git, or switch automatic sync off first.',
    );
  }
  const { entry, present } = checkReturn(read, id, name);
  return {
    operations: askFor(object, syncTo(entry), read, 'there'),
    undo: backTo(object, present, read),
    sentences: inThreeTenses(
      ['Let', 'Letting', 'Let'],
      `Argo CD return ${name} from ${revisionText(present)} to ${revisionText(entry)} (deployment ${id})`,
    ),
    ...(await reachOfApplication(read, 'all', live)),
    notes: ['Git stays as it is: the next sync applies it again.', ...reachNotes(read)],
  };
}

async function verify({ target, params: { id } }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const application = await liveApplication(target, live);
  const wanted = application.read.status.history.find((one) => one.id === id);
  return deploymentStanding(application, wanted, 'rolled back');
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
