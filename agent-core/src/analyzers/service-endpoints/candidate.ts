import type { Confidence } from '@autodevops/domain/diagnosis';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { editDistance } from '../../reading/near-match.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { matchesLabels } from '../../reading/selector.ts';
import { workloadTemplates } from '../../reading/workloads/workload-templates.ts';
import type { WorkloadTemplate } from '../../reading/workloads/workload-templates.ts';

type Labels = Readonly<Record<string, string>>;

/** The workload that a Service was probably meant to select, and the selector that would do so. */
export interface Candidate {
  readonly workload: WorkloadTemplate;
  readonly selector: Labels;
  readonly confidence: Confidence;
}

interface Scored extends Candidate {
  readonly score: number;
}

function alike(a: string, b: string): boolean {
  const limit = Math.min(3, Math.max(1, Math.floor(Math.min(a.length, b.length) / 3)));
  if (a.toLowerCase() === b.toLowerCase() || editDistance(a.toLowerCase(), b.toLowerCase(), limit) <= limit) {
    return true;
  }
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && (long.startsWith(`${short}-`) || long.endsWith(`-${short}`));
}

/** The pair of the pods' labels that a pair of the selector was meant to be. */
function meant(key: string, value: string, labels: Labels): { key: string; value: string; typo: boolean } | undefined {
  const own = labels[key];
  if (own !== undefined) return { key, value: own, typo: alike(value, own) };
  const sameValue = Object.entries(labels).find(([, held]) => held === value);
  if (sameValue !== undefined) return { key: sameValue[0], value, typo: true };
  return undefined;
}

function correct(selector: Labels, labels: Labels): { selector: Labels; wrong: number; typos: number } {
  const corrected: Record<string, string> = {};
  let wrong = 0;
  let typos = 0;
  for (const [key, value] of Object.entries(selector)) {
    if (labels[key] === value) {
      corrected[key] = value;
      continue;
    }
    wrong += 1;
    const better = meant(key, value, labels);
    if (better === undefined) continue;
    corrected[better.key] = better.value;
    if (better.typo) typos += 1;
  }
  return { selector: corrected, wrong, typos };
}

function servesPort(service: Service, workload: WorkloadTemplate): boolean {
  const declared = workload.spec.containers.flatMap((c) => c.ports);
  return service.spec.ports.some(({ port, targetPort }) =>
    declared.some((d) =>
      typeof targetPort === 'string' ? d.name === targetPort : d.containerPort === (targetPort ?? port),
    ),
  );
}

function scoreOf(service: Service, workload: WorkloadTemplate, servedElsewhere: boolean): Scored | undefined {
  const wanted = Object.keys(service.spec.selector).length;
  const { selector, wrong, typos } = correct(service.spec.selector, workload.labels);
  if (Object.keys(selector).length === 0 || !matchesLabels(selector, workload.labels)) return undefined;
  const [one, two] = [service.metadata.name.toLowerCase(), workload.ref.name.toLowerCase()];
  const named = one === two || (one.length >= 3 && (two.startsWith(`${one}-`) || one.startsWith(`${two}-`)));
  const port = servesPort(service, workload);
  const score =
    (typos === wrong ? 4 : 0) +
    (named ? 3 : 0) +
    (port ? 2 : 0) +
    (wrong < wanted ? 2 : 0) -
    (wrong - 1) -
    (servedElsewhere ? 4 : 0);
  if (score < 4) return undefined;
  // Two components of one release share most labels: only a slip in the value, or the name, tells that this one is meant.
  if (servedElsewhere && !(named && typos === wrong)) return undefined;
  return { workload, selector, score, confidence: score >= 7 ? 'high' : 'medium' };
}

/** Workloads that some Service of their namespace selects already. */
const served = perSnapshot((snapshot) => {
  const found = new Set<WorkloadTemplate>();
  for (const service of snapshot.list('Service')) {
    for (const w of workloadTemplates(snapshot, service.metadata.namespace)) {
      if (!found.has(w) && matchesLabels(service.spec.selector, w.labels)) found.add(w);
    }
  }
  return found;
});

/** The best workload in the namespace of a Service that selects none; undefined when none is close. */
export function candidateFor(snapshot: Snapshot, service: Service): Candidate | undefined {
  const scored = workloadTemplates(snapshot, service.metadata.namespace)
    .map((w) => scoreOf(service, w, served(snapshot).has(w)))
    .filter((s) => s !== undefined);
  scored.sort((a, b) => b.score - a.score || a.workload.ref.name.localeCompare(b.workload.ref.name));
  return scored[0];
}
