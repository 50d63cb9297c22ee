import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterObjects, ObjectName, SendOptions } from '@autodevops/domain/ports/cluster-objects';
import { clusterObjectsOver } from '@autodevops/kube/objects';
import { replayClient } from '@autodevops/kube/replay-client';
import type { ReplayClient } from '@autodevops/kube/replay-client';

type RawObject = Readonly<Record<string, unknown>>;

/** An operation that the cluster carried out; dry runs and what was refused are none. */
export interface Effect {
  readonly operation: ClusterOperation;
  readonly changeId: string;
  /** As the answer gives it. */
  readonly object: Manifest | undefined;
}

/** What somebody else does to the cluster: a controller, a kubelet, a person. */
export interface OtherHand {
  /** Every object as it is, Secrets with their values. */
  all(): readonly Manifest[];
  /** Makes an object, or puts it in the place of the one of its name, with the next version; a new one gets a uid. */
  put(object: RawObject): void;
  remove(name: ObjectName): void;
}

/** Is called after each effect, before its answer goes. */
export type Controller = (effect: Effect, hand: OtherHand) => void | Promise<void>;

export interface Failure {
  /** Whether the operation is carried out all the same. */
  readonly done: boolean;
  /** `cluster.outcome-unknown` when it is done, `cluster.unreachable` otherwise, unless another is given. */
  readonly error?: AutoDevOpsError;
}

/** An answer that waits. */
export interface Held {
  /** Resolves when the operation is carried out and its answer waits. */
  readonly arrived: Promise<void>;
  release(): void;
}

export interface FakeOptions {
  readonly name?: string;
  readonly controllers?: readonly Controller[];
  /** False: pods that are being deleted stay, as without a kubelet. */
  readonly kubelet?: boolean;
  /** Rights; everything when absent. `resource` is the plural, `user` whom the request acts as. */
  readonly allow?: (resource: string, verb: string, namespace: string | undefined, user: string) => boolean;
  /** Milliseconds since the epoch, for the times of what is made. */
  readonly now?: () => number;
}

/**
 * A cluster in memory behind the port: the real client's requests, answered by the replayed API server (versions,
 * preconditions, dry runs, server-side apply, evictions and budgets, finalizers, scale). No controller acts on it but
 * those that are given, and a kubelet that ends pods. Hooks count for requests that are not dry.
 */
export interface FakeCluster extends ClusterObjects, OtherHand {
  readonly effects: readonly Effect[];
  /** The next request fails. */
  failNext(failure: Failure): void;
  /** The next request is carried out at once, and answered when it is released. */
  holdNext(): Held;
}

function keyOf({ apiVersion, kind, namespace, name }: ObjectName): string {
  return `${apiVersion.replace(/\/?[^/]*$/, '')} ${kind} ${namespace} ${name}`;
}

function nameOf({ apiVersion, kind, metadata }: Manifest): ObjectName {
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

/** Ends what is being deleted and no finalizer holds. */
const endPods: Controller = (_effect, hand) => {
  for (const object of hand.all()) {
    const { deletionTimestamp, finalizers } = object.metadata;
    const held = Array.isArray(finalizers) && finalizers.length > 0;
    if (object.kind === 'Pod' && deletionTimestamp !== undefined && !held) hand.remove(nameOf(object));
  }
};

function uidOf(name: ObjectName): string {
  return `uid-${keyOf(name)
    .replaceAll(/[^a-z0-9]+/gi, '-')
    .toLowerCase()}`;
}

function withUid(object: RawObject, uid?: string): Manifest {
  const manifest = object as Manifest;
  return { ...manifest, metadata: { uid: uid ?? uidOf(nameOf(manifest)), ...manifest.metadata } };
}

function otherHand(replay: ReplayClient): OtherHand {
  const all = (): readonly Manifest[] => replay.objects() as readonly Manifest[];
  const find = (name: ObjectName): Manifest | undefined =>
    all().find((object) => keyOf(nameOf(object)) === keyOf(name));
  let made = 0;
  return {
    all,
    put: (object) => {
      const name = nameOf(object as Manifest);
      const there = find(name);
      // What is made anew under an old name is another object.
      const uid = there === undefined ? `${uidOf(name)}-${++made}` : String(there.metadata['uid']);
      replay.apply({ type: there === undefined ? 'ADDED' : 'MODIFIED', object: withUid(object, uid) });
    },
    remove: (name) => {
      const there = find(name);
      if (there !== undefined) replay.apply({ type: 'DELETED', object: there });
    },
  };
}

function usualError(done: boolean): AutoDevOpsError {
  return done
    ? new AutoDevOpsError(
        'cluster.outcome-unknown',
        'A request to change something was sent and no answer came: it may or may not have been done.',
        'Look at the object before anything is tried again.',
      )
    : new AutoDevOpsError('cluster.unreachable', 'The API server cannot be reached.', 'Try again.');
}

/** Waits for the release, or until the caller no longer waits, who then does not know what became of it. */
async function untilReleased(released: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((_resolve, reject) => {
    stop = () => reject(usualError(true));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  await Promise.race([released, stopped]).finally(() => signal.removeEventListener('abort', stop));
}

interface Hold extends Held {
  readonly released: Promise<void>;
  readonly arrive: () => void;
}

function newHold(): Hold {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  return { arrived, arrive, released, release };
}

/** Holds these objects, each as the API has it; those without a uid get one made from their name. */
export function fakeCluster(objects: readonly RawObject[] = [], options: FakeOptions = {}): FakeCluster {
  const { name = 'fake', allow, now = Date.now } = options;
  const replay = replayClient(
    { objects: objects.map((object) => withUid(object)), logs: [], serverVersion: 'v1.36.3' },
    { name, writable: true, now, ...(allow === undefined ? {} : { allow }) },
  );
  const port = clusterObjectsOver(replay.client);
  const hand = otherHand(replay);
  const controllers = [...(options.kubelet === false ? [] : [endPods]), ...(options.controllers ?? [])];
  const effects: Effect[] = [];
  const failures: Failure[] = [];
  const holds: Hold[] = [];

  /** Sends it and says whether the server took it: what exists already by the same change is answered without that. */
  const carryOut = async (operation: ClusterOperation, how: SendOptions): Promise<Manifest | undefined> => {
    let taken = false;
    const json: typeof replay.client.json = async (wanted) => {
      const answer = await replay.client.json(wanted);
      taken ||= wanted.write !== undefined;
      return answer;
    };
    const object = await clusterObjectsOver({ ...replay.client, json }).send(operation, how);
    if (!taken || how.dryRun) return object;
    const effect = { operation, changeId: how.changeId, object };
    effects.push(effect);
    for (const act of controllers) await act(effect, hand);
    return object;
  };
  const send = async (operation: ClusterOperation, how: SendOptions): Promise<Manifest | undefined> => {
    if (how.dryRun) return await carryOut(operation, how);
    const failure = failures.shift();
    const hold = holds.shift();
    if (failure?.done === false) throw failure.error ?? usualError(false);
    const object = await carryOut(operation, how).finally(() => hold?.arrive());
    if (hold !== undefined) await untilReleased(hold.released, how.signal);
    if (failure !== undefined) throw failure.error ?? usualError(true);
    return object;
  };
  return {
    ...port,
    ...hand,
    send,
    effects,
    failNext: (failure) => void failures.push(failure),
    holdNext: () => {
      const hold = newHold();
      holds.push(hold);
      return hold;
    },
  };
}
