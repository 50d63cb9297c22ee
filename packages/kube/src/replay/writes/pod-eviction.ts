import { isRecord } from '@autodevops/domain/raw-record';
import { parseLabelSelector } from '../selecting/label-selector.ts';
import type { RawObject } from '../recording.ts';
import { badRequest } from '../serving/status.ts';
import { deleteObject, readDeleteOptions } from './object-delete.ts';
import { selectorText } from './selector-text.ts';
import { existing, keep } from './write-scope.ts';
import type { WriteScope } from './write-scope.ts';
import { budgetRefuses, plainError, notAllowed, success } from './write-status.ts';

type Fields = Readonly<Record<string, unknown>>;

function part(object: Fields, name: string): Fields {
  const value = object[name];
  return isRecord(value) ? value : {};
}

function count(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === 'number' ? value : 0;
}

/** A pod that serves nobody yet or no longer is no disruption. */
function isNoDisruption(pod: RawObject): boolean {
  return (
    ['Pending', 'Succeeded', 'Failed'].includes(String(part(pod, 'status')['phase'])) ||
    pod.metadata['deletionTimestamp'] !== undefined
  );
}

function isReady(pod: RawObject): boolean {
  const { conditions } = part(pod, 'status');
  return (
    Array.isArray(conditions) &&
    conditions.some(
      (condition) => isRecord(condition) && condition['type'] === 'Ready' && condition['status'] === 'True',
    )
  );
}

function budgetsOf({ store, namespace }: WriteScope, pod: RawObject): readonly RawObject[] {
  const budgets = store.catalog.find('policy', 'v1', 'poddisruptionbudgets');
  if (budgets === undefined) return [];
  return store
    .list(budgets, namespace)
    .map(([, budget]) => budget)
    .filter((budget) => {
      const text = selectorText(part(budget, 'spec')['selector']);
      return text !== undefined && parseLabelSelector(text)(pod.metadata.labels ?? {});
    });
}

/** A pod that is not ready may go although the budget has nothing left, when that cannot make it worse. */
function isExempt(pod: RawObject, budget: RawObject): boolean {
  const status = part(budget, 'status');
  if (isReady(pod)) return false;
  if (part(budget, 'spec')['unhealthyPodEvictionPolicy'] === 'AlwaysAllow') return true;
  return count(status, 'currentHealthy') >= count(status, 'desiredHealthy') && count(status, 'desiredHealthy') > 0;
}

/** The budget with one disruption less. Throws the Status 429 when it allows none. */
function afterDisruption(scope: WriteScope, budget: RawObject, pod: RawObject): RawObject {
  const status = part(budget, 'status');
  const { name } = budget.metadata;
  const generation = count(budget.metadata, 'generation');
  if (count(status, 'observedGeneration') < generation) {
    throw budgetRefuses(`The disruption budget ${name} is still being processed by the server.`, 10);
  }
  const allowed = count(status, 'disruptionsAllowed');
  if (allowed < 0) {
    throw notAllowed(
      { group: 'policy', plural: 'poddisruptionbudgets', kind: 'PodDisruptionBudget', name },
      'pdb disruptions allowed is negative',
    );
  }
  if (allowed === 0) {
    throw budgetRefuses(
      `The disruption budget ${name} needs ${count(status, 'desiredHealthy')} healthy pods and has ${count(status, 'currentHealthy')} currently`,
      0,
    );
  }
  const disruptedPods = { ...part(status, 'disruptedPods'), [pod.metadata.name]: scope.writer.time };
  return { ...budget, status: { ...status, disruptionsAllowed: allowed - 1, disruptedPods } };
}

/** Evicts a pod as the API server does (registry/core/pod/storage/eviction.go): by deleting it if its budget allows. */
export function evictPod(scope: WriteScope, name: string, body: unknown): object {
  if (!isRecord(body) || (body['kind'] ?? 'Eviction') !== 'Eviction') {
    throw badRequest(
      `the kind in the data (${String(isRecord(body) ? body['kind'] : '')}) does not match the expected kind (Eviction)`,
    );
  }
  const named = part(body, 'metadata')['name'];
  if (named !== undefined && named !== name) throw badRequest('name in URL does not match name in Eviction object');
  const options = readDeleteOptions(body['deleteOptions']);
  const pod = existing(scope, name);
  const running = { ...scope, dryRun: scope.dryRun || options.dryRun };
  const [budget, ...more] = isNoDisruption(pod) ? [] : budgetsOf(scope, pod);
  if (more.length > 0) {
    throw plainError(
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  }
  const less = budget === undefined || isExempt(pod, budget) ? undefined : afterDisruption(scope, budget, pod);
  if (less !== undefined) keep(running, 'MODIFIED', less);
  deleteObject(running, name, options);
  return success(undefined, 201);
}
