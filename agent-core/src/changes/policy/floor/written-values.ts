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

function unescaped(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Every name of a field, a label or an annotation that an operation writes, however deep, and on the way to it. */
export function namesWrittenBy(operation: ClusterOperation): ReadonlySet<string> {
  const names = new Set<string>();
  const open: unknown[] = [];
  if (operation.verb === 'create' || operation.verb === 'apply') open.push(operation.object);
  if (operation.verb === 'patch') {
    for (const step of operation.steps.filter(({ op }) => op === 'add' || op === 'replace')) {
      for (const segment of step.path.split('/').slice(1)) names.add(unescaped(segment));
      open.push('value' in step ? step.value : undefined);
    }
  }
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) names.add(name);
      open.push(inner);
    }
  }
  return names;
}
