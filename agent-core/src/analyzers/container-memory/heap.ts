import type { Finding } from '@autodevops/domain/finding';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { said } from '../../reading/said.ts';
import { heapExhausted } from './codes.ts';
import { limitOf } from './kill.ts';

function heapOptions({ ref, view }: TroubledContainer): ReturnType<typeof fromSpec>[] {
  const bounds = ['-Xmx', 'MaxRAMPercentage', '--max-old-space-size', 'GOMEMLIMIT'];
  const index = view.spec.env.findIndex((e) =>
    bounds.some((bound) => (e.value ?? '').includes(bound) || e.name === bound),
  );
  const option = view.spec.env[index];
  return option === undefined
    ? []
    : [fromSpec(ref, `${view.path}.env[${index}].value`, `${option.name}=${option.value ?? ''}`)];
}

/** The JVM bounds some areas apart from the heap, which a larger heap does not help. */
const areas: readonly (readonly [string, string])[] = [
  [
    'metaspace',
    'It is the area for classes that is full, not the heap: raise or drop -XX:MaxMetaspaceSize, and look for class loaders that are never given back.',
  ],
  [
    'direct buffer memory',
    'It is the memory for direct buffers that is full, not the heap: raise -XX:MaxDirectMemorySize and the memory limit with it, or give buffers back sooner.',
  ],
];

function stepsFor(lower: string): readonly string[] {
  const ofArea = areas.filter(([words]) => lower.includes(words)).map(([, step]) => step);
  return ofArea.length > 0 ? ofArea : heapExhausted.nextSteps;
}

/** A runtime that could give its program no more memory, although the kernel killed nobody. */
export function checkHeap(troubled: TroubledContainer): Finding[] {
  const { ref, view, verdict, since } = troubled;
  if (verdict.kind !== 'heap') return [];
  const limit = limitOf(view);
  return [
    finding(heapExhausted, {
      object: ref,
      cause: `Container "${view.spec.name}" ran out of memory within its own runtime; the kernel did not kill it${limit === undefined ? '' : ` (its limit is ${limit})`}: ${said(tellingPart(verdict.line), 160)}.`,
      evidence: [fromOutput(ref, view, verdict.line), ...heapOptions(troubled)],
      nextSteps: stepsFor(verdict.line.lower),
      since,
      facet: view.spec.name,
    }),
  ];
}
