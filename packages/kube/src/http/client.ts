import { interrupted } from '@autodevops/domain/interruption';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { boundedBody, readAtMost } from './body.ts';
import { createCurrentAccess } from './current-access.ts';
import { badAnswer, connectionFailure, unanswered } from './failure.ts';
import { createKeptAgent } from './kept-agent.ts';
import type { KubeAnswer, KubeRequest } from './kube-request.ts';
import { refusal } from './refusal.ts';
import { pause, waitFor, wasStale } from './repeating.ts';
import { send, sendAlone, usualDeadlines } from './send.ts';
import type { Sent } from './send.ts';
import { createServerClock } from './server-clock.ts';
import { withoutFieldOwners } from './slim-json.ts';

export interface KubeJson {
  readonly value: unknown;
  readonly bytes: number;
}

/** Talks to one API server. Every method throws `AutoDevOpsError`s only. */
export interface KubeClient {
  readonly access: ClusterAccess;
  /** The server's clock minus this machine's, in milliseconds; 0 while they agree to within seconds. */
  readonly clockOffset: () => number;
  /** Resolves when the header of a success has come. */
  open(request: KubeRequest): Promise<KubeAnswer>;
  /** The whole answer as JSON, and how many bytes it had. */
  read(request: KubeRequest): Promise<KubeJson>;
  /** As `read`, the value alone. */
  json(request: KubeRequest): Promise<unknown>;
  close(): void;
}

const mebibyte = 1024 * 1024;
const largestBody = 256 * mebibyte;

/** What a plugin gives may take a whole login; the signal ends the waiting for it. */
async function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(interrupted());
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function readWhole(
  answer: KubeAnswer,
  { largest = largestBody, fieldOwners = false }: KubeRequest,
  access: ClusterAccess,
): Promise<KubeJson> {
  const body = await readAtMost(answer.body, largest, () =>
    badAnswer(access, `sends an answer that is larger than ${largest / mebibyte} MiB`),
  );
  try {
    return {
      value: JSON.parse((fieldOwners ? body : withoutFieldOwners(body)).toString('utf8')) as unknown,
      bytes: body.length,
    };
  } catch {
    throw badAnswer(
      access,
      /html/i.test(answer.contentType)
        ? 'answers with a web page, not as a Kubernetes API'
        : 'sends JSON that is damaged',
    );
  }
}

/** A client for one cluster. After a 401 the kubeconfig and its plugins are read anew, once per request. */
export function createKubeClient(initial: ClusterAccess): KubeClient {
  const current = createCurrentAccess(initial);
  const kept = createKeptAgent();
  const clock = createServerClock();
  const attempt = async (wanted: KubeRequest, access: ClusterAccess): Promise<Sent> => {
    const credentials = await unlessInterrupted(access.credentials(), wanted.signal);
    if (wanted.write !== undefined) return await sendAlone(access, wanted, credentials);
    try {
      return await send(access, wanted, { credentials, agent: kept.for(access, credentials) });
    } catch (error) {
      if (wanted.post === undefined && wasStale(error)) {
        return await send(access, wanted, { credentials, agent: kept.for(access, credentials) });
      }
      throw error;
    }
  };
  const open = async (wanted: KubeRequest): Promise<KubeAnswer> => {
    let renewed = false;
    try {
      for (let tries = 0; ; tries++) {
        const access = current.get();
        const sent = await attempt(wanted, access);
        clock.hear(sent.response.headers.date);
        const status = sent.response.statusCode ?? 0;
        if (status >= 200 && status < 300) {
          const idleMs = wanted.deadlines?.idle ?? usualDeadlines.idle;
          const { 'content-type': contentType = '' } = sent.response.headers;
          return { status, contentType, body: boundedBody(sent, { idleMs, access }) };
        }
        const wait = waitFor(sent, tries, wanted);
        const failure = await refusal(sent, wanted, access);
        if (status === 401 && !renewed) {
          renewed = true;
          if ((await current.renewed(access)) && wanted.write === undefined) continue;
        }
        if (wait === undefined) throw failure;
        await pause(wait, wanted.signal);
      }
    } catch (error) {
      throw connectionFailure(error, current.get());
    }
  };
  const read = async (wanted: KubeRequest): Promise<KubeJson> => {
    const answer = await open(wanted);
    return await readWhole(answer, wanted, current.get()).catch((error: Error) => {
      throw wanted.write === undefined ? error : unanswered(error, current.get());
    });
  };
  return {
    get access() {
      return current.get();
    },
    clockOffset: clock.offset,
    open,
    read,
    json: async (wanted) => (await read(wanted)).value,
    close: kept.close,
  };
}
