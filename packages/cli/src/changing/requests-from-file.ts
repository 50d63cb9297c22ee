import { ActionRequest } from '@autodevops/domain/change/plan';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { parse } from 'yaml';
import { z } from 'zod';

const Requests = z.array(ActionRequest).min(1).max(20);

/** A plan's requests from YAML or JSON: a list of `{action, target, params}`. Throws `usage`. */
export function requestsFromText(text: string, file: string): readonly ActionRequest[] {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 20 });
  } catch (error) {
    throw new AutoDevOpsError(
      'usage',
      `${file} is not YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`,
      'Correct the file.',
      { cause: error },
    );
  }
  const read = Requests.safeParse(value);
  if (read.success) return read.data;
  throw new AutoDevOpsError(
    'usage',
    `${file} is not a list of requests: ${z.prettifyError(read.error).replaceAll('\n', ' ')}`,
    'Each has action, target (apiVersion, kind, namespace, name, uid) and params.',
  );
}
