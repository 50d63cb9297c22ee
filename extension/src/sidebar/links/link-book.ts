import { oneLine } from '@autodevops/domain/printable';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectName } from '../../tree/subject.ts';
import type { LinkId, Span } from '../protocol/span.ts';
import type { LinkTarget } from './link-target.ts';

/** Of a page that stays open for days the oldest links are forgotten. */
const kept = 50_000;
const longest = 160;

/** The links that were given to the page. The same target has the same link. */
export class LinkBook {
  readonly #targets = new Map<LinkId, LinkTarget>();
  readonly #ids = new Map<string, LinkId>();
  readonly #kept: number;
  #given = 0;

  constructor(most = kept) {
    this.#kept = most;
  }

  id(target: LinkTarget): LinkId {
    const key = JSON.stringify(target);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = `l-${(this.#given += 1)}`;
    this.#ids.set(key, id);
    this.#targets.set(id, target);
    this.#forgetOldest();
    return id;
  }

  /** Undefined for what was never given, or is forgotten. */
  target(id: LinkId): LinkTarget | undefined {
    return this.#targets.get(id);
  }

  span(text: string, target: LinkTarget): Span {
    return { text: oneLine(text, longest), link: this.id(target) };
  }

  object({ kind, namespace, name }: ObjectName): Span {
    const object = { kind, namespace, name };
    return this.span(refText(object), { type: 'object', object });
  }

  #forgetOldest(): void {
    const [oldest] = this.#targets;
    if (this.#targets.size <= this.#kept || oldest === undefined) return;
    this.#targets.delete(oldest[0]);
    this.#ids.delete(JSON.stringify(oldest[1]));
  }
}
