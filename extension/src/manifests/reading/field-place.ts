import { isAlias, isMap, isNode, isPair, isScalar, isSeq, visit } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import type { FieldPath } from './field-path.ts';
import type { Manifest } from './manifest.ts';

/** Offsets in the file's text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** How far a path could be followed. */
interface Followed {
  /** Of what is there: the value, or what is nearest to it. */
  readonly node: Node | undefined;
  /** The pair that holds it, if a map does. */
  readonly pair: Pair | undefined;
  /** Steps that lead on to what is not there. */
  readonly rest: FieldPath;
}

function resolved(node: unknown, document: Document): Node | undefined {
  const found = isAlias(node) ? node.resolve(document) : node;
  return isNode(found) ? found : undefined;
}

function pairOf(node: Node, key: string): Pair | undefined {
  return isMap(node) ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key) : undefined;
}

/** A key may have dots in it (`kubernetes.io/os`), which a path as text does not tell from steps. */
function pairAhead(node: Node, rest: FieldPath): { readonly pair: Pair; readonly taken: number } | undefined {
  for (let taken = 1; taken <= Math.min(rest.length, 8); taken += 1) {
    const steps = rest.slice(0, taken);
    if (steps.some((step) => typeof step === 'number')) return undefined;
    const pair = pairOf(node, steps.join('.'));
    if (pair !== undefined) return { pair, taken };
  }
  return undefined;
}

/** Follows a path as far as the document has it. */
export function follow({ document }: Pick<Manifest, 'document'>, path: FieldPath): Followed {
  let at: Followed = { node: resolved(document.contents, document), pair: undefined, rest: path };
  while (at.node !== undefined && at.rest.length > 0) {
    const [step] = at.rest;
    if (typeof step === 'number') {
      const item = isSeq(at.node) ? resolved(at.node.items[step], document) : undefined;
      if (item === undefined) return at;
      at = { node: item, pair: at.pair, rest: at.rest.slice(1) };
      continue;
    }
    const ahead = pairAhead(at.node, at.rest);
    if (ahead === undefined) return at;
    at = { node: resolved(ahead.pair.value, document), pair: ahead.pair, rest: at.rest.slice(ahead.taken) };
  }
  return at;
}

function placeOf(node: unknown): Place | undefined {
  return isNode(node) && node.range != null
    ? { start: node.range[0], end: Math.max(node.range[1], node.range[0] + 1) }
    : undefined;
}

/** The first key of what spans lines: a whole block under a squiggle is no place. */
function firstKey(node: Node): Place | undefined {
  if (isMap(node)) return placeOf(node.items[0]?.key);
  if (!isSeq(node)) return undefined;
  const [first] = node.items;
  return isNode(first) ? (firstKey(first) ?? placeOf(first)) : undefined;
}

/** Where to point at a field: its value where that is a word, else its key; what is not there is pointed at by what it would be in. */
export function placeOfField(manifest: Manifest, path: FieldPath): Place {
  const { node, pair } = follow(manifest, path);
  if (isScalar(node) && node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED' && node.value !== null) {
    return placeOf(node) ?? placeOfName(manifest);
  }
  const last = path.findLast((_, at) => follow(manifest, path.slice(0, at + 1)).rest.length === 0);
  const whole = typeof last === 'number' && node !== undefined ? firstKey(node) : placeOf(pair?.key);
  return whole ?? placeOfName(manifest);
}

/** The name of an object: where one points when nothing says better. */
export function placeOfName(manifest: Manifest): Place {
  return placeOf(follow(manifest, ['metadata', 'name']).node) ?? { start: manifest.start, end: manifest.start + 1 };
}

/** The path of the field that the cursor is in: the one whose key stands before it on its line. */
export function fieldPathAt({ document, start, end }: Manifest, text: string, offset: number): FieldPath | undefined {
  if (offset < start || offset > end) return undefined;
  let found: { readonly path: FieldPath; readonly at: number } | undefined;
  visit(document, {
    Pair: (_, pair, ancestors) => {
      const after = isScalar(pair.key) ? pair.key.range?.[1] : undefined;
      if (
        after === undefined ||
        after > offset ||
        text.slice(after, offset).includes('\n') ||
        after < (found?.at ?? 0)
      ) {
        return;
      }
      found = { path: pathOf([...ancestors, pair]), at: after };
    },
  });
  return found?.path;
}

function pathOf(ancestors: readonly unknown[]): FieldPath {
  return ancestors.flatMap((node, at): FieldPath => {
    if (isPair(node)) return [String(isScalar(node.key) ? node.key.value : '')];
    return isSeq(node) ? [node.items.indexOf(ancestors[at + 1])] : [];
  });
}
