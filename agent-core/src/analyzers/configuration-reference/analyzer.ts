import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { messageEnd } from '../../reading/long-message.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { stuckPods } from '../../reading/pods/starting/stuck-pod.ts';
import type { StuckPod } from '../../reading/pods/starting/stuck-pod.ts';
import { secretMakers } from '../../reading/platform/secret-maker.ts';
import type { Analyzer } from '../analyzer.ts';
import { configMapKeyMissing, configMapMissing, secretKeyMissing, secretMissing } from './codes.ts';
import { lacksOf } from './lack.ts';
import type { Lack } from './lack.ts';
import { repairsOf } from './repair.ts';

function codeOf({ kind, key }: Lack): CodeEntry {
  if (kind === 'ConfigMap') return key === '' ? configMapMissing : configMapKeyMissing;
  return key === '' ? secretMissing : secretKeyMissing;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** What people may have meant. */
interface Hints {
  readonly steps: readonly string[];
  /** The nearest, as the last words of a sentence. */
  readonly aside: string;
}

/** The other kind of that name, other namespaces, names that are alike. */
function hintsForObject(snapshot: Snapshot, namespace: string, { kind, name }: Lack): Hints {
  const steps: string[] = [];
  const sibling = kind === 'ConfigMap' ? 'Secret' : 'ConfigMap';
  const other = snapshot.get(sibling, namespace, name) !== undefined;
  if (other) steps.push(`A ${sibling} "${name}" exists in the namespace: refer to it as a ${sibling} if it is meant.`);
  const alike = nearMatches(
    name,
    snapshot.listIn(kind, namespace).map((o) => o.metadata.name),
  ).filter((n) => n !== 'kube-root-ca.crt');
  if (alike.length > 0) steps.push(`Check the spelling: namespace ${namespace} has ${kind} ${quoted(alike)}.`);
  const elsewhere = snapshot
    .list(kind)
    .filter((o) => o.metadata.name === name && o.metadata.namespace !== namespace)
    .map((o) => o.metadata.namespace);
  if (elsewhere.length > 0 && name !== 'kube-root-ca.crt') {
    steps.push(
      `A ${kind} "${name}" is in namespace ${quoted(elsewhere.slice(0, 3))}; a pod only uses those of its own namespace.`,
    );
  }
  return {
    steps,
    aside: other
      ? `; a ${sibling} of that name does`
      : alike.length > 0
        ? `; ${kind} ${quoted(alike.slice(0, 1))} does`
        : '',
  };
}

function hintsForKey(snapshot: Snapshot, namespace: string, { kind, name, key }: Lack): Hints {
  const keys =
    kind === 'Secret'
      ? (snapshot.get('Secret', namespace, name)?.keys ?? [])
      : Object.keys(snapshot.get('ConfigMap', namespace, name)?.data ?? {});
  const near = nearMatches(key, keys);
  if (near.length > 0) {
    return {
      steps: [`Check the spelling: ${kind} "${name}" has the key ${quoted(near)}.`],
      aside: ` but has ${quoted(near.slice(0, 1))}`,
    };
  }
  return { steps: keys.length === 0 ? [] : [`${kind} "${name}" has the keys ${quoted(keys.slice(0, 6))}.`], aside: '' };
}

function evidenceOf(stuck: StuckPod, { complaint, references }: Lack): Evidence[] {
  const said: Evidence[] = [];
  if (complaint?.event !== undefined) {
    said.push(fromEvent({ ...complaint.event, message: messageEnd(complaint.event.message) }));
  } else if (complaint !== undefined) said.push(fromStatus(stuck.ref, complaint.path, complaint.message));
  return [
    ...said,
    ...references.slice(0, 2).map((r) => fromSpec(stuck.ref, r.path, r.key === '' ? r.name : `${r.name}: ${r.key}`)),
  ];
}

function sentence(stuck: StuckPod, lack: Lack, { aside }: Hints): string {
  const { namespace } = stuck.pod.metadata;
  const { kind, name, key, references } = lack;
  const containers = [...new Set(references.map((r) => r.container).filter((c) => c !== ''))];
  const who =
    references.length === 0
      ? 'The pod'
      : containers.length === 0
        ? 'A volume of the pod'
        : `Container ${quoted(containers)}`;
  if (key !== '') return `${who} takes key "${key}" from ${kind} "${name}", which does not have it${aside}.`;
  return `${who} needs ${kind} "${name}", which does not exist in namespace ${namespace}${aside}.`;
}

function check(snapshot: Snapshot, stuck: StuckPod, hints: Map<string, Hints>): Finding[] {
  const { namespace } = stuck.pod.metadata;
  return lacksOf(snapshot, stuck).map((lack) => {
    const code = codeOf(lack);
    const id = `${namespace}/${lack.kind}/${lack.name}/${lack.key}`;
    const known =
      hints.get(id) ??
      (lack.key === '' ? hintsForObject(snapshot, namespace, lack) : hintsForKey(snapshot, namespace, lack));
    hints.set(id, known);
    const makers = lack.kind === 'Secret' ? secretMakers(snapshot, namespace, lack.name) : [];
    return finding(code, {
      object: stuck.ref,
      cause: sentence(stuck, lack, known),
      evidence: evidenceOf(stuck, lack),
      since: lack.complaint?.event?.first ?? stuck.since,
      confidence: lack.complaint === undefined ? 'medium' : 'high',
      facet: `${lack.kind} ${lack.name} ${lack.key}`,
      sharedWith: id,
      because: makers.map(({ ref }) => ({ object: ref })),
      standing: makers.some((m) => m.young) ? 'progressing' : 'current',
      nextSteps: [
        ...makers.map(({ ref: m }) => `Look at ${m.kind} "${m.name}", which is to make it.`),
        ...known.steps,
        ...code.nextSteps,
      ],
      changes: [...undoChanges(snapshot, stuck.pod), ...repairsOf(snapshot, stuck, lack)],
    });
  });
}

export const configurationReference: Analyzer = {
  name: 'configuration-reference',
  codes: [configMapMissing, secretMissing, configMapKeyMissing, secretKeyMissing],
  analyze: (snapshot) => {
    const hints = new Map<string, Hints>();
    return stuckPods(snapshot).flatMap((stuck) => check(snapshot, stuck, hints));
  },
};
