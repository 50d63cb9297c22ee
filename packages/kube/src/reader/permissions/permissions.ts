import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import { flag, object } from '@autodevops/domain/kubernetes/shape';
import { boundedParallel } from '../bounded-parallel.ts';
import { connectCluster } from '../cluster-reader.ts';
import type { OpenOptions } from '../cluster-reader.ts';

/** Whether something may be read everywhere. */
export interface Permission {
  readonly resource: string;
  readonly group: string;
  readonly verb: string;
  readonly allowed: boolean;
}

const answerShape = object({ status: object({ allowed: flag }) });

function questions(): readonly Omit<Permission, 'allowed'>[] {
  const listed = kindNames.map((kind) => ({ resource: kinds[kind].plural, group: kinds[kind].group, verb: 'list' }));
  return [...listed, { resource: 'pods/log', group: '', verb: 'get' }];
}

/**
 * Asks the API server what Jamie may read in every namespace (self subject access reviews, which are answered and not
 * kept). Throws `kubeconfig.*` and `cluster.*`.
 */
export async function readPermissions(options: OpenOptions): Promise<readonly Permission[]> {
  const { client } = await connectCluster(options);
  try {
    return await boundedParallel(questions(), 8, async (question) => {
      const [resource, subresource] = question.resource.split('/');
      const resourceAttributes = {
        verb: question.verb,
        group: question.group,
        resource,
        ...(subresource === undefined ? {} : { subresource }),
      };
      const post = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      };
      const answer = await client.json({
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        post,
        signal: options.signal,
      });
      return { ...question, allowed: answerShape.read(answer).status.allowed === true };
    });
  } finally {
    client.close();
  }
}
