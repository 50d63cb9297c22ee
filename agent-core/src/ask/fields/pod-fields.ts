import type { Pod, Volume } from '@autodevops/domain/kubernetes/pod';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { containersOf, lastTermination } from '../../reading/pods/pod-status.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { podState } from '../health/object-state.ts';
import type { Field } from './field.ts';
import { field, one, pairs, yesOrNo } from './field.ts';
import { count } from './measures.ts';
import { ofContainers, ofPodSpecs } from './template-readers.ts';

const zoneLabel = 'topology.kubernetes.io/zone';

function zoneOf({ spec }: Pod, snapshot: Snapshot): readonly string[] {
  return one(snapshot.get('Node', '', spec.nodeName ?? '')?.metadata.labels[zoneLabel]);
}

/** Where a volume comes from; the first that is set. */
const volumeSources: readonly ((volume: Volume) => string | undefined)[] = [
  ({ persistentVolumeClaim: claim }) => claim && `claim ${claim.claimName}`,
  ({ configMap }) => configMap && `ConfigMap ${configMap.name}`,
  ({ secret }) => secret && `Secret ${secret.secretName}`,
  ({ hostPath }) => hostPath && `host path ${hostPath.path}`,
  ({ nfs }) => nfs && `NFS ${nfs.server}:${nfs.path}`,
  ({ csi }) => csi && `driver ${csi.driver}`,
  ({ emptyDir }) => emptyDir && `emptyDir${emptyDir.medium === 'Memory' ? ' in memory' : ''}`,
];

/** `data: claim data-db-0`, `settings: ConfigMap settings`. */
function volumeText(volume: Volume): string {
  const from = volumeSources.flatMap((source) => source(volume) ?? [])[0];
  return from === undefined ? volume.name : `${volume.name}: ${from}`;
}

function tolerationText({ key, operator, value, effect }: Pod['spec']['tolerations'][number]): string {
  if ((key ?? '') === '') {
    return operator === 'Exists'
      ? effect === undefined || effect === ''
        ? 'everything'
        : `every ${effect} taint`
      : '';
  }
  return `${key ?? ''}${value === undefined || value === '' ? '' : `=${value}`}${effect === undefined || effect === '' ? '' : `:${effect}`}`;
}

/** Words as a shell would be given them: one with blanks in it is one word. */
function commandLine(words: readonly string[]): string {
  return words.map((word) => (/\s/.test(word) ? JSON.stringify(word) : word)).join(' ');
}

/** What pods say of themselves, and what those who make pods say that they are to be. */
export const podFields: readonly Field[] = [
  field(
    'image',
    '(?:container |docker )?images?(?: names?| references?)?',
    ofContainers(({ image }) => one(image), { init: true }),
  ),
  field(
    'pull policy',
    '(?:image )?pull polic(?:y|ies)',
    ofContainers(({ imagePullPolicy }) => one(imagePullPolicy)),
  ),
  field(
    'pull secret',
    '(?:image )?pull secrets?',
    ofPodSpecs(({ imagePullSecrets }) => imagePullSecrets.map(({ name }) => name)),
  ),
  field(
    'command',
    '(?:start(?:up)? )?commands?|entry ?points?|command lines?',
    ofContainers(({ command, args }) => one(commandLine([...command, ...args]))),
    { isFree: true },
  ),
  field(
    'argument',
    'arg(?:ument)?s?',
    ofContainers(({ args }) => one(commandLine(args))),
    { isFree: true },
  ),
  field(
    'host port',
    'host ports?',
    ofContainers(({ ports }) => ports.flatMap(({ hostPort }) => one(hostPort))),
  ),
  field(
    'service account',
    'service ?accounts?|accounts?|sa',
    ofPodSpecs(({ serviceAccountName }) => [
      serviceAccountName === undefined || serviceAccountName === '' ? 'default' : serviceAccountName,
    ]),
  ),
  field(
    'priority class',
    'priority ?class(?:es)?|priorit(?:y|ies)',
    ofPodSpecs(({ priorityClassName }) => one(priorityClassName)),
  ),
  field(
    'toleration',
    'tolerations?|tolerates?|tolerating',
    ofPodSpecs(({ tolerations }) => tolerations.map(tolerationText)),
  ),
  field(
    'node selector',
    'node ?selectors?',
    ofPodSpecs(({ nodeSelector }) => pairs(nodeSelector)),
  ),
  field(
    'host network',
    'host ?network(?:ing)?|network of (?:the|their|its) (?:host|node)',
    ofPodSpecs(({ hostNetwork }) => yesOrNo(hostNetwork)),
  ),
  field(
    'host process ids',
    'host ?pids?|host process ids?',
    ofPodSpecs(({ hostPID }) => yesOrNo(hostPID)),
  ),
  field(
    'privileged container',
    'privileged(?: containers?| mode)?',
    ofContainers(({ securityContext }) => yesOrNo(securityContext.privileged)),
  ),
  field(
    'user',
    '(?:run ?as ?)?(?:user|uid)(?: ids?)?',
    ofPodSpecs(({ containers, securityContext }) =>
      containers.flatMap((c) => one(c.securityContext.runAsUser ?? securityContext.runAsUser)),
    ),
  ),
  field(
    'added capability',
    '(?:added |linux )?capabilit(?:y|ies)',
    ofContainers(({ securityContext }) => securityContext.capabilities.add),
  ),
  field(
    'read-only root file system',
    'read.?only (?:root ?)?file ?systems?',
    ofContainers(({ securityContext }) => yesOrNo(securityContext.readOnlyRootFilesystem)),
  ),
  field(
    'host path',
    'host ?paths?',
    ofPodSpecs(({ volumes }) => volumes.flatMap(({ hostPath }) => one(hostPath?.path))),
  ),
  field(
    'volume',
    '(?:mounted )?volumes?|mounts?',
    ofPodSpecs(({ volumes }) => volumes.map(volumeText)),
  ),
  field(
    'restart policy',
    'restart polic(?:y|ies)',
    ofPodSpecs(({ restartPolicy }) => one(restartPolicy)),
  ),
  field(
    'grace period',
    '(?:termination )?grace periods?',
    ofPodSpecs(({ terminationGracePeriodSeconds }) =>
      terminationGracePeriodSeconds === undefined ? [] : [`${terminationGracePeriodSeconds} s`],
    ),
    { measure: count },
  ),
  field(
    'DNS policy',
    'dns polic(?:y|ies)',
    ofPodSpecs(({ dnsPolicy }) => one(dnsPolicy)),
  ),
  field(
    'runtime class',
    'runtime ?class(?:es)?',
    ofPodSpecs(({ runtimeClassName }) => one(runtimeClassName)),
  ),
  field(
    'init container',
    'init ?containers?',
    ofPodSpecs(({ initContainers }) => initContainers.map(({ name }) => name)),
  ),
  field(
    'container',
    'containers?|side ?cars?',
    ofContainers(({ name }) => [name]),
  ),
  field('IP', '(?:pod )?ips?(?: address(?:es)?)?|address(?:es)?', { Pod: ({ status }) => one(status.podIP) }),
  field('node', 'nodes?|hosts?|machines?|hosted|scheduled|placed', { Pod: ({ spec }) => one(spec.nodeName) }),
  field('zone', '(?:availability )?zones?|az', { Pod: zoneOf }),
  field(
    'QoS class',
    'qos(?: ?class(?:es)?)?|quality of service(?: class)?',
    { Pod: ({ status }) => one(status.qosClass) },
    { values: /^(?:best ?-?effort|burstable|guaranteed)$/i },
  ),
  field(
    'restart',
    'restarts?|re-?start(?:ing|ed)|restart ?counts?',
    { Pod: (pod) => [String(containersOf(pod).reduce((sum, { status }) => sum + (status?.restartCount ?? 0), 0))] },
    { measure: count },
  ),
  field('exit code', '(?:last )?exit (?:codes?|status(?:es)?)', {
    Pod: (pod) => containersOf(pod).flatMap(({ status }) => one(lastTermination(status)?.exitCode)),
  }),
  field(
    'state',
    '(?:pod )?phases?|pod states?',
    { Pod: (pod) => [podState(pod)] },
    { loosely: 'states?|status(?:es)?' },
  ),
  field('workload', 'workloads?|owners?', { Pod: (pod, snapshot) => [refText(workloadOf(snapshot, pod))] }),
];
