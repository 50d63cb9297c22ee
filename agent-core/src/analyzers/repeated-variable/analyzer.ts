import type { Finding } from '@autodevops/domain/finding';
import type { Container, Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { crashingContainers } from '../../reading/pods/crashes/crashing-container.ts';
import { perPart } from '../../reading/per-part.ts';
import { containersOf, isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { unreadyContainers } from '../../reading/pods/readiness/unready-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { duplicateVariable } from './codes.ts';

type Variable = Container['env'][number];

interface Duplicate {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

function meaning(variable: Variable | undefined): string {
  return variable?.valueFrom === undefined ? `value ${variable?.value ?? ''}` : JSON.stringify(variable.valueFrom);
}

/** Names that occur twice with different meanings. Pods of one workload share their variables: told once. */
const duplicates = perPart((env: Container['env']): readonly Duplicate[] => {
  if (env.length < 2 || new Set(env.map((e) => e.name)).size === env.length) return [];
  const firsts = new Map<string, number>();
  const found = new Map<string, Duplicate>();
  for (const [index, variable] of env.entries()) {
    const first = firsts.get(variable.name);
    if (first === undefined) firsts.set(variable.name, index);
    else if (variable.name !== '' && meaning(env[first]) !== meaning(variable)) {
      found.set(variable.name, { name: variable.name, first, last: index });
    }
  }
  return [...found.values()];
});

function text(variable: Variable | undefined): string {
  if (variable === undefined) return '';
  return variable.valueFrom === undefined
    ? `${variable.name}=${variable.value ?? ''}`
    : `${variable.name} from ${Object.keys(variable.valueFrom)
        .filter((k) => variable.valueFrom?.[k as keyof typeof variable.valueFrom] !== undefined)
        .join(', ')}`;
}

function check(pod: Pod, view: ContainerView, unwell: boolean): Finding[] {
  const ref = refTo('Pod', pod);
  return duplicates(view.spec.env).map(({ name, first, last }) =>
    finding(duplicateVariable, {
      object: ref,
      cause: `Container "${view.spec.name}" sets environment variable "${name}" twice; the last entry counts and hides the first.`,
      evidence: [first, last].map((index) => fromSpec(ref, `${view.path}.env[${index}]`, text(view.spec.env[index]))),
      severity: unwell ? 'warning' : 'info',
      confidence: unwell ? 'medium' : 'high',
      facet: `${view.spec.name} ${name}`,
    }),
  );
}

function repeatsOne({ spec }: Pod): boolean {
  const repeats = ({ env }: Container): boolean => duplicates(env).length > 0;
  return spec.containers.some(repeats) || spec.initContainers.some(repeats);
}

export const repeatedVariable: Analyzer = {
  name: 'repeated-variable',
  codes: [duplicateVariable],
  analyze: (snapshot) => {
    const unwell = new Set(
      [...crashingContainers(snapshot), ...unreadyContainers(snapshot)].map(
        (c) => `${c.ref.namespace}/${c.ref.name}/${c.view.spec.name}`,
      ),
    );
    return snapshot.list('Pod').flatMap((pod) => {
      if (isFinished(pod) || isTerminating(pod) || !repeatsOne(pod)) return [];
      return containersOf(pod).flatMap((view) =>
        check(pod, view, unwell.has(`${pod.metadata.namespace}/${pod.metadata.name}/${view.spec.name}`)),
      );
    });
  },
};
