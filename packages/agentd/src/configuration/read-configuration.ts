import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import type { z } from 'zod';
import { Configuration } from './configuration.ts';

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
function keysAt(path: Path): readonly string[] {
  let shape: unknown = Configuration.toJSONSchema({ io: 'input' });
  for (const key of path) {
    const at = shape as { properties?: Record<string, unknown>; items?: unknown; anyOf?: unknown[]; oneOf?: unknown[] };
    shape = typeof key === 'number' ? at.items : at.properties?.[String(key)];
  }
  const at = shape as { properties?: Record<string, unknown>; anyOf?: readonly unknown[]; oneOf?: readonly unknown[] } | undefined;
  const several = at?.anyOf ?? at?.oneOf ?? [at];
  return [...new Set(several.flatMap((one) => Object.keys((one as { properties?: object } | undefined)?.properties ?? {})))];
}

function unknownKey(key: string, path: Path): string {
  const known = keysAt(path);
  const [near] = nearMatches(key, known);
  return `"${printable(key)}" is no setting${path.length === 0 ? '' : ` of ${path.join('.')}`}${near === undefined ? ` (there are ${known.join(', ')})` : `; did you mean "${near}"?`}`;
}

function told(issue: z.core.$ZodIssue, line: (path: Path) => number, file: string): string {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${file}:${line([...issue.path, key])}: ${unknownKey(key, issue.path)}`).join('\n');
  return `${file}:${line(issue.path)}: ${issue.path.join('.')}: ${issue.message}`;
}

/** Reads a configuration file's text. Throws `config.invalid` with every mistake, its line and what may have been meant. */
export function readConfiguration(text: string, file: string): Configuration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined) throw new AutoDevOpsError('config.invalid', `${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`, 'Correct the YAML.');
  const read = Configuration.safeParse(document.toJS({ maxAliasCount: 20 }) ?? {});
  if (read.success) return read.data;
  const mistakes = read.error.issues.map((issue) => told(issue, (path) => lineOf(document, lines, path), file));
  throw new AutoDevOpsError('config.invalid', mistakes.join('\n'), 'Correct these lines; `autodevops config explain` says what each setting is for.');
}
