import type { z } from 'zod';
import { nearMatches } from '../../../reading/near-match.ts';
import { keysAt } from './schema-keys.ts';
import { readYaml } from './yaml-document.ts';
import type { LinedDocument, YamlPath, YamlProblem } from './yaml-document.ts';

function meant(wanted: string, candidates: readonly string[]): string {
  const near = nearMatches(wanted, candidates);
  return near.length === 0 ? '' : `; did you mean ${near.map((name) => `\`${name}\``).join(' or ')}?`;
}

function shown(path: YamlPath): string {
  const text = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'the file' : text;
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined,
    value,
  );
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.core.$ZodType, document: LinedDocument): readonly YamlProblem[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      line: document.lineOfKey(path, key),
      says: `${shown([...path, key])} is not known${meant(key, keysAt(schema, path))}`,
    }));
  }
  const line = document.lineOf(path);
  if (issue.code === 'invalid_value') {
    const given = valueAt(document.value, path);
    const near = typeof given === 'string' ? meant(given, issue.values.map(String)) : '';
    return [{ line, says: `${shown(path)} is one of ${issue.values.map(String).join(', ')}${near}` }];
  }
  return [{ line, says: `${shown(path)}: ${issue.message}` }];
}

/** A value that a schema has read from YAML, with its document; or every problem, with its line. */
export function readLined<Type extends z.ZodType>(
  text: string,
  schema: Type,
): { readonly data: z.output<Type>; readonly document: LinedDocument } | { readonly problems: readonly YamlProblem[] } {
  const document = readYaml(text);
  if (!('lineOf' in document)) return { problems: document };
  const result = schema.safeParse(document.value);
  if (result.success) return { data: result.data, document };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, schema, document)) };
}
