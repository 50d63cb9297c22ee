import { applyPatch } from 'rfc6902';
import type { Operation } from 'rfc6902';
import { isRecord } from '@autodevops/domain/raw-record';
import { badRequest } from '../serving/status.ts';
import { patchRejected } from './write-status.ts';

/** As many steps as the API server takes. */
const mostSteps = 10_000;

function isStep(step: unknown): step is Operation {
  return isRecord(step) && typeof step['op'] === 'string' && typeof step['path'] === 'string';
}

/** Names that would reach into JavaScript's own objects; no Kubernetes field is called so. */
function reachesOut({ path }: Operation): boolean {
  return path.split('/').some((part) => ['__proto__', 'constructor', 'prototype'].includes(part));
}

/** The value after the patch (RFC 6902): all steps, or none and the Status 422. */
export function applyJsonPatch(value: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch) || !patch.every(isStep)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
  }
  if (patch.length > mostSteps || patch.some(reachesOut)) throw patchRejected();
  const copy = structuredClone(value);
  let failures: readonly (Error | null)[];
  try {
    failures = applyPatch(copy, patch);
  } catch {
    throw patchRejected();
  }
  if (failures.some((failed) => failed !== null)) throw patchRejected();
  return copy;
}
