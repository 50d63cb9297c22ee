import { refByName, refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { distinctBy } from '../distinct-by.ts';
import { hostReferences, serviceOfHost } from './host-references.ts';

/** `upstream="cart"`, `"peer": "cart:8080"`: fields in which loggers put whom they called. */
const calledField =
  /\b(?:upstream|peer|backend|target|remote|dependency|downstream|callee|server|host|service|svc|addr|address|endpoint)(?:[._](?:service|host|name|addr|address))?["']?\s*[=:]\s*["']?([a-z][a-z0-9-]{0,62}(?:\.[a-z0-9.-]{1,120})?)(?=["'\s,;:/)}]|$)/g;
const longest = 4000;

/** Services of the cluster that a line names: as a host, or in a field that says who was called. */
export function servicesInText(snapshot: Snapshot, text: string, namespace: string): readonly ObjectRef[] {
  const bounded = text.slice(0, longest);
  const hosts = [
    ...hostReferences(bounded).map(({ host }) => host),
    ...[...bounded.matchAll(calledField)].map((match) => match[1] ?? ''),
  ];
  const found = hosts.flatMap((host) => {
    const service = serviceOfHost(snapshot, host, namespace);
    return service === undefined ? [] : [refByName('Service', service.namespace, service.name)];
  });
  return distinctBy(found, refKey);
}
