import { printable } from '@autodevops/domain/printable';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectName } from '../../tree/subject.ts';
import type { Line, Span } from '../protocol/span.ts';
import type { LinkBook } from './link-book.ts';

/** As `refText` writes it: `Deployment shop/web`, `Node worker-1`. Names of Kubernetes end in a letter or digit. */
const reference =
  /(?<![\w/.-])(?<kind>[A-Z][A-Za-z]{2,60}) (?:(?<namespace>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\/)?(?<name>[a-z0-9](?:[a-z0-9.:-]{0,251}[a-z0-9])?)(?![\w/-])/g;

function known(objects: readonly ObjectName[]): ReadonlyMap<string, ObjectName> {
  return new Map(objects.map((object) => [refText(object), object]));
}

/** The object that a whole text names; undefined where it names none. */
export function objectNamed(text: string): ObjectName | undefined {
  const [found] = [...text.matchAll(reference)];
  if (found === undefined || found[0] !== text) return undefined;
  const { kind = '', namespace = '', name = '' } = found.groups ?? {};
  return { kind, namespace, name };
}

/** What the sentence names of these objects can be pressed; with a namespace, objects that are not among them too. */
export function linkedText(text: string, objects: readonly ObjectName[], links: LinkBook): Line {
  const names = known(objects);
  const spans: Span[] = [];
  let end = 0;
  for (const found of text.matchAll(reference)) {
    const { kind = '', namespace = '', name = '' } = found.groups ?? {};
    // "Container web" and "Service account" are words; with a namespace, or known, it is an object.
    const object = names.get(found[0]) ?? (namespace === '' ? undefined : { kind, namespace, name });
    if (object === undefined) continue;
    if (found.index > end) spans.push({ text: printable(text.slice(end, found.index)) });
    spans.push(links.object(object));
    end = found.index + found[0].length;
  }
  if (end < text.length) spans.push({ text: printable(text.slice(end)) });
  return spans;
}
