import { podTemplate } from '@autodevops/domain/kubernetes/pod';
import { configurationReferences } from '../../reading/pods/configuration/configuration-reference.ts';
import type { ConfigurationReference } from '../../reading/pods/configuration/configuration-reference.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import type { Live } from '../action.ts';
import { fieldAt } from '../patches/field-patch.ts';

type Wanted = Pick<ConfigurationReference, 'kind' | 'name' | 'key'>;

/** What of a ConfigMap or Secret is missing: the object, or the key in it; undefined when both are there. */
export async function missingConfiguration(
  { kind, name, key }: Wanted,
  namespace: string,
  live: Live,
): Promise<string | undefined> {
  const object = await live.cluster.get({ apiVersion: 'v1', kind, namespace, name }, { signal: live.signal });
  if (object === undefined) return `${kind} ${namespace}/${name}`;
  const keys = ['data', 'binaryData', 'stringData'].flatMap((field) =>
    Object.keys((fieldAt(object, [field]) as object | null | undefined) ?? {}),
  );
  return key === '' || keys.includes(key) ? undefined : `key "${key}" of ${kind} ${namespace}/${name}`;
}

/** The ConfigMaps and Secrets that pods of this template read, each once. */
export function configurationOfTemplate(template: unknown, namespace: string): readonly string[] {
  const names = configurationReferences(podTemplate.read(template)).map(
    ({ kind, name }) => `${kind} ${namespace}/${name}`,
  );
  return [...new Set(names)];
}

/** ConfigMaps, Secrets and keys that pods of this template need to start, and that are not there. */
export async function missingOfTemplate(template: unknown, namespace: string, live: Live): Promise<readonly string[]> {
  const needed = configurationReferences(podTemplate.read(template)).filter((reference) => !reference.optional);
  const distinct = distinctBy(needed, ({ kind, name, key }) => `${kind}/${name}/${key}`);
  const missing = await Promise.all(distinct.map((reference) => missingConfiguration(reference, namespace, live)));
  return [...new Set(missing.filter((text) => text !== undefined))];
}
