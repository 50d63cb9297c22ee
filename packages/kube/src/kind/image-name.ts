/**
 * An image's name in full, as containerd keeps it: `web` → `docker.io/library/web:latest`
 * (github.com/distribution/reference, ParseNormalizedNamed and TagNameOnly). A digest makes the tag meaningless.
 */
export function fullImageName(image: string): string {
  const at = image.indexOf('@');
  const digest = at < 0 ? '' : image.slice(at);
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  const path = tagged ? named.slice(0, colon) : named;
  const [host = '', ...rest] = path.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(host) || host === 'localhost');
  const full = hasHost ? path : `docker.io/${rest.length === 0 ? 'library/' : ''}${path}`;
  return `${full.replace(/^index\.docker\.io\//, 'docker.io/')}${digest !== '' ? digest : `:${tagged ? named.slice(colon + 1) : 'latest'}`}`;
}
