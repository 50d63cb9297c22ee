import { cleared } from '../render/cleared.ts';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import { remedyIn } from '@autodevops/domain/remedy/remedy';
import type { Permission, ClusterChoice, Surroundings } from '../surroundings.ts';
import { fine } from './check.ts';
import type { Check } from './check.ts';

function failed(name: string, error: unknown): Check {
  if (error instanceof AutoDevOpsError) {
    return { name, state: 'missing', says: printable(error.message), ...cleared(remedyIn(error)) };
  }
  throw error;
}

/** The kubeconfig and what its current choice leads to. */
export async function checkKubeconfig(surroundings: Surroundings, choice: ClusterChoice): Promise<Check> {
  try {
    const { context, server, contexts } = await surroundings.contextFacts(choice);
    const others = contexts.length > 1 ? `; ${contexts.length - 1} more` : '';
    return fine('kubeconfig', printable(`context ${context} at ${server}${others}`));
  } catch (error) {
    return failed('kubeconfig', error);
  }
}

function rulesFor(missing: readonly Permission[]): string {
  const lines = missing
    .slice(0, 6)
    .map(({ verb, resource, group }) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`);
  const more = missing.length > 6 ? ` and ${missing.length - 6} more` : '';
  return `May not: ${lines.join(', ')}${more}.`;
}

/** Whether the API server answers, and what Jamie may read there. */
export async function checkPermissions(surroundings: Surroundings, choice: ClusterChoice): Promise<readonly Check[]> {
  let permissions: readonly Permission[];
  try {
    permissions = await surroundings.permissions(choice);
  } catch (error) {
    return [failed('API server', error)];
  }
  const reachable = fine('API server', 'answers');
  const missing = permissions.filter(({ allowed }) => !allowed);
  if (missing.length === 0) return [reachable, fine('permissions', 'everything that Jamie looks at may be read')];
  const remedy =
    'Bind the read-only ClusterRole in deploy/ to your user, or go on: what may not be read is named in each answer.';
  return [
    reachable,
    {
      name: 'permissions',
      state: missing.length === permissions.length ? 'missing' : 'optional',
      says: rulesFor(missing),
      remedy,
    },
  ];
}
