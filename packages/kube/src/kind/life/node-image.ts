import { fullImageName } from '../image-name.ts';
import { compareVersions } from './kind-version.ts';

interface Release {
  readonly kind: string;
  readonly kubernetes: string;
  readonly digest: string;
}

/** What each release of kind uses when nothing is said: pkg/apis/config/defaults/image.go of its tag. */
const releases: readonly Release[] = [
  { kind: '0.33.0', kubernetes: '1.37.0', digest: 'a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5' },
  { kind: '0.32.0', kubernetes: '1.36.1', digest: '3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5' },
  { kind: '0.31.0', kubernetes: '1.35.0', digest: '452d707d4862f52530247495d180205e029056831160e22870e37e3f6c1ac31f' },
  { kind: '0.30.0', kubernetes: '1.34.0', digest: '7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a' },
];

interface Wish {
  readonly image: string | undefined;
  readonly kubernetes: string | undefined;
}

function nodeImageOf({ kubernetes, digest }: Release): string {
  return fullImageName(`kindest/node:v${kubernetes}@sha256:${digest}`);
}

/** The image of the nodes, before it is marked. `kindVersion` as `0.33.0`. */
export function nodeImageFor({ image, kubernetes }: Wish, kindVersion: string): string {
  // A digest makes the tag meaningless, and Podman refuses a name with both.
  if (image !== undefined) return image.includes('@') ? fullImageName(image) : image;
  const usual = releases.find((release) => compareVersions(release.kind, kindVersion) <= 0) ?? releases.at(-1);
  const pinned = kubernetes === undefined ? usual : releases.find((release) => release.kubernetes === kubernetes);
  return pinned === undefined ? `docker.io/kindest/node:v${kubernetes ?? ''}` : nodeImageOf(pinned);
}

/** The version that the nodes will have, where it is known before they run. */
export function kubernetesOf({ image, kubernetes }: Wish, kindVersion: string): string | undefined {
  if (image !== undefined) return /:v(\d+\.\d+\.\d+)/.exec(image)?.[1];
  return kubernetes ?? releases.find((release) => compareVersions(release.kind, kindVersion) <= 0)?.kubernetes;
}
