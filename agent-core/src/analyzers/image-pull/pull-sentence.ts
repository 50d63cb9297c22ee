import type { CodeEntry } from '@autodevops/domain/finding';
import { imageReference } from '../../reading/images/image-reference.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import { said } from '../../reading/said.ts';
import * as codes from './codes.ts';
import { isOfficialName } from './pull-class.ts';
import { perhapsAbsent, refusalOf, refusalText } from './pull-refusal.ts';

/** What is wrong with the pull, in one sentence. */
export function pullSentence(code: CodeEntry, failure: ImagePullFailure): string {
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
