/** An image's name in its parts. `registry` and `library/` are filled in as a runtime fills them in. */
export interface ImageReference {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** Splits `registry.example:5000/team/app:1.2@sha256:...`. Never fails: nonsense gives parts that match nothing. */
export function imageReference(image: string): ImageReference {
  const at = image.indexOf('@');
  const digest = at < 0 ? '' : image.slice(at + 1);
  const named = at < 0 ? image : image.slice(0, at);
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const hasRegistry = first.includes('.') || first.includes(':') || first === 'localhost';
  const path = hasRegistry ? named.slice(slash + 1) : named;
  const colon = path.lastIndexOf(':');
  const tag = colon < 0 ? (digest === '' ? 'latest' : '') : path.slice(colon + 1);
  const bare = colon < 0 ? path : path.slice(0, colon);
  const registry = hasRegistry ? first.replace(/^index\.docker\.io$/, 'docker.io') : 'docker.io';
  const repository = registry === 'docker.io' && !bare.includes('/') ? `library/${bare}` : bare;
  return { registry, repository, tag, digest };
}

/** `docker.io/library/nginx`, the same for `nginx` and `docker.io/nginx`. */
export function repositoryOf(image: string): string {
  const { registry, repository } = imageReference(image);
  return `${registry}/${repository}`;
}
