import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { boundedBody, readAtMost } from './body.ts';
import { deadline } from './deadline.ts';
import { Late } from './failure.ts';
import type { KubeRequest } from './kube-request.ts';
import { retryAfter } from './repeating.ts';
import type { Sent } from './send.ts';
import { statusFailure } from './status-failure.ts';

/** A refusal is one sentence: nobody waits longer for its words. */
const refusalMs = 10_000;
const mebibyte = 1024 * 1024;

/** What an answer that is no success says, as an error. */
export async function refusal(sent: Sent, wanted: KubeRequest, access: ClusterAccess): Promise<AutoDevOpsError> {
  const endWait = deadline(refusalMs, () => sent.cut(new Late('total', refusalMs)));
  // A refused patch is told with the whole object in it, twice.
  const most = wanted.write === undefined ? 64 * 1024 : 8 * mebibyte;
  const body = await readAtMost(boundedBody(sent, { idleMs: 5_000, access }), most).catch(() => Buffer.alloc(0));
  endWait();
  const { response, credentials } = sent;
  return (wanted.explain ?? statusFailure)({
    status: response.statusCode ?? 0,
    path: wanted.path,
    body: body.toString('utf8'),
    retryAfterMs: retryAfter(response),
    access,
    credentials,
  });
}
