import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { tokenNotMounted } from './codes.ts';

const place = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How the clients of Kubernetes say that they find no token: in Go, Java, Python, JavaScript and .NET. */
const words = [
  `${place.slice(1)}/token`,
  'kubernetes_master environment variable',
  'unable to load in-cluster configuration',
  'error creating inclusterconfig',
  'service host/port is not set',
  'service token file does not exist',
  'unable to load service account token',
  'kubernetes.config.config_exception',
  'service account token not found',
];

function sayingIt({ output }: TroubledContainer): OutputLine | undefined {
  return output.findLast(
    ({ lower }) =>
      words.some((word) => lower.includes(word)) &&
      /no such file|not exist|not found|unable|no configuration|error|exception|not set/.test(lower),
  );
}

/** Who switched it off: the pod, or else its account. */
function switchedOff(snapshot: Snapshot, pod: Pod): Evidence | undefined {
  if (pod.spec.automountServiceAccountToken === false) {
    return fromSpec(refTo('Pod', pod), 'spec.automountServiceAccountToken', 'false');
  }
  const account = snapshot.get('ServiceAccount', pod.metadata.namespace, pod.spec.serviceAccountName ?? 'default');
  const off = account?.automountServiceAccountToken === false && pod.spec.automountServiceAccountToken !== true;
  return account !== undefined && off
    ? fromSpec(refTo('ServiceAccount', account), 'automountServiceAccountToken', 'false')
    : undefined;
}

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const { pod, ref, view, since } = troubled;
  const off = view.spec.volumeMounts.some(({ mountPath }) => mountPath === place)
    ? undefined
    : switchedOff(snapshot, pod);
  const line = off === undefined ? undefined : sayingIt(troubled);
  if (off === undefined || line === undefined) return [];
  const account = pod.spec.serviceAccountName ?? 'default';
  return [
    finding(tokenNotMounted, {
      object: ref,
      cause: `${whoSpeaks(troubled)} finds no token to ask the API server with ${whatFollows(troubled)}: ${off.object.kind === 'Pod' ? 'its pod' : `service account "${account}"`} has automountServiceAccountToken: false.`,
      evidence: [fromOutput(ref, view, line), off],
      since,
      facet: view.spec.name,
    }),
  ];
}

/** Programs that want to ask the API server and are given no token, as somebody switched it off. */
export function checkTokens(snapshot: Snapshot): readonly Finding[] {
  return troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled));
}
