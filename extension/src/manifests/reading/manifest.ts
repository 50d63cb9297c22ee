import { parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';
import { isKindName, kinds } from '@autodevops/domain/kubernetes/kinds';

/** One object as a file has it. `namespace` is empty where the file does not say one. Offsets are of the file's text. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly document: Document;
  readonly start: number;
  readonly end: number;
  /** Whether the document is well-formed; what is being typed often is not. */
  readonly whole: boolean;
}

/** Files that are larger are read by nobody line by line, and would hold the editor up. Letters. */
const longest = 1024 * 1024;
const mostDocuments = 500;
/** An object repeats a part a few times; a bomb does so a billion times. */
const mostAliases = 100;

const Read = z.looseObject({
  apiVersion: z.string().min(1).max(253),
  kind: z.string().min(1).max(100),
  metadata: z.looseObject({ name: z.string().min(1).max(253), namespace: z.string().max(253).nullish() }),
});

/** A template of Helm or of another engine: what it describes shows only once it is rendered. Braces within quotes are texts of alerts and the like. */
function isTemplate(text: string): boolean {
  return /^[^#\n"'`]*\{\{/m.test(text);
}

function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch {
    return undefined;
  }
}

function manifestOf(document: Document): readonly Manifest[] {
  const read = Read.safeParse(valueOf(document));
  if (!read.success) return [];
  const {
    apiVersion,
    kind,
    metadata: { name, namespace },
  } = read.data;
  const [start, end] = [document.contents?.range?.[0] ?? 0, document.range?.[2] ?? 0];
  return [
    {
      apiVersion,
      kind,
      name,
      namespace: namespace ?? '',
      value: read.data,
      document,
      start,
      end,
      whole: document.errors.length === 0,
    },
  ];
}

/** The objects that a text describes. Nothing for templates, for what is too long, and for what is no Kubernetes. */
export function readManifests(text: string): readonly Manifest[] {
  if (text.length > longest || !/^\s*["']?apiVersion["']?\s*:/m.test(text) || isTemplate(text)) return [];
  try {
    // Looking for keys that stand twice takes the square of their number: minutes for a large ConfigMap.
    const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
    return Array.isArray(documents) ? documents.slice(0, mostDocuments).flatMap(manifestOf) : [];
  } catch {
    // Nesting that is deeper than any object's ends the parser.
    return [];
  }
}

/** The namespace that an object is in: its own, that of the window, or none for kinds that lie in none. */
export function namespaceOf({ kind, namespace }: Pick<Manifest, 'kind' | 'namespace'>, home: string): string {
  if (isKindName(kind) && !kinds[kind].namespaced) return '';
  return namespace === '' ? home : namespace;
}
