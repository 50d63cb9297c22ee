import type { CodeEntry } from '@autodevops/domain/finding';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import { imageReference } from '../../reading/images/image-reference.ts';
import * as codes from './codes.ts';
import { perhapsAbsent } from './pull-refusal.ts';

/** In this order: the words of DNS and of connections hold "not found" and "denied" too. */
const words: readonly (readonly [CodeEntry, readonly string[]])[] = [
  [
    codes.imageNameInvalid,
    ['invalid reference format', 'short name mode is enforcing', 'short-name resolution enforced', 'ambiguous list'],
  ],
  [
    codes.imageUnsigned,
    [
      'signaturevalidationfailed',
      'signature validation failed',
      'source image rejected',
      'signature was required',
      'no valid signature',
      'cryptographic signature verification failed',
    ],
  ],
  [
    codes.imageBlocked,
    [
      '412 precondition failed',
      'due to configured policy',
      'quarantined',
      'blocked by policy',
      'security policy violation',
      'download blocking policy',
    ],
  ],
  [
    codes.imageFormat,
    [
      'is no longer supported since containerd',
      'manifest.v1+prettyjws',
      'unsupported manifest media type',
      'unsupported media type',
      'unexpected media type',
      'unsupported schema version',
      'schema 1 image',
      'manifest v2 schema 1',
      'unsupported image-specific operation on artifact',
    ],
  ],
  [codes.registryRateLimit, ['toomanyrequests', '429 too many requests', 'rate limit', 'ratelimit', 'status code 429']],
  [codes.imageNoSpace, ['no space left on device', 'disk quota exceeded']],
  // The words of the runtime about its own store hold "not found" too.
  [
    codes.imageStoreDamaged,
    ['content store', 'failed to extract layer', 'failed to register layer', 'layer not known', 'blob not found'],
  ],
  [
    codes.registryUntrusted,
    [
      'x509:',
      'certificate signed by',
      'tls: failed to verify',
      'server gave http response to https client',
      'remote error: tls',
      'certificate has expired',
      'first record does not look like a tls handshake',
    ],
  ],
  [
    codes.registryUnresolved,
    [
      'no such host',
      'server misbehaving',
      'temporary failure in name resolution',
      'name resolution',
      'could not resolve host',
      'dial tcp: lookup ',
      'name or service not known',
    ],
  ],
  [
    codes.registryUnreachable,
    [
      'i/o timeout',
      'connection refused',
      'no route to host',
      'network is unreachable',
      'connection reset by peer',
      'connection timed out',
      'tls handshake timeout',
      'context deadline exceeded',
      'client.timeout exceeded',
      'proxyconnect',
      '500 internal server error',
      '502 bad gateway',
      '503 service unavailable',
      '504 gateway',
      ': eof',
      'unexpected eof',
      'registryunavailable',
    ],
  ],
  [
    codes.imageUnauthorized,
    [
      'unauthorized',
      '401 ',
      'forbidden',
      '403 ',
      'access denied',
      'denied:',
      'is denied',
      'no basic auth credentials',
      'authorization failed',
      'insufficient_scope',
      'authentication required',
      'may require',
      'permission_denied',
    ],
  ],
  [
    codes.imageNotFound,
    [
      'not found',
      'manifest unknown',
      'name unknown',
      'name_unknown',
      'manifest_unknown',
      'no such manifest',
      'does not exist',
      '404 ',
    ],
  ],
];

/** `docker.io/library/…` holds only images that everybody may pull: a refusal there means that there is no such name. */
export function isOfficialName({ image }: ImagePullFailure): boolean {
  const { registry, repository } = imageReference(image);
  return registry === 'docker.io' && repository.startsWith('library/');
}

/** Why the image cannot be had, from the runtime's own words. */
export function pullClass(failure: ImagePullFailure): CodeEntry {
  if (failure.reason === 'ErrImageNeverPull') return codes.imageNeverPulled;
  if (failure.reason === 'InvalidImageName') return codes.imageNameInvalid;
  if (isOfficialName(failure) && perhapsAbsent(failure)) return codes.imageNotFound;
  const found = words.find(([, any]) => any.some((text) => failure.lower.includes(text)));
  if (found !== undefined) return found[0];
  if (failure.reason === 'RegistryUnavailable') return codes.registryUnreachable;
  return codes.imagePullFailed;
}
