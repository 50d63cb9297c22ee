import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { missingKeySteps } from '../../evidence/missing-key-steps.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import { messageEnd } from '../../reading/long-message.ts';
import { volumeText } from '../../reading/pods/volumes/mount-of-path.ts';
import { startClassOf } from '../../reading/pods/starting/start-failure-class.ts';
import { unstartedContainers } from '../../reading/pods/starting/start-failure.ts';
import type { UnstartedContainer } from '../../reading/pods/starting/start-failure.ts';
import { stuckPods } from '../../reading/pods/starting/stuck-pod.ts';
import type { StuckPod } from '../../reading/pods/starting/stuck-pod.ts';
import type { Analyzer } from '../analyzer.ts';
import { hostPathFailed, mountPointFailed, sourceSealed, subPathFailed, tokenFailed } from './codes.ts';

/** The mount that a message is about: by the name of its volume, or by its place in the container. */
function mountIn({ view, failure }: UnstartedContainer): number {
  const { message } = failure;
  const { volumeMounts } = view.spec;
  const bySubPath = volumeMounts.findIndex(
    (m) =>
      (m.subPath ?? m.subPathExpr ?? '') !== '' &&
      (message.includes(`volumeMount "${m.name}"`) ||
        message.includes(`/volume-subpaths/${m.name}/`) ||
        message.includes(`"${m.mountPath}"`)),
  );
  return bySubPath >= 0
    ? bySubPath
    : volumeMounts.findIndex((m) => m.mountPath !== '' && message.includes(`"${m.mountPath}"`));
}

/** Folders that the kubelet may not make in a claim are one trouble for all who want one there: its share refuses root. */
function sharedClaim(
  { pod }: UnstartedContainer,
  lower: string,
  volume: Pod['spec']['volumes'][number] | undefined,
): Pick<Finding, 'sharedWith'> {
  const { claimName } = volume?.persistentVolumeClaim ?? {};
  return claimName === undefined || !lower.includes('failed to prepare subpath')
    ? {}
    : { sharedWith: `${pod.metadata.namespace}/${claimName}` };
}

/** What the kernel says at the end of the runtime's message. */
const kernelWords =
  /: (read-only file system|permission denied|operation not permitted|device or resource busy|file exists|input\/output error|no space left on device)(?:: unknown)?\W*$/;

/** Why the place for the mount could not be made: by the kernel's words, and of a folder that may only be read which mount that is. */
function whyNot({ view, failure }: UnstartedContainer, index: number): string {
  const words = kernelWords.exec(failure.message.trim())?.[1];
  if (words === undefined) return '';
  const place = view.spec.volumeMounts[index]?.mountPath ?? '';
  const around = view.spec.volumeMounts.find(
    (other) => place.startsWith(`${other.mountPath.replace(/\/+$/, '')}/`) && other.mountPath !== place,
  );
  if (words !== 'read-only file system') return `: ${words}`;
  return around === undefined
    ? `: ${words}`
    : `: it lies within "${around.mountPath}" (volume "${around.name}"), where nothing may be made (${words})`;
}

const refusedFolder =
  'The kubelet, which makes such a folder as root, failed at that: see whether the share takes root for nobody (`root_squash` of NFS) or is read-only or full; a folder made there beforehand helps as well.';

function checkContainer(snapshot: Snapshot, unstarted: UnstartedContainer): Finding[] {
  const { pod, ref, view, failure } = unstarted;
  if (startClassOf(failure.reason, failure.message) !== 'mount') return [];
  const index = mountIn(unstarted);
  const mount = view.spec.volumeMounts[index];
  const subPath = mount?.subPath ?? mount?.subPathExpr ?? '';
  const lower = failure.message.toLowerCase();
  const code =
    subPath !== '' || lower.includes('subpath') || lower.includes('directory onto a file')
      ? subPathFailed
      : mountPointFailed;
  const volume = pod.spec.volumes.find((v) => v.name === mount?.name);
  const shared = sharedClaim(unstarted, lower, volume);
  const what =
    mount === undefined
      ? 'one of its volumes'
      : `${subPath === '' ? '' : `"${subPath}" of `}${volumeText(volume)} at "${mount.mountPath}"`;
  const said =
    failure.event === undefined ? fromStatus(ref, failure.path, messageEnd(failure.message)) : fromEvent(failure.event);
  return [
    finding(code, {
      object: ref,
      cause: `Container "${view.spec.name}" does not start because ${what} cannot be mounted${kindsDiffer(lower) ? ': one of the two is a folder and the other a file' : whyNot(unstarted, index)}.`,
      evidence: [
        said,
        ...(mount === undefined
          ? []
          : [
              fromSpec(
                ref,
                `${view.path}.volumeMounts[${index}]`,
                `${mount.mountPath}${subPath === '' ? '' : ` (subPath ${subPath})`}`,
              ),
            ]),
      ],
      since: failure.event?.first ?? pod.metadata.creationTimestamp ?? '',
      facet: `${view.spec.name} ${mount?.mountPath ?? ''}`,
      ...shared,
      nextSteps: [
        ...(shared.sharedWith === undefined ? [] : [refusedFolder]),
        ...missingKeySteps(snapshot, pod, volume, mount?.subPath ?? ''),
        ...code.nextSteps,
      ],
    }),
  ];
}

/** A file over a folder, or a folder over a file. */
function kindsDiffer(lower: string): boolean {
  return (
    lower.includes('directory onto a file') || lower.includes('not a directory') || lower.includes('is a directory')
  );
}

function volumeNamed(message: string): string {
  return /for volume "([^"]{1,253})"/.exec(message)?.[1] ?? '';
}

/** The node has another container runtime than the one whose socket is wanted. */
function dockerGone(
  snapshot: Snapshot,
  pod: Pod,
  path: string,
): { readonly runtime: string; readonly evidence: readonly Evidence[] } | undefined {
  const node = path.endsWith('/docker.sock') ? snapshot.get('Node', '', pod.spec.nodeName ?? '') : undefined;
  const runtime = node?.status.nodeInfo.containerRuntimeVersion ?? '';
  if (node === undefined || runtime === '' || runtime.startsWith('docker:')) return undefined;
  return {
    runtime: runtime.split(':')[0] ?? runtime,
    evidence: [fromStatus(refTo('Node', node), 'status.nodeInfo.containerRuntimeVersion', runtime)],
  };
}

const sealed = ['unable to transform key', 'failed to decrypt', 'error decrypting'];

/** The key service of the control plane: plugins run as pods of its machines, named after what they are. */
function keyServices(snapshot: Snapshot): Finding['because'] {
  const plugins = snapshot
    .listIn('Pod', 'kube-system')
    .filter(
      ({ metadata: { name, labels } }) =>
        /(?:^|-)kms(?:-|$)/.test(name) || /(?:^|-)kms(?:-|$)/.test(labels['component'] ?? ''),
    );
  return [...plugins, ...controlPlanePods(snapshot, 'kube-apiserver')].map((plugin) => ({
    object: refTo('Pod', plugin),
  }));
}

function tellSealed(
  snapshot: Snapshot,
  { ref }: StuckPod,
  at: { readonly name: string; readonly evidence: Evidence; readonly since: string },
): Finding {
  const cause = `Volume "${at.name}" of pod "${ref.name}" is not mounted because the API server cannot decrypt what it holds: ${rootError(at.evidence.quote)}.`;
  return finding(sourceSealed, {
    object: ref,
    cause,
    evidence: [at.evidence],
    since: at.since,
    facet: at.name,
    because: keyServices(snapshot),
    sharedWith: 'decryption',
  });
}

function checkVolumes(snapshot: Snapshot, stuck: StuckPod): Finding[] {
  const { pod, ref, complaints } = stuck;
  return complaints.flatMap(({ message, event }) => {
    const lower = message.toLowerCase();
    const name = volumeNamed(message);
    const index = pod.spec.volumes.findIndex((v) => v.name === name);
    const volume = pod.spec.volumes[index];
    if (event === undefined) return [];
    const shared = { object: ref, since: event.first ?? stuck.since, facet: name };
    const said = fromEvent({ ...event, message: messageEnd(event.message) });
    if (lower.includes('hostpath type check failed')) {
      const path = volume?.hostPath?.path ?? '';
      const spec =
        volume?.hostPath === undefined
          ? []
          : [fromSpec(ref, `spec.volumes[${index}].hostPath`, `${path} (type ${volume.hostPath.type ?? ''})`)];
      const other = dockerGone(snapshot, pod, path);
      const type = volume?.hostPath?.type;
      return [
        finding(hostPathFailed, {
          ...shared,
          cause: `Volume "${name}" needs ${path === '' ? 'a path' : `"${path}"`} on node ${pod.spec.nodeName ?? ''}, which is not ${type === undefined ? 'there' : `a ${type.toLowerCase()} there`}${other === undefined ? '' : `: the node runs ${other.runtime} and no Docker`}.`,
          evidence: [said, ...spec, ...(other?.evidence ?? [])],
          ...(other === undefined
            ? {}
            : {
                nextSteps: [
                  'Do the work without the Docker socket: build images with BuildKit, Buildah or Kaniko, read containers through the kubelet or the socket of the runtime (CRI).',
                  'Or run it on nodes that have Docker.',
                ],
              }),
        }),
      ];
    }
    if (sealed.some((words) => lower.includes(words))) {
      return [tellSealed(snapshot, stuck, { name, evidence: said, since: shared.since })];
    }
    if (!lower.includes('failed to fetch token') && !lower.includes('failed to get service account token')) return [];
    const account = pod.spec.serviceAccountName ?? 'default';
    return [
      finding(tokenFailed, {
        ...shared,
        cause: `The token of service account "${account}" for the pod cannot be made, so volume "${name}" is not mounted.`,
        evidence: [said],
        because: [{ object: refByName('ServiceAccount', pod.metadata.namespace, account) }],
        facet: account,
      }),
    ];
  });
}

export const volumeMount: Analyzer = {
  name: 'volume-mount',
  codes: [subPathFailed, mountPointFailed, hostPathFailed, sourceSealed, tokenFailed],
  analyze: (snapshot) => [
    ...unstartedContainers(snapshot).flatMap((unstarted) => checkContainer(snapshot, unstarted)),
    ...stuckPods(snapshot).flatMap((stuck) => checkVolumes(snapshot, stuck)),
  ],
};
