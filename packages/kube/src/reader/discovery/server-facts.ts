import { AutoDevOpsError } from '@autodevops/domain/errors';
import { name, object } from '@autodevops/domain/kubernetes/shape';
import type { KubeClient } from '../../http/client.ts';
import type { Deadlines } from '../../http/kube-request.ts';
import { badAnswer } from '../../http/failure.ts';

/** What the first question told. */
export interface ServerFacts {
  /** `v1.36.3`; undefined when it may not be asked. */
  readonly version: string | undefined;
}

const versionShape = object({ gitVersion: name });
/** The real one has a few hundred bytes. */
const largest = 1024 * 1024;

/** Asks for the version: is there a Kubernetes API, and does it know us? Throws what stands in the way. */
export async function readServerFacts(
  client: KubeClient,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly deadlines?: Partial<Deadlines>;
    readonly patience?: number;
  },
): Promise<ServerFacts> {
  try {
    const { gitVersion } = versionShape.read(await client.json({ path: '/version', largest, ...options }));
    if (gitVersion === '') throw badAnswer(client.access);
    return { version: gitVersion };
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'cluster.forbidden') return { version: undefined };
    throw error;
  }
}
