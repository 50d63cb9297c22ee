import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import type { z } from 'zod';

type Path = readonly PropertyKey[];

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair === undefined) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as { range?: [number] } | undefined)?.range?.[0] ?? offset;
    }
  }
  return lines.linePos(offset).line;
}

/** The keys that may stand at a path: from what the JSON Schema says there. */
function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let shape: unknown = schema.toJSONSchema({ io: 'input' });
  for (const key of path) {
    const at = shape as { properties?: Record<string, unknown>; items?: unknown };
    shape = typeof key === 'number' ? at.items : at.properties?.[String(key)];
  }
  const at = shape as
    | { properties?: Record<string, unknown>; anyOf?: readonly unknown[]; oneOf?: readonly unknown[] }
    | undefined;
  const several = at?.anyOf ?? at?.oneOf ?? [at];
  return [
    ...new Set(several.flatMap((one) => Object.keys((one as { properties?: object } | undefined)?.properties ?? {}))),
  ];
}

function unknownKey(schema: z.ZodType, key: string, path: Path): string {
  const known = keysAt(schema, path);
  const [near] = nearMatches(key, known);
  return `"${printable(key)}" is no setting${path.length === 0 ? '' : ` of ${path.join('.')}`}${near === undefined ? ` (there are ${known.join(', ')})` : `; did you mean "${near}"?`}`;
}

/**
 * Reads a configuration file by its schema. Throws `config.invalid` with every mistake, its line and what may have been
 * meant; `advice` is the sentence that says where the settings are explained.
 */
export function readSettings<S extends z.ZodType>(
  schema: S,
  text: string,
  file: string,
  advice: string | RemedyParts,
): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new AutoDevOpsError(
      'config.invalid',
      `${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`,
      'Correct the YAML.',
    );
  }
  const read = schema.safeParse(document.toJS({ maxAliasCount: 20 }) ?? {});
  if (read.success) return read.data;
  const at = (path: Path): string => `${file}:${lineOf(document, lines, path)}`;
  const mistakes = read.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${at([...issue.path, key])}: ${unknownKey(schema, key, issue.path)}`)
      : [`${at(issue.path)}: ${issue.path.length === 0 ? 'the file' : issue.path.join('.')}: ${issue.message}`],
  );
  throw new AutoDevOpsError('config.invalid', mistakes.join('\n'), advice);
}
