import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'image', severity: 'critical' } as const;

export const imageNotFound: CodeEntry = {
  ...base,
  code: 'pod.image.not-found',
  title: 'Image not found',
  means:
    'The registry answered, and it has no image of that name or tag. The container cannot start until the reference is right or the image is pushed.',
  recognised:
    'A container waits with ErrImagePull or ImagePullBackOff, and the runtime quotes the registry: "not found", "manifest unknown", "name unknown".',
  nextSteps: [
    'Correct the image name or tag in the workload, or push the image that it names.',
    'If a release brought the new tag, roll it back until the image exists.',
  ],
  avoid: ['Do not delete the pods: their replacements ask for the same image.'],
};

export const imageUnauthorized: CodeEntry = {
  ...base,
  code: 'pod.image.unauthorized',
  title: 'Registry refuses the pull',
  means:
    'The registry wants credentials that the pod does not present, or does not accept those that it presents. Docker Hub gives the same answer for a repository that does not exist.',
  recognised:
    'A container waits for its image, and the runtime quotes "unauthorized", "401", "403", "denied" or "no basic auth credentials".',
  nextSteps: [
    'Create a pull secret for the registry (`kubectl create secret docker-registry`) and name it in imagePullSecrets of the pod template or of its service account.',
    'Check the repository name: some registries answer "denied" for names that do not exist.',
  ],
  avoid: ['Do not make the repository public to get past this.'],
};

export const pullSecretMissing: CodeEntry = {
  ...base,
  code: 'pod.image.pull-secret-missing',
  title: 'Pull secret missing',
  means:
    'The pod names a pull secret that does not exist or is of the wrong type, so the registry sees an anonymous request and refuses it.',
  recognised:
    'The pull is refused, and an entry of spec.imagePullSecrets names no Secret in the namespace or one whose type is not kubernetes.io/dockerconfigjson.',
  nextSteps: [
    'Create the Secret of type kubernetes.io/dockerconfigjson in the same namespace as the pod, or correct the name in imagePullSecrets.',
  ],
  avoid: ['Do not copy registry credentials into the pod template or the image name.'],
};

export const registryUnresolved: CodeEntry = {
  ...base,
  code: 'pod.image.registry-unresolved',
  title: 'Registry name not resolved',
  means:
    'The node asked DNS for the registry and got no address: the registry is misspelt, or the node has no working DNS or no way out.',
  recognised:
    'A container waits for its image, and the runtime quotes "no such host" or another failed look-up of the registry.',
  nextSteps: [
    'Check the spelling of the registry in the image reference.',
    'If it is right, check the DNS of the node (not of the cluster): `nslookup REGISTRY` on the node.',
    'On a Kind cluster without a way out, load the image: `kind load docker-image IMAGE`.',
  ],
  avoid: ['Do not change CoreDNS for this: nodes resolve registries with their own resolver.'],
};

export const nodeProxyFails: CodeEntry = {
  group: 'node',
  severity: 'critical',
  code: 'node.registry-proxy.failing',
  title: "The node's way to registries leads through a proxy that fails",
  means:
    'The container runtime of the node is told a proxy (HTTP_PROXY, HTTPS_PROXY), and its connection to the proxy fails. Images that the node holds already still start.',
  recognised: 'A container waits for its image, and the runtime quotes "proxyconnect tcp".',
  nextSteps: [
    'On the node, look at the proxy that its runtime is told: `systemctl show containerd --property=Environment`, most often from /etc/systemd/system/containerd.service.d/http-proxy.conf (on K3s and RKE2 from /etc/systemd/system/*.env or /etc/default/*).',
    'Correct it or mend the proxy, then `systemctl daemon-reload && systemctl restart containerd`. Compare with a node on which images can be pulled.',
  ],
  avoid: ['Do not change image or pull secret: the registry was not asked.'],
};

export const registryUnreachable: CodeEntry = {
  ...base,
  code: 'pod.image.registry-unreachable',
  title: 'Registry unreachable',
  means:
    'The registry has an address, but the node gets no answer or only errors from it: it is down, or a firewall or proxy is in the way.',
  recognised:
    'A container waits for its image, and the runtime quotes a refused or timed-out connection or a 5xx answer.',
  nextSteps: [
    'From the node, open the registry: `curl -v https://REGISTRY/v2/`.',
    'Check the registry, and firewall and proxy settings of the container runtime on the node.',
  ],
  avoid: ['Do not restart the workload: the pull is tried again by itself with growing pauses.'],
};

export const registryUntrusted: CodeEntry = {
  ...base,
  code: 'pod.image.registry-tls',
  title: 'Registry not trusted',
  means:
    'The node reaches the registry but cannot make a secure connection: an unknown or expired certificate, or a registry that speaks plain HTTP.',
  recognised:
    'A container waits for its image, and the runtime quotes "x509:" or "server gave HTTP response to HTTPS client".',
  nextSteps: [
    "Install the registry's CA certificate for the container runtime on every node, or renew the certificate.",
    'For a registry without TLS in a development cluster, configure it as an HTTP mirror in the runtime.',
  ],
  avoid: ['Do not switch certificate checks off for a registry outside a development cluster.'],
};

export const registryRateLimit: CodeEntry = {
  ...base,
  code: 'pod.image.rate-limited',
  title: 'Registry limits pulls',
  means: 'The registry refuses more pulls from this address for now. It answers again when its window has passed.',
  recognised: 'A container waits for its image, and the runtime quotes "toomanyrequests", "429" or "rate limit".',
  nextSteps: [
    'Pull with an account: add a pull secret for the registry.',
    'Use a mirror or copy the image into your own registry.',
    'Use a fixed tag with imagePullPolicy IfNotPresent, so that nodes pull once.',
  ],
  avoid: ['Do not delete pods to retry: each retry counts against the limit.'],
};

export const imageNeverPulled: CodeEntry = {
  ...base,
  code: 'pod.image.never-pull',
  title: 'Image not on the node',
  means:
    'The pod forbids pulling (imagePullPolicy: Never), and the node does not hold the image. The usual mistake with Kind is an image that was built but not loaded.',
  recognised: 'A container waits with ErrImageNeverPull.',
  nextSteps: [
    'Load the image onto the nodes (Kind: `kind load docker-image IMAGE`), or set imagePullPolicy to IfNotPresent and push the image to a registry.',
  ],
  avoid: ['Do not switch to the tag latest: it makes every start ask a registry.'],
};

export const imageNameInvalid: CodeEntry = {
  ...base,
  code: 'pod.image.invalid-name',
  title: 'Image name invalid',
  means: 'The image reference cannot be read as one, so nothing is even asked for.',
  recognised: 'A container waits with InvalidImageName.',
  nextSteps: [
    'Write the reference as registry/repository:tag in lower case, without scheme (https://), spaces or empty parts; look for a variable that was not filled in.',
  ],
  avoid: ['Do not rename the image in the registry: the reference in the workload is what is wrong.'],
};

export const imageUnsigned: CodeEntry = {
  ...base,
  code: 'pod.image.signature',
  title: 'Signature of the image is not accepted',
  means:
    'The runtime of the node has a policy that images of this registry must be signed, and the image is not, or not with a key that the policy knows. The registry and the credentials are fine.',
  recognised:
    'A container waits with SignatureValidationFailed, or the runtime quotes "Source image rejected" or that a signature was required.',
  nextSteps: [
    'Sign the image with the key that the policy of the cluster expects, and push the signature beside it.',
    'See which policy applies: /etc/containers/policy.json and registries.d on the node, on OpenShift ClusterImagePolicy and ImagePolicy.',
  ],
  avoid: ['Do not loosen the policy to get one image in.'],
};

export const imageFormat: CodeEntry = {
  ...base,
  code: 'pod.image.format',
  title: 'Runtime does not read the format of the image',
  means:
    'The registry has the image, in a format that the container runtime of the node does not take: the old manifest of Docker (schema 1), which runtimes have dropped, or something that is no container image, such as a Helm chart.',
  recognised:
    'A container waits for its image, and the runtime quotes a media type or schema version that it does not support.',
  nextSteps: [
    'Build the image again, or copy it once with a tool that converts it (`skopeo copy --format v2s2`, `crane`), and push it under the same name.',
    'See that the reference names the image and not another artifact of the registry.',
  ],
  avoid: ['Do not take the runtime of the nodes back for one old image.'],
};

export const imageBlocked: CodeEntry = {
  ...base,
  code: 'pod.image.blocked',
  title: 'Registry withholds the image by its own policy',
  means:
    'The registry has the image and the credentials are fine, but a policy of the registry (known weaknesses, a missing scan or signature, quarantine) forbids to hand it out.',
  recognised:
    'A container waits for its image, and the runtime quotes that it cannot be pulled due to a configured policy, or 412 Precondition Failed.',
  nextSteps: [
    'See the report of the registry for this image, and build it again with repaired packages.',
    'If the finding does not concern you, have an exception entered where the policy is kept.',
  ],
  avoid: ['Do not push the same image under another name to get past the policy.'],
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

export const imageStoreDamaged: CodeEntry = {
  ...base,
  code: 'pod.image.node-store',
  title: "Node's own store of images is damaged",
  means:
    'The registry has the image, but what the node holds of it from an earlier pull is incomplete, as after a power cut: the container runtime cannot put it together.',
  recognised:
    'A container waits for its image, and the runtime says that it cannot extract a layer or does not find a blob in its own content store.',
  nextSteps: [
    'Remove the image with what was pulled of it from that node, so that it is pulled whole: `crictl rmi IMAGE`; if the error stays, `ctr -n k8s.io content ls` names the blob, and `ctr -n k8s.io content rm` removes it.',
    'If several images of the node are concerned, cordon and drain it, empty the store of its runtime and let it join again.',
  ],
  avoid: ['Do not change the tag: the image is well, and other nodes run it.'],
};

export const imagePullFailed: CodeEntry = {
  ...base,
  code: 'pod.image.pull-failed',
  title: 'Image cannot be pulled',
  means:
    'The kubelet cannot get the image, and the reason that it gives is none of the usual ones or is no longer to be seen.',
  recognised:
    'A container waits with ErrImagePull, ImagePullBackOff or ImageInspectError without a text that tells more.',
  nextSteps: [
    'Read the newest events of the pod: `kubectl describe pod NAME`.',
    'Try the pull on the node: `crictl pull IMAGE`.',
  ],
  avoid: ['Do not delete the pod to retry: the kubelet tries again by itself with growing pauses.'],
};
