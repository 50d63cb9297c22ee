import type { KubeClient } from '../http/client.ts';
import type { KubeAnswer, KubeRequest } from '../http/kube-request.ts';
import { badAnswer } from '../http/failure.ts';
import { interrupted } from '@autodevops/domain/interruption';
import { withoutFieldOwners } from '../http/slim-json.ts';
import { statusFailure } from '../http/status-failure.ts';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import type { WholeAnswer } from './serving/answer.ts';
import type { Change, Recording } from './recording.ts';
import { replayOf } from './replay.ts';
import type { ReplayBehaviour } from './replay.ts';

/** A recorded cluster in this process, asked without a network. */
export interface ReplayClient {
  /** Takes everything but watches. */
  readonly client: KubeClient;
  /** Changes the cluster as somebody else would: gives the object the next version. */
  apply(change: Change): void;
  /** Every object as it is now, in no order. */
  objects(): readonly Readonly<Record<string, unknown>>[];
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Answers as `startReplayServer` does, in the same words. The name is that of the cluster for people. */
export function replayClient(
  recording: Recording,
  behaviour: ReplayBehaviour & { readonly name: string },
): ReplayClient {
  const replay = replayOf(recording, behaviour);
  const access = plainAccess(behaviour.name, 'http://127.0.0.1');
  const credentials = {
    kind: 'none',
    authorization: undefined,
    certificate: undefined,
    key: undefined,
    expiresAt: undefined,
  } as const;

  const ask = async (wanted: KubeRequest): Promise<WholeAnswer> => {
    if (wanted.signal?.aborted === true) throw interrupted();
    const { pathname: path, searchParams: query } = new URL(`http://replay${wanted.path}`);
    const sent = wanted.write?.body ?? wanted.post;
    const headers = Object.fromEntries(
      Object.entries({
        ...wanted.headers,
        'User-Agent': 'autodevops',
        Accept: wanted.accept ?? 'application/json',
        'Content-Type': wanted.write?.contentType ?? 'application/json',
      }).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const method = wanted.write?.method ?? (wanted.post === undefined ? 'GET' : 'POST');
    const answer = await replay.answer({
      method,
      path,
      query,
      headers,
      body: async () => (sent === undefined ? '' : JSON.stringify(sent)),
    });
    if ('stream' in answer) throw badAnswer(access, 'does not stream here');
    if (answer.code >= 200 && answer.code < 300) return answer;
    throw (wanted.explain ?? statusFailure)({
      status: answer.code,
      path: wanted.path,
      body: answer.body.toString(),
      retryAfterMs: undefined,
      access,
      credentials,
    });
  };
  const open = async (wanted: KubeRequest): Promise<KubeAnswer> => {
    const { code, contentType, body } = await ask(wanted);
    return { status: code, contentType, body: once(Buffer.from(body)) };
  };
  const read: KubeClient['read'] = async (wanted) => {
    const body = Buffer.from((await ask(wanted)).body);
    return {
      value: JSON.parse((wanted.fieldOwners === true ? body : withoutFieldOwners(body)).toString('utf8')) as unknown,
      bytes: body.length,
    };
  };
  return {
    client: {
      access,
      clockOffset: () => 0,
      open,
      read,
      json: async (wanted) => (await read(wanted)).value,
      close: () => undefined,
    },
    apply: (change) => void replay.store.apply(change),
    objects: () =>
      replay.store.catalog.all.flatMap((resource) =>
        replay.store.list(resource, undefined).map(([, object]) => object),
      ),
  };
}
