import { imageReference } from '../../reading/images/image-reference.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';

/**
 * Why a registry refuses, as far as its words tell. `expired`: the credentials were good once. `rejected`: they are
 * wrong. `not-allowed`: who asks is known and may not read this repository. `node-role`: the cloud's registry asks for
 * the rights of the node. `layers`: the registry let the manifest be read, and whoever keeps the layers refuses them.
 * `way`: a registry that is open to everybody refuses this network. `anonymous`: nobody says who asks. `unclear`: none of
 * these.
 */
export type Refusal = 'expired' | 'rejected' | 'not-allowed' | 'node-role' | 'layers' | 'way' | 'anonymous' | 'unclear';

const expired = ['expired', 'no longer valid', 'reauthenticate'];
const rejected = [
  'incorrect username or password',
  'invalid username',
  'bad username',
  'wrong password',
  'password was incorrect',
  'invalid credentials',
  'http basic: access denied',
  'authentication failed',
  'bad credentials',
  'invalid token',
  'account is disabled',
  'has been revoked',
];
const notAllowed = [
  'insufficient_scope',
  'requested access to the resource is denied',
  'permission "',
  'permission_denied',
  "permission 'artifactregistry",
  'not authorized to perform',
  '403 forbidden',
  'status code 403',
  ' denied: ',
];
/** Registries that a node opens with the rights of its machine: https://kubernetes.io/docs/tasks/administer-cluster/kubelet-credential-provider/ */
const cloudRegistry =
  /(?:\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?|\.pkg\.dev|^(?:[a-z]+\.)?gcr\.io|\.azurecr\.io)$/;

/** Where nobody needs an account: who is refused there is refused for where he comes from. */
const openRegistry = /^(?:registry\.k8s\.io|k8s\.gcr\.io|mcr\.microsoft\.com|public\.ecr\.aws)$/;
/** Layers mostly lie elsewhere than the manifest, in a bucket of a cloud to which the registry redirects. */
const ofLayers = ['/blobs/sha256:', 'error pulling image configuration'];
const forbidden = ['403 forbidden', 'http 403'];

function holds(text: string, words: readonly string[]): boolean {
  return words.some((word) => text.includes(word));
}

/** What the kubelet quotes of the registry's refusal. */
export function refusalOf({ lower, pod, image }: ImagePullFailure): Refusal {
  const named = pod.spec.imagePullSecrets.length > 0;
  if (holds(lower, expired)) return 'expired';
  if (holds(lower, ofLayers) && holds(lower, forbidden)) return 'layers';
  if (named && holds(lower, rejected)) return 'rejected';
  if (!named && cloudRegistry.test(imageReference(image).registry)) return 'node-role';
  if (!named && openRegistry.test(imageReference(image).registry)) return 'way';
  if (!named) return 'anonymous';
  return holds(lower, notAllowed) ? 'not-allowed' : 'unclear';
}

/** Some registries refuse names that do not exist, and say that it may be so. */
export function perhapsAbsent({ lower }: ImagePullFailure): boolean {
  return lower.includes('does not exist or may require') || lower.includes('may not exist');
}

function secretsOf({ pod }: ImagePullFailure): string {
  return pod.spec.imagePullSecrets.map((s) => `"${s.name}"`).join(', ');
}

/** `the credentials in pull secret "regcred" have expired`, as the last words of a sentence. */
export function refusalText(failure: ImagePullFailure, refusal: Refusal): string {
  const secrets = secretsOf(failure);
  const holder = secrets === '' ? 'that the node presents' : `in pull secret ${secrets}`;
  switch (refusal) {
    case 'expired':
      return `the credentials ${holder} have expired`;
    case 'rejected':
      return `the credentials ${holder} are not accepted`;
    case 'not-allowed':
      return `the account of pull secret ${secrets} may not read this repository`;
    case 'node-role':
      return 'the pod names no pull secret, and the node itself has no right to pull';
    case 'layers':
      return 'its manifest may be read, but its layers, which often lie in a bucket of a cloud, are answered with 403 Forbidden';
    case 'way':
      return 'it is open to everybody, so the address of the node or something on the way is not let through';
    case 'anonymous':
      return 'the pod names no pull secret';
    default:
      return `the pull secret ${secrets} does not open it`;
  }
}

/** What to do first; empty where the general advice says it already. */
export function refusalSteps(failure: ImagePullFailure, refusal: Refusal): readonly string[] {
  const { registry, repository } = imageReference(failure.image);
  const secrets = secretsOf(failure);
  const { namespace } = failure.pod.metadata;
  const renew = `Put a valid account or token for ${registry} into pull secret ${secrets} of namespace ${namespace} (\`kubectl create secret docker-registry NAME --dry-run=client -o yaml | kubectl apply -f -\`); waiting pods use it at their next try.`;
  switch (refusal) {
    case 'expired':
      return [
        ...(secrets === ''
          ? [
              `Renew what the node presents to ${registry}: its credential provider, or the token in the runtime's configuration.`,
            ]
          : [renew]),
        'Let a controller renew the token before it ends, or use an account whose token does not.',
      ];
    case 'rejected':
    case 'unclear':
      return [renew];
    case 'not-allowed':
      return [
        `Give the account of pull secret ${secrets} the right to pull ${repository} from ${registry}, or check the spelling of the repository.`,
      ];
    case 'node-role':
      return [`Give the role of the node the right to pull from ${registry}; on other clusters create a pull secret.`];
    case 'layers':
      return [
        `Let the nodes read where the layers lie: the policy of a VPC endpoint (for S3: the bucket that ${registry} redirects to), a proxy or a firewall in between; \`curl -sSIL\` of the address in the message, from the node, shows who refuses.`,
        'Or mirror the image into a registry that the nodes reach wholly.',
      ];
    case 'way':
      return [
        `See from the node who refuses (\`curl -sSI https://${registry}/v2/\`): a proxy, a firewall, or the registry itself for the network of the node.`,
        'Or mirror the image into a registry that the nodes reach.',
      ];
    default:
      return [];
  }
}
