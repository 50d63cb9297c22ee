import type { ManifestDesk } from '../../manifests/manifest-desk.ts';
import type { WindowParts } from '../../window-parts.ts';

/** The desk of a window, made when the first manifest is looked at: a YAML parser is nothing that every window needs. */
export type LazyDesk = () => Promise<ManifestDesk>;

export function lazyDesk(parts: WindowParts): LazyDesk {
  let made: Promise<ManifestDesk> | undefined;
  return async () =>
    await (made ??= import('../../manifests/manifest-desk.ts').then(({ ManifestDesk: Desk }) => new Desk(parts)));
}
