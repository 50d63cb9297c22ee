import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { correctedSince } from '../../evidence/corrected-template.ts';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { servicesOfRegistry } from '../../reading/images/own-registry.ts';
import { imageReference } from '../../reading/images/image-reference.ts';
import { imagePullFailures, isWrongPlatform } from '../../reading/images/image-pull-failure.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import { messageEnd } from '../../reading/long-message.ts';
import { isPlainWord } from '../../reading/plain-word.ts';
import { said } from '../../reading/said.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import type { Analyzer } from '../analyzer.ts';
import * as codes from './codes.ts';
import { storeSentence } from './node-store.ts';
import { adviceForLoading, adviceForMissing, adviceForRefusal, attachOnly } from './pull-advice.ts';
import { isOfficialName, pullClass } from './pull-class.ts';
import { perhapsAbsent, refusalOf, refusalText } from './pull-refusal.ts';
import { checkProxies, isProxyFailure } from './node-proxy.ts';
import { badPullSecret } from './pull-secret.ts';
import type { BadPullSecret } from './pull-secret.ts';

function evidenceOf(failure: ImagePullFailure): Evidence[] {
  const { ref, view, reason, message, event } = failure;
  const statuses = view.init ? 'initContainerStatuses' : 'containerStatuses';
  const told = message === '' ? reason : `${reason}: ${messageEnd(message)}`;
  const status = fromStatus(ref, `status.${statuses}[name=${view.spec.name}].state.waiting`, told);
  const volume =
    failure.volume === undefined
      ? []
      : [fromSpec(ref, `spec.volumes[name=${failure.volume}].image.reference`, failure.image)];
  return [
    ...(event === undefined ? [] : [fromEvent({ ...event, message: messageEnd(event.message) })]),
    status,
    ...volume,
  ];
}

function sentence(code: CodeEntry, failure: ImagePullFailure): string {
  const { view, pod, image, volume } = failure;
  const { registry } = imageReference(image);
  const container = `${view.init ? 'Init container' : 'Container'} "${view.spec.name}"`;
  const who =
    volume === undefined
      ? container
      : `Volume "${volume}" of ${container.charAt(0).toLowerCase()}${container.slice(1)}`;
  const node = pod.spec.nodeName === undefined ? 'the node' : `node ${pod.spec.nodeName}`;
  switch (code.code) {
    case codes.imageNotFound.code:
      return isOfficialName(failure) && perhapsAbsent(failure)
        ? `${who} asks for image "${image}", which is not among the official images of Docker Hub.`
        : `${who} asks for image "${image}", which registry ${registry} says does not exist.`;
    case codes.imageUnauthorized.code:
      return refused(failure, who);
    case codes.registryUnresolved.code:
      return `${who} asks for image "${image}", and ${node} cannot resolve the name of registry ${registry}.`;
    case codes.registryUnreachable.code:
      return `${who} asks for image "${image}", and ${node} gets no proper answer from registry ${registry}.`;
    case codes.registryUntrusted.code:
      return `${who} asks for image "${image}", and ${node} cannot make a trusted connection to registry ${registry}${untrusted(failure)}.`;
    case codes.registryRateLimit.code:
      return `${who} asks for image "${image}", and registry ${registry} refuses because too much was pulled.`;
    case codes.imageNeverPulled.code:
      return `${who} must not pull image "${image}" (imagePullPolicy Never), and ${node} does not hold it.`;
    case codes.imageUnsigned.code:
      return `${who} asks for image "${image}", whose signature ${node} does not accept${unsigned.some((words) => failure.lower.includes(words)) ? ': it must be signed and is not' : ''}.`;
    case codes.imageBlocked.code:
      return `${who} asks for image "${image}", which registry ${registry} has, but withholds by a policy of its own.`;
    case codes.imageFormat.code:
      return `${who} asks for image "${image}", whose format the container runtime of ${node} does not read.`;
    case codes.imageNameInvalid.code:
      return `${who} names an image that is no valid reference: "${image}".`;
    case codes.imageNoSpace.code:
      return `${who} asks for image "${image}", for which ${node} has no disk space left.`;
    default:
      return `${who} waits for image "${image}", which cannot be pulled (${failure.reason}).`;
  }
}

/** Why not: by what the runtime says of the certificate. */
function untrusted({ lower, message, event }: ImagePullFailure): string {
  if (lower.includes('server gave http response to https client')) {
    return ', which answers in plain HTTP and not by TLS';
  }
  const words = /(?:x509: |remote error: tls: ).{4,240}/i.exec(event?.message ?? message)?.[0];
  return words === undefined ? '' : `: ${said(words, 200)}`;
}

const unsigned = ['no signature exists', 'signature was required', 'no signatures found'];

function refused(failure: ImagePullFailure, who: string): string {
  const { image } = failure;
  const perhaps = perhapsAbsent(failure) ? ', unless the repository does not exist' : '';
  return `${who} asks for image "${image}", which registry ${imageReference(image).registry} refuses: ${refusalText(failure, refusalOf(failure))}${perhaps}.`;
}

/** The catalogue's steps with the names of this image in them. */
function stepsFor(code: CodeEntry, { image }: ImagePullFailure): readonly string[] {
  if (!isPlainWord(image)) return code.nextSteps;
  return code.nextSteps.map((step) =>
    step.replaceAll('REGISTRY', imageReference(image).registry).replaceAll(/\bIMAGE\b/g, image),
  );
}

function renewCertificate({ image }: ImagePullFailure): string {
  return `Renew the certificate of registry ${imageReference(image).registry}, where it is kept; if it is valid, set the clock of the node.`;
}

function advice(snapshot: Snapshot, code: CodeEntry, failure: ImagePullFailure): Partial<Finding> {
  const steps = stepsFor(code, failure);
  if (code === codes.imageNotFound || code === codes.imageNameInvalid) {
    return adviceForMissing(snapshot, failure, steps);
  }
  if (code === codes.imageUnauthorized) return adviceForRefusal(snapshot, failure, steps);
  if (code === codes.imageUnsigned || code === codes.imageBlocked) {
    return { nextSteps: steps, changes: undoChanges(snapshot, failure.pod) };
  }
  if (code === codes.registryUntrusted && failure.lower.includes('has expired')) {
    return { nextSteps: [renewCertificate(failure), ...steps] };
  }
  const local =
    code === codes.imageNeverPulled || code === codes.registryUnresolved || code === codes.registryUnreachable;
  return local ? adviceForLoading(snapshot, failure, steps) : { nextSteps: steps };
}

function secretFinding(
  snapshot: Snapshot,
  failure: ImagePullFailure,
  { bad, shared }: { readonly bad: BadPullSecret; readonly shared: Partial<Finding> },
): Finding {
  const { ref, view, pod } = failure;
  const { namespace } = pod.metadata;
  const what =
    bad.problem === 'missing'
      ? `does not exist in namespace ${namespace}`
      : `is of type ${bad.type}, which holds no registry credentials`;
  const alike =
    bad.alike.length > 0 ? [`Use the pull secret that exists: ${bad.alike.map((n) => `"${n}"`).join(', ')}.`] : [];
  const other =
    bad.elsewhere.length > 0
      ? [`Copy it from namespace ${bad.elsewhere.join(', ')}: pods only use secrets of their own namespace.`]
      : [];
  return finding(codes.pullSecretMissing, {
    ...shared,
    object: ref,
    cause: `Registry ${imageReference(failure.image).registry} refuses image "${failure.image}" for container "${view.spec.name}": the pull secret "${bad.name}" ${what}.`,
    evidence: [...evidenceOf(failure), fromSpec(ref, `spec.imagePullSecrets[${bad.index}].name`, bad.name)],
    nextSteps: [...alike, ...other, ...codes.pullSecretMissing.nextSteps],
    changes: attachOnly(snapshot, pod, bad.alike),
    facet: `${view.spec.name} ${bad.name}`,
    sharedWith: `${namespace}/${bad.name}`,
  });
}

function nodeCauses(code: CodeEntry, failure: ImagePullFailure): Finding['because'] {
  const { nodeName } = failure.pod.spec;
  if (nodeName === undefined) return [];
  const object = refByName('Node', '', nodeName);
  if (code === codes.imageNoSpace) return [{ object, codes: ['node.pressure.disk', 'node.disk', 'kind.disk-full'] }];
  // The runtime pulls over the node's own network: a network plugin that is not up does not hinder it.
  const local = code === codes.registryUnresolved || code === codes.registryUnreachable;
  if (isProxyFailure(failure)) return [{ object, codes: ['node.registry-proxy.'] }];
  return local ? [{ object, codes: ['node.network.unavailable', 'node.problem.'] }] : [];
}

/** A registry that runs in the same cluster may be down itself. */
function registryCauses(snapshot: Snapshot, code: CodeEntry, { image }: ImagePullFailure): Because[] {
  if (code !== codes.registryUnreachable && code !== codes.imagePullFailed) return [];
  return servicesOfRegistry(snapshot, imageReference(image).registry).map((object) => ({
    object,
    codes: ['service.no-endpoints', 'pod.', 'workload.', 'statefulset.'],
  }));
}

/** `pull-failed` is one of these whose words are gone. */
const ofTheRegistry = [
  codes.imagePullFailed,
  codes.registryUnresolved,
  codes.registryUnreachable,
  codes.registryUntrusted,
  codes.registryRateLimit,
];

/** A registry fails everybody; its refusal those with pull secrets of the same name; an image that is gone those who name it. */
function sharedTrouble(code: CodeEntry, failure: ImagePullFailure): Pick<Finding, 'sharedWith'> {
  const { pod, image } = failure;
  const { registry } = imageReference(image);
  if (ofTheRegistry.includes(code)) return { sharedWith: registry };
  if (code === codes.imageUnauthorized) {
    return { sharedWith: [registry, refusalOf(failure), ...pod.spec.imagePullSecrets.map((s) => s.name)].join(' ') };
  }
  return code === codes.imageNotFound ? { sharedWith: `${pod.metadata.namespace} ${image}` } : {};
}

function checkPull(snapshot: Snapshot, failure: ImagePullFailure): Finding {
  const code = pullClass(failure);
  const shared = { since: failure.event?.first ?? failure.pod.metadata.creationTimestamp ?? '' };
  const bad = code === codes.imageUnauthorized ? badPullSecret(snapshot, failure.pod) : undefined;
  if (bad !== undefined) return secretFinding(snapshot, failure, { bad, shared });
  const vague = code === codes.imageUnauthorized && perhapsAbsent(failure);
  return finding(code, {
    ...shared,
    object: failure.ref,
    cause: code === codes.imageStoreDamaged ? storeSentence(snapshot, failure) : sentence(code, failure),
    evidence: evidenceOf(failure),
    confidence: vague || code === codes.imagePullFailed ? 'medium' : 'high',
    because: [
      ...nodeCauses(code, failure),
      ...registryCauses(snapshot, code, failure),
      ...correctedSince(snapshot, failure.pod),
    ],
    facet: `${failure.view.spec.name} ${failure.image}`,
    ...sharedTrouble(code, failure),
    generic: code === codes.imagePullFailed,
    ...advice(snapshot, code, failure),
  });
}

export const imagePull: Analyzer = {
  name: 'image-pull',
  codes: Object.values(codes),
  analyze: (snapshot) => {
    const failures = imagePullFailures(snapshot).filter((f) => !isWrongPlatform(f));
    return [...failures.map((f) => checkPull(snapshot, f)), ...checkProxies(failures)];
  },
};
