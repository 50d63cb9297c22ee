import type { Snapshot } from '@autodevops/domain/snapshot';
import { imageReference, repositoryOf } from './image-reference.ts';
import { nearMatches } from '../near-match.ts';
import { perSnapshot } from '../per-snapshot.ts';

/** Images that certainly exist: those that nodes hold or containers run. Tags by repository. */
const knownImages = perSnapshot((snapshot): ReadonlyMap<string, ReadonlySet<string>> => {
  const tags = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const add = (image: string): void => {
    // Thousands of pods run a few images.
    if (seen.has(image)) return;
    seen.add(image);
    const { tag } = imageReference(image);
    if (tag === '' || tag === '<none>') return;
    const repository = repositoryOf(image);
    const held = tags.get(repository);
    if (held === undefined) tags.set(repository, new Set([tag]));
    else held.add(tag);
  };
  for (const node of snapshot.list('Node')) for (const image of node.status.images) image.names.forEach(add);
  for (const pod of snapshot.list('Pod')) {
    for (const status of pod.status.containerStatuses) {
      if (status.state.running !== undefined && (status.imageID ?? '') !== '') add(status.image ?? '');
    }
  }
  return tags;
});

/** Tags of the same repository that exist, other than this one; the nearest first, at most three. */
export function otherTags(snapshot: Snapshot, image: string): readonly string[] {
  const { tag } = imageReference(image);
  const all = [...(knownImages(snapshot).get(repositoryOf(image)) ?? [])].filter((t) => t !== tag);
  const near = nearMatches(tag, all);
  return [
    ...near,
    ...all
      .filter((t) => !near.includes(t))
      .toSorted()
      .toReversed(),
  ].slice(0, 3);
}

/** Repositories in the same registry whose name is nearly this one's, with a tag that exists. */
export function alikeRepositories(snapshot: Snapshot, image: string): readonly string[] {
  const { registry, tag } = imageReference(image);
  const images = knownImages(snapshot);
  const inRegistry = [...images.keys()].filter((repository) => repository.startsWith(`${registry}/`));
  const near = nearMatches(repositoryOf(image), inRegistry);
  return near.map((repository) => {
    const tags = images.get(repository) ?? new Set<string>();
    return `${repository.replace(/^docker\.io\/(?:library\/)?/, '')}:${tags.has(tag) ? tag : ([...tags][0] ?? tag)}`;
  });
}
