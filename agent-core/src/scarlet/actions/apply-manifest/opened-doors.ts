import type { Manifest } from '@autodevops/domain/change/operation';
import { fieldAt } from '../../patches/field-patch.ts';
import { placesIn } from './places-in.ts';

function doorOfService(service: Manifest): readonly string[] {
  const type = fieldAt(service, ['spec', 'type']);
  if (type === 'LoadBalancer') return ['A Service of type LoadBalancer is open to the outside.'];
  if (type === 'NodePort') return ['A Service of type NodePort is open on a port of every node.'];
  return type === 'ExternalName'
    ? [`A Service of type ExternalName sends who asks for it to ${String(fieldAt(service, ['spec', 'externalName']))}.`]
    : [];
}

function claimsIn(template: unknown): ReadonlySet<string> {
  const named = placesIn(template)
    .filter(({ key }) => key === 'persistentVolumeClaim')
    .map(({ value }) => fieldAt(value, ['claimName']));
  return new Set(named.filter((name): name is string => typeof name === 'string'));
}

function priorityOf(template: unknown): string {
  return String(fieldAt(template, ['spec', 'priorityClassName']) ?? '');
}

/** What people have to know of what a manifest opens: to the outside, to data of others, before others. */
export function doorNotes(manifest: Manifest, before: unknown, after: unknown): readonly string[] {
  const had = claimsIn(before);
  const [was, is] = [priorityOf(before), priorityOf(after)];
  return [
    ...(manifest.kind === 'Service' ? doorOfService(manifest) : []),
    ...[...claimsIn(after)]
      .filter((name) => !had.has(name))
      .map((name) => `The pods get at the data of PersistentVolumeClaim ${name}, which they do not yet.`),
    ...(is === '' || is === was ? [] : [`The pods get the priority of ${is}, and may push others off their nodes.`]),
  ];
}
