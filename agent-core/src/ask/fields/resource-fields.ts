import type { Container } from '@autodevops/domain/kubernetes/pod';
import { formatAmount } from '../../reading/scheduling/pod-request.ts';
import type { Field, Measure, Readers } from './field.ts';
import { field } from './field.ts';
import { bytes, cores } from './measures.ts';
import { ofPodSpecs } from './template-readers.ts';

/** The sum over the containers that set it; nothing where none does. */
function sumOf(
  resource: 'cpu' | 'memory',
  of: (container: Container) => Readonly<Record<string, string>>,
  measure: Measure,
): Readers {
  return ofPodSpecs(({ containers }) => {
    const set = containers.flatMap((container) => measure.of(of(container)[resource] ?? '', 0) ?? []);
    return set.length === 0
      ? []
      : [
          formatAmount(
            resource,
            set.reduce((sum, amount) => sum + amount, 0),
          ),
        ];
  });
}

/** What containers ask for and may use at most, a pod at a time. */
export const resourceFields: readonly Field[] = [
  field(
    'memory limit',
    '(?:memory|mem|ram) limits?|limits? (?:of|for|on) (?:memory|ram)',
    sumOf('memory', (c) => c.resources.limits, bytes),
    { measure: bytes },
  ),
  field(
    'CPU limit',
    '(?:cpu|core) limits?|limits? (?:of|for|on) cpu',
    sumOf('cpu', (c) => c.resources.limits, cores),
    { measure: cores },
  ),
  field(
    'CPU request',
    'cpu (?:requests?|requested)|requests? (?:of|for) cpu',
    sumOf('cpu', (c) => c.resources.requests, cores),
    { measure: cores, loosely: 'cpus?|cores?' },
  ),
  field(
    'memory request',
    '(?:memory|mem|ram) (?:requests?|requested)|requests? (?:of|for) (?:memory|ram)',
    sumOf('memory', (c) => c.resources.requests, bytes),
    { measure: bytes, loosely: 'memory|mem|ram' },
  ),
];
