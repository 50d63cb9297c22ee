import type { ClusterOperation, Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { fieldAt, pointer } from './field-patch.ts';
import type { Json } from './field-patch.ts';

type Patch = Extract<ClusterOperation, { verb: 'patch' }>;

function pathOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The path with `-` (behind the last item) as the index that it means. */
function settled(path: readonly string[], before: Manifest): readonly string[] {
  if (path.at(-1) !== '-') return path;
  const list = fieldAt(before, path.slice(0, -1));
  return [...path.slice(0, -1), String(Array.isArray(list) ? list.length : 0)];
}

function reverseStep(step: PatchStep, before: Manifest): readonly PatchStep[] {
  if (step.op === 'test') return [];
  const keys = settled(pathOf(step.path), before);
  const path = pointer(keys);
  const old = fieldAt(before, keys) as Json | undefined;
  if (step.op === 'remove') return old === undefined ? [] : [{ op: 'add', path, value: old }];
  const now: PatchStep = { op: 'test', path, value: step.value };
  const inserted = step.op === 'add' && Array.isArray(fieldAt(before, keys.slice(0, -1)));
  if (old === undefined || inserted) return [now, { op: 'remove', path }];
  return [now, { op: 'replace', path, value: old }];
}

/** Whether the one is the other or lies within it. */
function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** Tests of what the patch leaves as it is: which container this is, say. They hold for the way back too. */
function guards(steps: readonly PatchStep[]): readonly PatchStep[] {
  const changed = steps.filter((step) => step.op !== 'test').map((step) => step.path);
  return steps.filter((step) => step.op === 'test' && !changed.some((path) => overlap(path, step.path)));
}

/**
 * The patch that takes a patch back, from the object as it was before. It tests that our values still stand, so it
 * never takes back what somebody did since.
 */
export function reversePatch(patch: Patch, before: Manifest): Patch {
  return {
    ...patch,
    steps: [...guards(patch.steps), ...patch.steps.toReversed().flatMap((step) => reverseStep(step, before))],
  };
}
