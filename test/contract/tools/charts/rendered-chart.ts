import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { goTool } from '../../../bed/build/go-tools.ts';
import { attempt } from '../../../bed/host/command.ts';
import { KUBERNETES } from '../../../bed/versions.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');

const container = z.looseObject({ name: z.string(), env: z.array(z.looseObject({ name: z.string() })).default([]) });
const PodSpec = z.looseObject({ containers: z.array(container), serviceAccountName: z.string().optional() });

/** Of a rendered object, what these tests look at. */
const Rendered = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
  data: z.record(z.string(), z.string()).optional(),
  rules: z.array(z.unknown()).optional(),
});
export type Rendered = z.infer<typeof Rendered>;

export type ChartName = 'agent' | 'bot';
export type Values = Readonly<Record<string, unknown>>;

/** The folder of a chart. */
export function chartFolder(chart: ChartName): string {
  return join(root, 'deploy', 'charts', chart);
}

/** Runs the real Helm on a chart with values. */
async function helmOn(
  verb: readonly string[],
  chart: ChartName,
  values: Values,
  more: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-values-'));
  const file = join(folder, 'values.yaml');
  writeFileSync(file, JSON.stringify(values));
  try {
    const env = { HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder };
    const { code, stdout, stderr } = await attempt(
      join(await goTool('helm'), 'helm'),
      [
        ...verb,
        chartFolder(chart),
        '--values',
        file,
        '--namespace',
        'autodevops',
        '--kube-version',
        KUBERNETES,
        ...more,
      ],
      { env, seconds: 60 },
    );
    return { code, output: code === 0 ? stdout : stderr + stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `helm template` prints for the release `acme`. Throws what Helm says where it refuses. */
export async function templateText(chart: ChartName, values: Values): Promise<string> {
  const { code, output } = await helmOn(['template', 'acme'], chart, values, []);
  if (code !== 0) throw new Error(output);
  return output;
}

/** What `helm lint` complains of. */
export async function lint(
  chart: ChartName,
  values: Values,
): Promise<{ readonly code: number; readonly output: string }> {
  return await helmOn(['lint', '--strict'], chart, values, []);
}

export function objectsIn(text: string): readonly Rendered[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as unknown)
    .filter((object) => object !== null)
    .map((object) => Rendered.parse(object));
}

/** The one object of a kind. */
export function theOne(objects: readonly Rendered[], kind: string): Rendered {
  const found = objects.filter((object) => object.kind === kind);
  if (found.length !== 1) throw new Error(`There are ${found.length} ${kind}s.`);
  return found[0] as Rendered;
}

/** The pods that objects come to: those of workloads and of hooks, each as a Pod of its own. */
export function podsOf(
  objects: readonly Rendered[],
): readonly { readonly from: string; readonly spec: z.infer<typeof PodSpec> }[] {
  return objects.flatMap((object) => {
    const spec =
      object.kind === 'Pod'
        ? object['spec']
        : ['Deployment', 'Job'].includes(object.kind)
          ? z.looseObject({ template: z.looseObject({ spec: PodSpec }) }).parse(object['spec']).template.spec
          : undefined;
    return spec === undefined ? [] : [{ from: `${object.kind}/${object.metadata.name}`, spec: PodSpec.parse(spec) }];
  });
}
