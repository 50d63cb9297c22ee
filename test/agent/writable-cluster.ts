import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../../packages/kube/src/replay/serving/answer.ts';
import type { RawObject } from '../../packages/kube/src/replay/recording.ts';
import { replayKubeconfig } from '../../packages/kube/src/replay/replay-kubeconfig.ts';
import { replayOf } from '../../packages/kube/src/replay/replay.ts';
import { readRequestBody } from '../../packages/kube/src/replay/serving/request-body.ts';
import { sendAnswer } from '../../packages/kube/src/replay/serving/send-answer.ts';

/** A request as it came. `changes` is false for what is only read, reviewed or rehearsed. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly changes: boolean;
}

/** Stands between a request and the cluster: may wait, carry it out or not, and withhold the answer (undefined). */
export type Between = (asked: Asked, carryOut: () => Promise<Answer>) => Promise<Answer | undefined>;

/** A cluster that lives in the process of a test, however often its clients are killed. */
export interface WritableCluster {
  readonly kubeconfig: string;
  /** Every change that took effect, in order. */
  readonly effects: readonly Asked[];
  /** From now on; undefined: nothing stands between. */
  stand(between: Between | undefined): void;
  /** Somebody else changes an object. */
  meddle(path: string, change: (object: RawObject) => RawObject): Promise<void>;
  /** The object at a path of the API, as it is now. */
  object(path: string): Promise<RawObject>;
  close(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<Asked & { readonly query: URLSearchParams }> {
  const { pathname: path, searchParams: query } = new URL(`http://cluster${request.url ?? '/'}`);
  const { method = 'GET' } = request;
  const body = method === 'GET' ? '' : await readRequestBody(request);
  return {
    method,
    path,
    query,
    body,
    changes: method !== 'GET' && !query.has('dryRun') && !/\/(authorization|authentication)\.k8s\.io\//.test(path),
  };
}

export async function startWritableCluster(objects: readonly RawObject[]): Promise<WritableCluster> {
  const replay = replayOf({ objects, logs: [], serverVersion: 'v1.36.3' }, { writable: true, now: () => Date.now() });
  const effects: Asked[] = [];
  let between: Between | undefined;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { query, ...asked } = await read(request);
    const carryOut = async (): Promise<Answer> => {
      const answer = await replay.answer({
        method: asked.method,
        path: asked.path,
        query,
        headers: request.headers,
        body: async () => asked.body,
      });
      if (asked.changes && !('stream' in answer) && answer.code < 300) effects.push(asked);
      return answer;
    };
    const answer = between === undefined ? await carryOut() : await between(asked, carryOut);
    if (answer === undefined) response.destroy();
    else await sendAnswer(answer, { request, response, fault: undefined });
  };
  const object = async (path: string): Promise<RawObject> => {
    const answer = await replay.answer({
      method: 'GET',
      path,
      query: new URLSearchParams(),
      headers: {},
      body: async () => '',
    });
    if ('stream' in answer || answer.code !== 200) throw new Error(`${path} is not there`);
    return JSON.parse(answer.body.toString()) as RawObject;
  };
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    kubeconfig: replayKubeconfig('test', `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    effects,
    stand: (given) => {
      between = given;
    },
    meddle: async (path, change) => void replay.store.apply({ type: 'MODIFIED', object: change(await object(path)) }),
    object,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}
