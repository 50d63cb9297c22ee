import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { differenceSteps } from '../../patches/difference-patch.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import type { Json } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { refuse } from '../../refusal.ts';
import { rollingTarget } from '../../targets/rolling-target.ts';
import { inThreeTenses } from '../../sentences.ts';
import { templateChange } from '../../patches/template-change.ts';
import { putBack, templateStanding } from '../../standing/template-standing.ts';
import { containerPlace } from '../../targets/workload-template.ts';
import type { ContainerPlace } from '../../targets/workload-template.ts';
import { Params, changedProbe, copied, patienceOf, timingOf } from './probe-change.ts';
import type { Probe } from './probe-change.ts';

/** Longest patience in seconds: an hour for a start, ten minutes for what guards traffic and life. */
const longest = { startupProbe: 3600, livenessProbe: 600, readinessProbe: 600 } as const;

function probeAt(workload: Manifest, place: ContainerPlace, name: string): Probe | undefined {
  return fieldAt(workload, [...place.path, name]) as Probe | undefined;
}

/** The probe to start from: the present one, or a copy for one that is not there. */
function basis(workload: Manifest, place: ContainerPlace, { probe, copyOf }: Params): Probe {
  const present = probeAt(workload, place, probe);
  const who = `Container "${place.name}" of ${refText({ kind: workload.kind, namespace: workload.metadata.namespace ?? '', name: workload.metadata.name })}`;
  if (copyOf === undefined) {
    return present ?? refuse(`${who} has no ${probe}.`, 'Give the probe whose check it is to have (copyOf).');
  }
  if (present !== undefined) return refuse(`${who} has a ${probe} already.`, 'Change it without copyOf.');
  const source = probeAt(workload, place, copyOf);
  return source === undefined
    ? refuse(`${who} has no ${copyOf} to copy.`, 'Choose a probe that it has.')
    : copied(source, probe);
}

function checkPortName(workload: Manifest, place: ContainerPlace, port: Params['port']): void {
  if (typeof port !== 'string') return;
  const ports = fieldAt(workload, [...place.path, 'ports']);
  const names = (Array.isArray(ports) ? ports : [])
    .map((item: unknown) => fieldAt(item, ['name']))
    .filter((name) => typeof name === 'string');
  if (!names.includes(port)) {
    refuse(
      `Container "${place.name}" has no port named "${port}".`,
      names.length === 0 ? 'Give the number of the port.' : `It has ${nameList(names)}.`,
    );
  }
}

function checkTiming(after: Probe, before: Probe, { probe }: Params): void {
  if (probe !== 'readinessProbe' && timingOf(after, 'successThreshold') !== 1) {
    refuse(`The successThreshold of a ${probe} is always 1.`, 'Leave it out.');
  }
  const patience = patienceOf(after);
  if (patience > longest[probe] && patience > patienceOf(before)) {
    refuse(
      `A ${probe} that waits for ${patience} seconds is as good as none; the most is ${longest[probe]}.`,
      'Choose a shorter period or a lower threshold.',
    );
  }
}

function differences(before: Probe, after: Probe): string {
  const flat = (probe: Probe): Map<string, unknown> =>
    new Map(
      Object.entries(probe).flatMap(([key, value]) =>
        typeof value === 'object' && value !== null ? Object.entries(value) : [[key, value] as const],
      ),
    );
  const [old, now] = [flat(before), flat(after)];
  const keys = [...new Set([...old.keys(), ...now.keys()])].filter(
    (key) => canonicalJson(old.get(key) ?? null) !== canonicalJson(now.get(key) ?? null),
  );
  return keys.map((key) => `${key} ${String(old.get(key) ?? 'unset')} → ${String(now.get(key) ?? 'unset')}`).join(', ');
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const workload = await rollingTarget(target, live);
  const place = containerPlace(workload, params.container);
  if (place.init && fieldAt(workload, [...place.path, 'restartPolicy']) !== 'Always') {
    return refuse(
      `"${place.name}" is an init container: it ends and has no probes.`,
      'Choose the container that serves.',
    );
  }
  const before = basis(workload, place, params);
  const changed = changedProbe(before, params);
  if ('why' in changed) return refuse(changed.why, changed.remedy);
  const after = changed.probe;
  if (params.copyOf === undefined && canonicalJson(before) === canonicalJson(after)) {
    return refuse(
      `The ${params.probe} of container "${place.name}" of ${refText(target)} is so already.`,
      'Nothing is to be done.',
    );
  }
  checkPortName(workload, place, params.port);
  checkTiming(after, before, params);
  const where = `container "${place.name}" of ${refText(target)}`;
  const copy = `a ${params.probe} to ${where} with the check of its ${params.copyOf ?? ''} and ${patienceOf(after)} seconds of patience`;
  const { path } = place;
  return await templateChange(
    workload,
    {
      steps: [...place.guard, ...differenceSteps(workload, [...path, params.probe], after as Json)],
      sentences:
        params.copyOf === undefined
          ? inThreeTenses(
              ['Correct', 'Correcting', 'Corrected'],
              `the ${params.probe} of ${where}: ${differences(before, after)}`,
            )
          : inThreeTenses(['Add', 'Adding', 'Added'], copy),
      back:
        params.copyOf === undefined
          ? `Sets the ${params.probe} back as it was.`
          : `Removes the ${params.probe} that was added.`,
      notes:
        patienceOf(after) > patienceOf(before) && params.copyOf === undefined
          ? [`It waits for ${patienceOf(after)} seconds instead of ${patienceOf(before)}.`]
          : [],
    },
    live,
  );
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const workload = await liveTarget(target, live);
  const place = containerPlace(workload, params.container);
  const probe = probeAt(workload, place, params.probe);
  const changed = probe === undefined ? undefined : changedProbe(probe, params);
  const stands = changed !== undefined && 'probe' in changed && canonicalJson(changed.probe) === canonicalJson(probe);
  return stands ? templateStanding(workload) : putBack(workload, `the ${params.probe} that was set`);
}

export const patchProbe = action<Params>({
  name: 'patch-probe',
  title: 'Correct a probe',
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
  params: Params,
  risk: 'low',
  patience: 600,
  plan,
  verify,
});
