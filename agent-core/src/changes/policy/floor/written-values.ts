import type { ClusterOperation } from '@autodevops/domain/change/operation';

/** What an operation writes: the object without its metadata, or the values of a patch. What a patch tests is not written. */
export function writtenBy(operation: ClusterOperation): readonly unknown[] {
  switch (operation.verb) {
    case 'create':
    case 'apply': {
      const { metadata: _metadata, apiVersion: _version, kind: _kind, ...body } = operation.object;
      return [body];
    }
    case 'patch':
      return operation.steps.flatMap((step) => (step.op === 'add' || step.op === 'replace' ? [step.value] : []));
    default:
      return [];
  }
}

/** Every text in a value, however deep: an explicit stack, because depth is the writer's choice. */
export function textsIn(values: readonly unknown[]): ReadonlySet<string> {
  const texts = new Set<string>();
  const open: unknown[] = [...values];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') texts.add(value);
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) open.push(inner);
  }
  return texts;
}
