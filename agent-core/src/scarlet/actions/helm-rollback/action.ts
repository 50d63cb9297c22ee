import { z } from 'zod';
import type { Manifest, Operation } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { podsOf } from '../../standing/pods-of.ts';
import { refuse } from '../../refusal.ts';
import { rolloutStanding } from '../../standing/rollout-standing.ts';
import { inThreeTenses } from '../../sentences.ts';
import { releaseHistory, releaseOf } from './release-history.ts';
import type { Release, ReleaseRevision } from './release-history.ts';

const Params = z.strictObject({
  toRevision: z.int().min(1).describe('a revision that the cluster still keeps'),
  ifNewest: z.int().min(1).optional().describe('refused when another revision is the newest'),
});
type Params = z.infer<typeof Params>;

/** The cluster's own namespaces: what runs there keeps the cluster up. */
const systemNamespaces: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];
const rolling = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
/** An operation of Helm that began longer ago, in milliseconds, was cut off. */
const operationLasts = 10 * 60_000;

function releaseOfTarget(object: Manifest, name: string): Release {
  const release = releaseOf(object);
  if (release === undefined) return refuse(`${name} is of no release of Helm.`, 'Undo its rollout instead.');
  if (fieldAt(object, ['metadata', 'labels', 'helm.toolkit.fluxcd.io/name']) !== undefined) {
    return refuse(
      `Flux keeps the release ${release.namespace}/${release.name}, and would install it anew.`,
      'Change the HelmRelease, in Git.',
    );
  }
  if (systemNamespaces.includes(release.namespace)) {
    return refuse(
      `The release ${release.name} is of namespace ${release.namespace}, which keeps the cluster up.`,
      'Let an administrator do it.',
    );
  }
  return release;
}

interface Return {
  readonly newest: ReleaseRevision;
  readonly wanted: ReleaseRevision;
}

function checkReturn(
  history: readonly ReleaseRevision[],
  { toRevision: revision, ifNewest }: Params,
  { name, now }: { readonly name: string; readonly now: number },
): Return {
  const [newest] = history;
  const wanted = history.find((one) => one.revision === revision);
  if (newest === undefined || wanted === undefined) {
    return refuse(
      `${name} keeps no revision ${revision}.`,
      history.length === 0
        ? 'Its revisions are not kept in Secrets of its namespace.'
        : `It keeps ${nameList(
            history.map((one) => String(one.revision)),
            10,
          )}.`,
    );
  }
  if (newest.status.startsWith('pending') && now - newest.at < operationLasts) {
    return refuse(
      `Helm is at work on ${name} (revision ${newest.revision} is ${newest.status}).`,
      'Wait until that has ended.',
    );
  }
  if (ifNewest !== undefined && newest.revision !== ifNewest) {
    return refuse(
      `${name} is at revision ${newest.revision}, not at ${ifNewest}: somebody has changed it since.`,
      'See `helm history` for what was done.',
    );
  }
  if (wanted === newest) return refuse(`${name} is at revision ${revision} already.`, 'Choose an earlier one.');
  if (wanted.status !== 'superseded' && wanted.status !== 'deployed') {
    return refuse(
      `Revision ${revision} of ${name} is ${wanted.status}: it never ran well.`,
      'Choose one that was deployed.',
    );
  }
  return { newest, wanted };
}

/** Pods of everything that the release runs. */
async function podsOfRelease(release: Release, live: Live): Promise<readonly Manifest[]> {
  const lists = await Promise.all(
    rolling.map((kind) =>
      live.cluster.list({ apiVersion: 'apps/v1', kind, namespace: release.namespace }, { signal: live.signal }),
    ),
  );
  const own = lists.flat().filter((workload) => releaseOf(workload)?.name === release.name);
  return (await Promise.all(own.map((workload) => podsOf(workload, live)))).flat();
}

/** Back to what is there now, as far as that was in order. Every rollback makes one revision more. */
function undoOf(operation: Extract<Operation, { verb: 'helm-rollback' }>, { newest }: Return): Draft['undo'] {
  if (newest.status !== 'deployed') {
    return {
      operations: [],
      why: `Revision ${newest.revision} is ${newest.status}: there is nothing good to return to.`,
    };
  }
  return {
    operations: [{ ...operation, revision: newest.revision, newest: newest.revision + 1 }],
    why: `Rolls back to revision ${newest.revision}, which is a revision of its own again.`,
  };
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const release = releaseOfTarget(await liveTarget(target, live), refText(target));
  const name = `Helm release ${release.namespace}/${release.name}`;
  const found = checkReturn(await releaseHistory(release, live), params, { name, now: live.now });
  const { toRevision } = params;
  const operation = {
    verb: 'helm-rollback',
    namespace: release.namespace,
    release: release.name,
    revision: toRevision,
    newest: found.newest.revision,
  } as const;
  return {
    sentences: inThreeTenses(
      ['Roll', 'Rolling', 'Rolled'],
      `back ${name} from revision ${found.newest.revision} (${found.newest.status}) to ${toRevision}`,
    ),
    operations: [operation],
    undo: undoOf(operation, found),
    touches: await podsOfRelease(release, live),
    notes: [
      'Which fields it changes is not shown: what Helm keeps of a release holds secrets, and is not read.',
      'Hooks of the chart run.',
      'What the program wrote into its data stays.',
    ],
  };
}

async function releaseStanding(release: Release, live: Live): Promise<Standing | undefined> {
  const [newest] = await releaseHistory(release, live);
  const name = `Helm release ${release.namespace}/${release.name}`;
  if (newest === undefined) return { state: 'failed', says: `${name} is gone.` };
  if (newest.status === 'deployed') return undefined;
  return {
    state: newest.status.startsWith('pending') ? 'waiting' : 'failed',
    says: `Revision ${newest.revision} of ${name} is ${newest.status}.`,
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const named: ObjectRef = { ...target, uid: '' };
  const object = await liveTarget(named, live);
  const release = releaseOf(object);
  if (release === undefined) return { state: 'failed', says: `${refText(target)} is of no release of Helm any more.` };
  const standing = await releaseStanding(release, live);
  if (standing !== undefined) return standing;
  return (rolling as readonly string[]).includes(object.kind)
    ? rolloutStanding(object)
    : { state: 'succeeded', says: `Helm release ${release.namespace}/${release.name} is deployed.` };
}

export const helmRollback = action<Params>({
  name: 'helm-rollback',
  title: 'Return a Helm release to an earlier revision',
  kinds: [...rolling, 'CronJob', 'Service', 'ConfigMap', 'Ingress'],
  params: Params,
  risk: 'high',
  patience: 900,
  plan,
  verify,
});
