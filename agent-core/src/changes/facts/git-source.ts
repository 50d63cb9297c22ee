import { z } from 'zod';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { ifReadable } from './if-readable.ts';
import type { OwningTool } from './owning-tool.ts';

const Source = z.looseObject({
  repoURL: z.string(),
  path: z.string().default(''),
  targetRevision: z.string().default(''),
});
const Application = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({ source: Source.optional(), sources: z.array(Source).optional() }),
});
const Kustomization = z.looseObject({
  metadata: z.looseObject({ namespace: z.string() }),
  spec: z.looseObject({
    path: z.string().default(''),
    sourceRef: z.looseObject({ kind: z.string(), name: z.string(), namespace: z.string().optional() }),
  }),
});
const Repository = z.looseObject({ spec: z.looseObject({ url: z.string() }) });

function said(url: string, path: string): string {
  return oneLine(redact(path === '' ? url : `${path} of ${url}`), 200);
}

async function argoSource(owner: string, view: ClusterView, signal: AbortSignal): Promise<string | undefined> {
  const name = owner.split('_').at(-1) ?? owner;
  const all = await view.list({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: '' }, { signal });
  const found = all
    .flatMap((object) => Application.safeParse(object).data ?? [])
    .find(({ metadata }) => metadata.name === name);
  const source = found?.spec.source ?? found?.spec.sources?.[0];
  return source === undefined ? undefined : said(source.repoURL, source.path);
}

async function fluxSource(owner: string, view: ClusterView, signal: AbortSignal): Promise<string | undefined> {
  const [, namespace, name] = /^Kustomization ([^/]*)\/(.*)$/.exec(owner) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  const read = Kustomization.safeParse(
    await view.get(
      { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', namespace, name },
      { signal },
    ),
  );
  if (!read.success) return undefined;
  const { path, sourceRef } = read.data.spec;
  const repository = await view.get(
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: sourceRef.kind,
      namespace: sourceRef.namespace ?? namespace,
      name: sourceRef.name,
    },
    { signal },
  );
  const url = Repository.safeParse(repository).data?.spec.url;
  return url === undefined ? undefined : said(url, path);
}

/** Where the tool takes the object from, as people find it in Git; undefined where that cannot be told. */
export async function gitSource(
  { tool, owner }: OwningTool,
  view: ClusterView,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (tool === 'argocd') return await ifReadable(() => argoSource(owner, view, signal));
  return tool === 'flux' ? await ifReadable(() => fluxSource(owner, view, signal)) : undefined;
}
