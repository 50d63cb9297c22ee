import { flag, list, name, object, texts } from '@autodevops/domain/kubernetes/shape';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { KubeClient } from '../http/client.ts';
import { statusFailure } from '../http/status-failure.ts';
import type { Refusal } from '../http/status-failure.ts';

/** How a kind is addressed. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Finds how kinds are addressed; what it learnt is kept, and asked for anew when a kind is not in it. */
export interface ServedResources {
  /** Undefined when the cluster does not serve that kind in that version. */
  find(apiVersion: string, kind: string, signal: AbortSignal): Promise<ServedKind | undefined>;
  /** Forgets what is known of a version: a definition was removed. */
  forget(apiVersion: string): void;
}

const resourceList = object({ resources: list(object({ name, kind: name, namespaced: flag, verbs: texts })) });

/** `v1` → `/api/v1`, `apps/v1` → `/apis/apps/v1`. Throws `cluster.invalid` for what is no version. */
export function versionPath(apiVersion: string): string {
  if (/^v[a-z0-9]+$/.test(apiVersion)) return `/api/${apiVersion}`;
  if (/^[a-z0-9][a-z0-9.-]*\/v[a-z0-9]+$/.test(apiVersion)) return `/apis/${apiVersion}`;
  throw new AutoDevOpsError(
    'cluster.invalid',
    `"${apiVersion.slice(0, 80)}" is no API version.`,
    'Write it as the cluster does: v1, apps/v1.',
  );
}

/** The API server says in plain text that it has no such group or version; a proxy's 404 looks otherwise and stays an error. */
function explain(refusal: Refusal): AutoDevOpsError {
  const absent = refusal.status === 404 && refusal.body.trim() === '404 page not found';
  return absent
    ? new AutoDevOpsError(
        'cluster.not-found',
        'The cluster does not serve that API version.',
        'Install what defines it.',
      )
    : statusFailure(refusal);
}

async function read(client: KubeClient, apiVersion: string, signal: AbortSignal): Promise<readonly ServedKind[]> {
  let answer: unknown;
  try {
    answer = await client.json({ path: versionPath(apiVersion), signal, explain });
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'cluster.not-found') return [];
    throw error;
  }
  const own = resourceList
    .read(answer)
    .resources.filter((resource) => !resource.name.includes('/') && resource.verbs.includes('get'));
  return own.map((resource) => ({
    apiVersion,
    kind: resource.kind,
    plural: resource.name,
    namespaced: resource.namespaced === true,
  }));
}

export function servedResources(client: KubeClient): ServedResources {
  const known = new Map<string, readonly ServedKind[]>();
  return {
    find: async (apiVersion, kind, signal) => {
      const of = (kinds: readonly ServedKind[] | undefined): ServedKind | undefined =>
        kinds?.find((served) => served.kind === kind);
      const found = of(known.get(apiVersion));
      if (found !== undefined) return found;
      const kinds = await read(client, apiVersion, signal);
      known.set(apiVersion, kinds);
      return of(kinds);
    },
    forget: (apiVersion) => void known.delete(apiVersion),
  };
}
