import { AutoDevOpsError } from '@autodevops/domain/errors';
import { name, object } from '@autodevops/domain/kubernetes/shape';
import type { Deadlines, KubeClient } from '../http/client.ts';
import { badAnswer } from '../http/failure.ts';

/** What the first question told. */
export interface ServerFacts {
  /** `v1.36.3`; undefined when it may not be asked. */
  readonly version: string | undefined;
  /** The server's clock minus ours, in milliseconds; 0 when they agree to within seconds. */
  readonly clockOffset: number;
}

const versionShape = object({ gitVersion: name });
/** The header that tells the time has whole seconds, and the answer took a moment. */
const agreementMs = 3_000;

function offsetOf(date: number | undefined): number {
  const offset = date === undefined ? 0 : date - Date.now();
  return Math.abs(offset) < agreementMs ? 0 : offset;
}

/** Asks for the version: is there a Kubernetes API, and does it know us? Throws what stands in the way. */
export async function readServerFacts(client: KubeClient, options: { readonly signal?: AbortSignal | undefined; readonly deadlines?: Partial<Deadlines>; readonly patience?: number }): Promise<ServerFacts> {
  try {
    const { value, date } = await client.read({ path: '/version', ...options });
    const { gitVersion } = versionShape.read(value);
    if (gitVersion === '') throw badAnswer(client.access);
    return { version: gitVersion, clockOffset: offsetOf(date) };
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'cluster.forbidden') return { version: undefined, clockOffset: 0 };
    throw error;
  }
}
