import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'image', severity: 'critical' } as const;

export const imageNotFound: CodeEntry = {
  ...base,
  code: 'pod.image.not-found',
  title: 'Image not found',
  means: 'The registry answered, and it has no image of that name or tag. The container cannot start until the reference is right or the image is pushed.',
  recognised: 'A container waits with ErrImagePull or ImagePullBackOff, and the runtime quotes the registry: "not found", "manifest unknown", "name unknown".',
  nextSteps: ['Correct the image name or tag in the workload, or push the image that it names.', 'If a release brought the new tag, roll it back until the image exists.'],
  avoid: ['Do not delete the pods: their replacements ask for the same image.'],
};

export const imageUnauthorized: CodeEntry = {
  ...base,
  code: 'pod.image.unauthorized',
  title: 'Registry refuses the pull',
  means: 'The registry wants credentials that the pod does not present, or does not accept those that it presents. Docker Hub gives the same answer for a repository that does not exist.',
  recognised: 'A container waits for its image, and the runtime quotes "unauthorized", "401", "403", "denied" or "no basic auth credentials".',
  nextSteps: ['Create a pull secret for the registry (`kubectl create secret docker-registry`) and name it in imagePullSecrets of the pod template or of its service account.', 'Check the repository name: some registries answer "denied" for names that do not exist.'],
  avoid: ['Do not make the repository public to get past this.'],
};

export const pullSecretMissing: CodeEntry = {
  ...base,
  code: 'pod.image.pull-secret-missing',
  title: 'Pull secret missing',
  means: 'The pod names a pull secret that does not exist or is of the wrong type, so the registry sees an anonymous request and refuses it.',
  recognised: 'The pull is refused, and an entry of spec.imagePullSecrets names no Secret in the namespace or one whose type is not kubernetes.io/dockerconfigjson.',
  nextSteps: ['Create the Secret of type kubernetes.io/dockerconfigjson in the same namespace as the pod, or correct the name in imagePullSecrets.'],
  avoid: ['Do not copy registry credentials into the pod template or the image name.'],
};

export const registryUnresolved: CodeEntry = {
  ...base,
  code: 'pod.image.registry-unresolved',
  title: 'Registry name not resolved',
  means: 'The node asked DNS for the registry and got no address: the registry is misspelt, or the node has no working DNS or no way out.',
  recognised: 'A container waits for its image, and the runtime quotes "no such host" or another failed look-up of the registry.',
  nextSteps: ['Check the spelling of the registry in the image reference.', 'If it is right, check the DNS of the node (not of the cluster): `nslookup REGISTRY` on the node.', 'On a Kind cluster without a way out, load the image: `kind load docker-image IMAGE`.'],
  avoid: ['Do not change CoreDNS for this: nodes resolve registries with their own resolver.'],
};

export const registryUnreachable: CodeEntry = {
  ...base,
  code: 'pod.image.registry-unreachable',
  title: 'Registry unreachable',
  means: 'The registry has an address, but the node gets no answer or only errors from it: it is down, or a firewall or proxy is in the way.',
  recognised: 'A container waits for its image, and the runtime quotes a refused or timed-out connection or a 5xx answer.',
  nextSteps: ['From the node, open the registry: `curl -v https://REGISTRY/v2/`.', 'Check the registry, and firewall and proxy settings of the container runtime on the node.'],
  avoid: ['Do not restart the workload: the pull is tried again by itself with growing pauses.'],
};

export const registryUntrusted: CodeEntry = {
  ...base,
  code: 'pod.image.registry-tls',
  title: 'Registry not trusted',
  means: 'The node reaches the registry but cannot make a secure connection: an unknown or expired certificate, or a registry that speaks plain HTTP.',
  recognised: 'A container waits for its image, and the runtime quotes "x509:" or "server gave HTTP response to HTTPS client".',
  nextSteps: ["Install the registry's CA certificate for the container runtime on every node, or renew the certificate.", 'For a registry without TLS in a development cluster, configure it as an HTTP mirror in the runtime.'],
  avoid: ['Do not switch certificate checks off for a registry outside a development cluster.'],
};

export const registryRateLimit: CodeEntry = {
  ...base,
  code: 'pod.image.rate-limited',
  title: 'Registry limits pulls',
  means: 'The registry refuses more pulls from this address for now. It answers again when its window has passed.',
  recognised: 'A container waits for its image, and the runtime quotes "toomanyrequests", "429" or "rate limit".',
  nextSteps: ['Pull with an account: add a pull secret for the registry.', 'Use a mirror or copy the image into your own registry.', 'Use a fixed tag with imagePullPolicy IfNotPresent, so that nodes pull once.'],
  avoid: ['Do not delete pods to retry: each retry counts against the limit.'],
};

export const imageNeverPulled: CodeEntry = {
  ...base,
  code: 'pod.image.never-pull',
  title: 'Image not on the node',
  means: 'The pod forbids pulling (imagePullPolicy: Never), and the node does not hold the image. The usual mistake with Kind is an image that was built but not loaded.',
  recognised: 'A container waits with ErrImageNeverPull.',
  nextSteps: ['Load the image onto the nodes (Kind: `kind load docker-image IMAGE`), or set imagePullPolicy to IfNotPresent and push the image to a registry.'],
  avoid: ['Do not switch to the tag latest: it makes every start ask a registry.'],
};

export const imageNameInvalid: CodeEntry = {
  ...base,
  code: 'pod.image.invalid-name',
  title: 'Image name invalid',
  means: 'The image reference cannot be read as one, so nothing is even asked for.',
  recognised: 'A container waits with InvalidImageName.',
  nextSteps: ['Write the reference as registry/repository:tag in lower case, without scheme (https://), spaces or empty parts; look for a variable that was not filled in.'],
  avoid: ['Do not rename the image in the registry: the reference in the workload is what is wrong.'],
};

export const imageNoSpace: CodeEntry = {
  ...base,
  code: 'pod.image.no-space',
  title: 'No space on the node for the image',
  means: "The node's disk is full, so the image cannot be stored.",
  recognised: 'A container waits for its image, and the runtime quotes "no space left on device".',
  nextSteps: ['Free disk space on the node (unused images, logs), or move the pod to another node.'],
  avoid: ["Do not delete files under the runtime's folder by hand: use `crictl rmi --prune`."],
};

export const imagePullFailed: CodeEntry = {
  ...base,
  code: 'pod.image.pull-failed',
  title: 'Image cannot be pulled',
  means: 'The kubelet cannot get the image, and the reason that it gives is none of the usual ones or is no longer to be seen.',
  recognised: 'A container waits with ErrImagePull, ImagePullBackOff or ImageInspectError without a text that tells more.',
  nextSteps: ['Read the newest events of the pod: `kubectl describe pod NAME`.', 'Try the pull on the node: `crictl pull IMAGE`.'],
  avoid: ['Do not delete the pod to retry: the kubelet tries again by itself with growing pauses.'],
};
