import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Json } from '@autodevops/domain/kubernetes/shape';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { isRecord } from '@autodevops/domain/raw-record';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { listAt, textAt, valueAt } from '../json-value.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { said } from '../said.ts';
import { podsWithLabels } from '../network/service-pods.ts';
import { conditionsOf, customOfKind, refToCustom } from './custom-objects.ts';

/** A fault that somebody injects on purpose, while it acts. */
export interface ChaosExperiment {
  readonly object: ObjectRef;
  /** What it does: `loss (loss 100, correlation 0)`. */
  readonly does: string;
  /** The pods in which the fault is. */
  readonly pods: readonly ObjectRef[];
  /** When it took hold; empty when not known. */
  readonly since: string;
  /** How long it is to last, as it is written; empty when it has no end of its own, undefined when that is not known. */
  readonly duration: string | undefined;
  /** How to end it, as a command. */
  readonly stop: string;
  /** Where the state that shows it stands, and what it says. */
  readonly shown: { readonly path: string; readonly text: string };
}

/** Done in a moment: what follows is not the experiment's any more. */
const momentary = new Set(['pod-kill', 'container-kill']);

function isPlain(value: Json | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function parameters(value: Json | undefined): string {
  if (!isRecord(value)) return '';
  const plain = Object.entries(value)
    .filter(([, v]) => isPlain(v))
    .map(([key, v]) => `${key} ${String(v)}`);
  return plain.length === 0 ? '' : ` (${said(plain.slice(0, 4).join(', '), 120)})`;
}

/** Chaos Mesh keeps the parameters of an action under its name; stress has no action but stressors. */
function actionOf({ kind, spec }: CustomObject): string {
  const action = textAt(spec, 'action');
  if (action !== '') return `${said(action, 60)}${parameters(valueAt(spec, action))}`;
  const stressors = valueAt(spec, 'stressors');
  if (!isRecord(stressors)) return kind;
  return `stress of ${Object.entries(stressors)
    .map(([name, v]) => `${said(name, 40)}${parameters(v)}`)
    .join(' and ')}`;
}

function injectedPods(records: readonly Json[]): readonly ObjectRef[] {
  const ids = new Set(
    records
      .filter((r) => textAt(r, 'phase').startsWith('Injected'))
      .map((r) => textAt(r, 'id').split('/').slice(0, 2).join('/')),
  );
  return [...ids].flatMap((id) => {
    const [namespace = '', name = ''] = id.split('/');
    return name === '' ? [] : [refByName('Pod', namespace, name)];
  });
}

function injectedAt(records: readonly Json[]): string {
  const applied = records
    .flatMap((r) => listAt(r, 'events'))
    .filter((e) => textAt(e, 'operation') === 'Apply' && textAt(e, 'type') === 'Succeeded');
  return (
    applied
      .map((e) => textAt(e, 'timestamp'))
      .filter((time) => time !== '')
      .toSorted()[0] ?? ''
  );
}

function ofChaosMesh(object: CustomObject): ChaosExperiment | undefined {
  const holds = (type: string): boolean => conditionsOf(object).some((c) => c.type === type && c.status === 'True');
  const records = listAt(object.status, 'experiment', 'containerRecords');
  const pods = injectedPods(records);
  if (
    textAt(object.status, 'experiment', 'desiredPhase') !== 'Run' ||
    holds('Paused') ||
    pods.length === 0 ||
    momentary.has(textAt(object.spec, 'action'))
  ) {
    return undefined;
  }
  return {
    object: refToCustom(object),
    does: actionOf(object),
    pods,
    since: injectedAt(records) || (object.metadata.creationTimestamp ?? ''),
    duration: said(textAt(object.spec, 'duration'), 40),
    stop: `kubectl -n ${object.metadata.namespace} annotate ${object.kind.toLowerCase()} ${object.metadata.name} experiment.chaos-mesh.org/pause=true`,
    shown: {
      path: 'status.experiment',
      text: `desiredPhase: Run, ${pods.length} ${pods.length === 1 ? 'pod' : 'pods'} injected`,
    },
  };
}

function ofLitmus(snapshot: Snapshot, object: CustomObject): ChaosExperiment | undefined {
  const running = listAt(object.status, 'experiments')
    .filter((e) => textAt(e, 'status') === 'Running')
    .map((e) => textAt(e, 'name'));
  if (textAt(object.spec, 'engineState') === 'stop' || running.length === 0) return undefined;
  const [key = '', value = ''] = textAt(object.spec, 'appinfo', 'applabel').split('=');
  const pods =
    key === ''
      ? []
      : podsWithLabels(snapshot, textAt(object.spec, 'appinfo', 'appns') || object.metadata.namespace, {
          [key]: value,
        });
  return {
    object: refToCustom(object),
    does: said(running.join(', '), 120),
    pods: pods.map((pod) => refTo('Pod', pod)),
    since: object.metadata.creationTimestamp ?? '',
    // It is kept in the environment of the experiment, in the unit and under the name that each experiment has for it.
    duration: undefined,
    stop: `kubectl -n ${object.metadata.namespace} patch chaosengine ${object.metadata.name} --type merge -p '{"spec":{"engineState":"stop"}}'`,
    shown: { path: 'status.experiments', text: `${said(running.join(', '), 120)}: Running` },
  };
}

/** Experiments of Chaos Mesh and Litmus that act now. */
export const chaosExperiments = perSnapshot((snapshot): readonly ChaosExperiment[] => {
  const living = (object: CustomObject): boolean => object.metadata.deletionTimestamp === undefined;
  const mesh = snapshot.custom.filter((o) => groupOf(o.apiVersion) === 'chaos-mesh.org' && living(o)).map(ofChaosMesh);
  const litmus = customOfKind(snapshot, 'litmuschaos.io', 'ChaosEngine')
    .filter(living)
    .map((o) => ofLitmus(snapshot, o));
  return [...mesh, ...litmus].filter((e) => e !== undefined);
});
