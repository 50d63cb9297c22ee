import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { refToCustom } from './platform/custom-objects.ts';
import { dependencyOf } from './network/dependency.ts';
import { networkTarget } from './network/network-target.ts';
import { perSnapshot } from './per-snapshot.ts';
import { webhooksOf } from './platform/webhook.ts';

const longest = 4_000;
const most = 20;

const byPath = /\b([A-Z][A-Za-z]{2,40})\/([a-z0-9][a-z0-9.-]{0,62})\/([a-z0-9][a-z0-9.-]{0,252})/g;

/** Objects that a message names as `Deployment/shop/web`. */
export function objectsNamed(message: string): readonly ObjectRef[] {
  const found = [...message.slice(0, longest).matchAll(byPath)].slice(0, most);
  return found.map(([, kind = '', namespace = '', name = '']) => ({ apiVersion: '', kind, namespace, name, uid: '' }));
}

const inWords = /\b([A-Z][A-Za-z]{2,40}) "?([a-z0-9][a-z0-9.-]{0,252})/g;

const customByWords = perSnapshot(
  (snapshot) =>
    new Map(snapshot.custom.map((object) => [`${object.kind} ${object.metadata.name}`, refToCustom(object)])),
);

/** Custom objects that a message names in words, as `MachineConfigPool worker`: only those that there are, as words are many. */
export function customNamed(snapshot: Snapshot, message: string): readonly ObjectRef[] {
  const found = [...message.slice(0, longest).matchAll(inWords)].slice(0, 2 * most);
  const refs = found.flatMap(
    ([, kind = '', name = '']) => customByWords(snapshot).get(`${kind} ${name.replace(/\.$/, '')}`) ?? [],
  );
  return [...new Set(refs)];
}

/** The configurations of the webhooks that could not be called, as the API server's sentence names them. */
export function webhooksNamed(snapshot: Snapshot, message: string): readonly ObjectRef[] {
  const name = /failed calling webhook "([^"]{1,253})"/.exec(message.slice(0, longest))?.[1];
  return name === undefined
    ? []
    : webhooksOf(snapshot)
        .filter((webhook) => webhook.name === name)
        .map((webhook) => webhook.object);
}

/** The Service or pod that a message says could not be reached, by the address in it. */
export function unreachedIn(snapshot: Snapshot, message: string, namespace: string): readonly ObjectRef[] {
  const lower = message.slice(0, longest).toLowerCase();
  if (!/dial|connect|refused|timeout|no such host|eof/.test(lower)) return [];
  const { ref } = dependencyOf(snapshot, namespace, networkTarget(lower));
  return ref === undefined ? [] : [ref];
}

const conversion = /conversion webhook for ([\w.-]{1,120})\/[\w.-]{1,40}, Kind=([\w-]{1,80}) failed/;

/** The kind whose objects could not be converted, as the API server's sentence names it. */
export function unconvertedIn(message: string): { readonly group: string; readonly kind: string } | undefined {
  const [, group, kind] = conversion.exec(message.slice(0, longest)) ?? [];
  return group === undefined || kind === undefined ? undefined : { group, kind };
}

/** The definition of that kind. */
export function definitionsUnconverted(snapshot: Snapshot, message: string): readonly ObjectRef[] {
  const named = unconvertedIn(message);
  const crd =
    named === undefined
      ? undefined
      : snapshot
          .list('CustomResourceDefinition')
          .find(({ spec }) => spec.group === named.group && spec.names.kind === named.kind);
  return crd === undefined ? [] : [refTo('CustomResourceDefinition', crd)];
}
