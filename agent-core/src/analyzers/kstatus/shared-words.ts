import type { Finding } from '@autodevops/domain/finding';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { rootError } from '../../reading/output/root-error.ts';

/** Fewer words are said of many things: `not found`. */
const fewest = 4;

const unknownHost = /\blookup ([a-z0-9-]{1,63})\.([a-z0-9.-]{3,200})(?: on [\d.:[\]a-f]{3,60})?: no such host/;

/** As a whole: `registry` is not in `registry-storage`. */
function names(words: string, name: string): boolean {
  return words.split(/[^\w.-]+/).includes(name);
}

/**
 * What troubles an object from outside, by the words of its controller: several objects of which the same is said, without
 * their own names in it, lack one thing. Of a host that nobody knows it is its domain that counts.
 */
export function sharedWords({ namespace, name }: ObjectRef, message: string): Pick<Finding, 'sharedWith'> {
  const [, , domain] = unknownHost.exec(message) ?? [];
  if (domain !== undefined) return { sharedWith: `no such host in ${domain}` };
  // OpenShift's operators say before their words of which condition they are: `Progressing: …`.
  const words = rootError(message).replace(/^[A-Z][A-Za-z]{2,80}: /, '');
  const own = names(words, name) || (namespace !== '' && words.includes(`${namespace}/`));
  return own || words.split(/\s+/).length < fewest ? {} : { sharedWith: words };
}
