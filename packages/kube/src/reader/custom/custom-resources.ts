import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import { customObject } from '@autodevops/domain/kubernetes/cluster';
import type { CustomObject, CustomResourceDefinition } from '@autodevops/domain/kubernetes/cluster';
import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import { remedyIn } from '@autodevops/domain/remedy/remedy';
import { isTelling } from './custom-groups.ts';
import type { Discovery, ServedResource } from '../discovery/discovery.ts';
import { apiRoot } from '../lists/list-source.ts';
import type { ListSource } from '../lists/list-source.ts';

export const mostOfOne = 500;
export const mostInAll = 5_000;
export const mostResources = 150;
const largestPart = 32 * 1024;

/** One object per pod or per scan, without anything for a diagnosis in it. */
const silent =
  /^(?:wgpolicyk8s\.io|aquasecurity\.github\.io|spdx\.softwarecomposition\.kubescape\.io|crd\.projectcalico\.org|metrics\.k8s\.io|.*\.metrics\.k8s\.io)$|^cilium\.io\/cilium(?:endpoints|identities|nodes|endpointslices)$/;

function isOwn({ group, plural }: ServedResource): boolean {
  return kindNames.some((kind) => kinds[kind].group === group && kinds[kind].plural === plural);
}

/** The API server's own groups have no dot, or end in .k8s.io; what projects install there is known by name. */
function isBuiltIn(group: string): boolean {
  return (!group.includes('.') || (group.endsWith('.k8s.io') && !group.endsWith('.x-k8s.io'))) && !isTelling(group);
}

function fromDefinitions(definitions: readonly CustomResourceDefinition[]): readonly ServedResource[] {
  return definitions.flatMap(({ spec: { group, names, scope, versions } }) => {
    const served = versions.filter((version) => version.served !== false);
    const version = (served.find((one) => one.storage === true) ?? served[0])?.name;
    return version === undefined
      ? []
      : [{ group, version, plural: names.plural, kind: names.kind, namespaced: scope !== 'Cluster' }];
  });
}

/** Resources without a shape of their own that are worth reading, the telling ones first. */
export function customResources(
  discovery: Discovery | undefined,
  definitions: readonly CustomResourceDefinition[],
): readonly ServedResource[] {
  const all = discovery?.resources ?? fromDefinitions(definitions);
  const worth = all.filter(
    (one) =>
      !isBuiltIn(one.group) && !isOwn(one) && !silent.test(one.group) && !silent.test(`${one.group}/${one.plural}`),
  );
  return worth.toSorted((a, b) => Number(isTelling(b.group)) - Number(isTelling(a.group)));
}

function isSmall(part: unknown): boolean {
  try {
    return part === undefined || JSON.stringify(part).length <= largestPart;
  } catch {
    return false;
  }
}

/** A custom object with its kind (lists of some leave it out), without parts that are too large to be kept. */
function readCustom({ group, version, kind }: ServedResource): (raw: unknown) => CustomObject {
  return (raw) => {
    const read = customObject.read(raw);
    return {
      ...read,
      apiVersion: read.apiVersion || joinApiVersion(group, version),
      kind: read.kind || kind,
      spec: isSmall(read.spec) ? read.spec : undefined,
      status: isSmall(read.status) ? read.status : undefined,
    };
  };
}

/** The list of a resource's objects. */
export function customSource(resource: ServedResource): ListSource {
  return {
    root: apiRoot(resource.group, resource.version),
    plural: resource.plural,
    parameters: '',
    accept: 'application/json',
    firstPage: 100,
    read: readCustom(resource),
  };
}

/** What of the custom resources could not be read, and what of them is left out because there is so much. */
export function customSpots(
  unread: readonly { resource: ServedResource; error: AutoDevOpsError }[],
  cut: readonly ServedResource[],
): readonly BlindSpot[] {
  const title = ({ group, plural }: ServedResource): string => `${plural}.${group}`;
  const denied = unread.filter(({ error }) => error.code === 'cluster.forbidden').map(({ resource }) => resource);
  const groups = [...new Set(denied.map(({ group }) => group))];
  return [
    ...(denied.length === 0
      ? []
      : [
          {
            what: `custom resources: ${denied.slice(0, 5).map(title).join(', ')}${denied.length > 5 ? ` and ${denied.length - 5} more` : ''}`,
            why: 'You may not list them.',
            remedy: `Bind a ClusterRole with {apiGroups: [${groups.map((group) => `"${group}"`).join(', ')}], resources: ["*"], verbs: ["get", "list", "watch"]}.`,
          },
        ]),
    ...unread
      .filter(({ error }) => error.code !== 'cluster.forbidden')
      .slice(0, 5)
      .map(({ resource, error }) => ({ what: title(resource), why: error.message, ...remedyIn(error) })),
    ...(cut.length === 0
      ? []
      : [
          {
            what: `some of the custom resources ${cut.slice(0, 5).map(title).join(', ')}${cut.length > 5 ? ` and ${cut.length - 5} more` : ''}`,
            why: `There are many; at most ${mostOfOne} of one kind and ${mostInAll} in all are read.`,
            remedy: 'Ask about one namespace.',
          },
        ]),
  ];
}
