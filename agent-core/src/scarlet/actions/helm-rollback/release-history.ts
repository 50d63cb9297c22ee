import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { fieldAt } from '../../patches/field-patch.ts';
import type { Live } from '../../action.ts';

/** A release of Helm that an object belongs to. */
export interface Release {
  readonly namespace: string;
  readonly name: string;
}

/** What the labels of a release's Secret say; the values in it are never read. */
export interface ReleaseRevision {
  readonly revision: number;
  readonly status: string;
  /** When the status was written, in milliseconds; 0 where that is not said. */
  readonly at: number;
}

/** https://github.com/helm/helm/blob/main/pkg/storage/driver/secrets.go */
const Labels = z.looseObject({
  owner: z.literal('helm'),
  name: z.string(),
  status: z.string(),
  version: z.string().regex(/^[1-9]\d{0,8}$/),
  modifiedAt: z.string().optional(),
  createdAt: z.string().optional(),
});

/** The release that the object says it is of; undefined for what Helm did not install. */
export function releaseOf(object: Manifest): Release | undefined {
  const [name, namespace] = ['name', 'namespace'].map((part) =>
    fieldAt(object, ['metadata', 'annotations', `meta.helm.sh/release-${part}`]),
  );
  const good =
    typeof name === 'string' &&
    /^[a-z0-9]([a-z0-9.-]{0,51}[a-z0-9])?$/.test(name) &&
    typeof namespace === 'string' &&
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace);
  return good ? { name, namespace } : undefined;
}

function revisionOf(secret: Manifest): readonly ReleaseRevision[] {
  const { success, data } = Labels.safeParse(secret.metadata['labels']);
  if (!success) return [];
  return [
    {
      revision: Number(data.version),
      status: data.status,
      at: Number(data.modifiedAt ?? data.createdAt ?? 0) * 1000 || 0,
    },
  ];
}

/** Revisions that the cluster keeps, newest first. */
export async function releaseHistory({ namespace, name }: Release, live: Live): Promise<readonly ReleaseRevision[]> {
  const secrets = await live.cluster.list(
    { apiVersion: 'v1', kind: 'Secret', namespace, labelSelector: `owner=helm,name=${name}` },
    { signal: live.signal },
  );
  return secrets.flatMap(revisionOf).toSorted((a, b) => b.revision - a.revision);
}
