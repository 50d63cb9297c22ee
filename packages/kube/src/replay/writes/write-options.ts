import { parse } from 'yaml';
import { badRequest } from '../serving/status.ts';
import { flagOf } from '../serving/query.ts';
import { invalid } from './write-status.ts';
import type { FieldCause } from './write-status.ts';

export interface WriteOptions {
  readonly dryRun: boolean;
  readonly fieldManager: string;
  readonly force: boolean;
}

const validations = ['', 'Ignore', 'Warn', 'Strict'];

/** What the query of a write says. Throws the Status 422 of the API server for what it cannot say. */
export function readWriteOptions(
  query: URLSearchParams,
  { kind, applies, userAgent }: { readonly kind: string; readonly applies: boolean; readonly userAgent: string },
): WriteOptions {
  const causes: FieldCause[] = [];
  const runs = query.getAll('dryRun').filter((value) => value !== '');
  if (runs.some((value) => value !== 'All')) {
    causes.push({
      reason: 'FieldValueNotSupported',
      field: 'dryRun',
      message: `Unsupported value: ${JSON.stringify(runs)}: supported values: "All"`,
    });
  }
  const validation = query.get('fieldValidation') ?? '';
  if (!validations.includes(validation)) {
    causes.push({
      reason: 'FieldValueNotSupported',
      field: 'fieldValidation',
      message: `Unsupported value: "${validation}": supported values: "", "Ignore", "Strict", "Warn"`,
    });
  }
  const manager = query.get('fieldManager') ?? '';
  if (applies && manager === '') {
    causes.push({
      reason: 'FieldValueRequired',
      field: 'fieldManager',
      message: 'Required value: is required for apply patch',
    });
  }
  if (manager.length > 128) {
    causes.push({
      reason: 'FieldValueInvalid',
      field: 'fieldManager',
      message: 'Too long: may not be more than 128 bytes',
    });
  }
  if (!applies && query.has('force')) {
    causes.push({
      reason: 'FieldValueForbidden',
      field: 'force',
      message: 'Forbidden: may not be specified for non-apply patch',
    });
  }
  if (causes.length > 0) throw invalid({ group: 'meta.k8s.io', plural: '', kind, name: '' }, causes);
  // Without a name, the first part of the user agent is it.
  return {
    dryRun: runs.length > 0,
    fieldManager: manager === '' ? (userAgent.split('/')[0] ?? '') : manager,
    force: flagOf(query, 'force'),
  };
}

/** The body as JSON. Throws the Status 400. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    throw badRequest(`couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : ''}`);
  }
}

/** The body as YAML, of which JSON is a part. Throws the Status 400. */
export function readYaml(body: string): unknown {
  try {
    return parse(body, { maxAliasCount: 0 }) as unknown;
  } catch (error) {
    throw badRequest(`error decoding YAML: ${error instanceof Error ? error.message.split('\n')[0] : ''}`);
  }
}
