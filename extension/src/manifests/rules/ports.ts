import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { t } from '../../language/translate.ts';
import { find } from '../known-objects.ts';
import type { KnownObject } from '../known-objects.ts';
import type { ManifestProblem } from '../problem.ts';
import { fieldAt, listAt, mapAt, textAt, textsAt } from '../reading/field-value.ts';
import type { FieldPath } from '../reading/field-path.ts';
import { namespaceOf } from '../reading/manifest.ts';
import { containersOf, declaredPorts } from '../reading/pod-template.ts';
import type { DeclaredPort } from '../reading/pod-template.ts';
import { ingressBackends } from '../reading/reference.ts';
import { selectedBy } from './selectors.ts';
import { fixByValue, problemAt, scalarOf } from './rule.ts';
import type { Checked, ManifestRule } from './rule.ts';

function portText({ name, number }: DeclaredPort): string {
  return name === '' ? String(number) : `${number} (${name})`;
}

/** Ports that containers of these workloads say they listen on. */
export function portsOf(workloads: readonly KnownObject[]): readonly DeclaredPort[] {
  const all = workloads.flatMap((one) =>
    containersOf(one)
      .filter(({ init }) => !init)
      .flatMap(({ value }) => declaredPorts(value)),
  );
  return [...new Map(all.map((port) => [portText(port), port])).values()];
}

/** What was meant: a name that is near, else what there is. */
function meant(wanted: string, ports: readonly DeclaredPort[]): readonly (string | number)[] {
  const names = ports.map(({ name }) => name).filter((name) => name !== '');
  const near = nearMatches(wanted, [...names, ...ports.map(({ number }) => String(number))]).map(scalarOf);
  return near.length > 0
    ? near
    : ports.slice(0, 3).map(({ name, number }) => (Number.isInteger(Number(wanted)) || name === '' ? number : name));
}

function targetProblem(
  checked: Checked,
  index: number,
  ports: readonly DeclaredPort[],
  workload: string,
): readonly ManifestProblem[] {
  const { manifest } = checked;
  const port = fieldAt(manifest.value, ['spec', 'ports', index]);
  const own = fieldAt(port, ['targetPort']);
  // It is being written.
  if (own === null) return [];
  const target = own ?? fieldAt(port, ['port']);
  const named = typeof target === 'string';
  if (
    (!named && typeof target !== 'number') ||
    ports.some(({ name, number }) => (named ? name === target : number === target))
  ) {
    return [];
  }
  const message = named
    ? t('No container of {0} has a port named {1}.', workload, target)
    : t(
        'No container of {0} says that it listens on {1}. Its ports: {2}.',
        workload,
        target,
        ports.map(portText).join(', '),
      );
  const path: FieldPath = ['spec', 'ports', index, 'targetPort'];
  // A container may listen on what it does not declare, but not on a name.
  return [
    problemAt(manifest, {
      path: own === undefined ? ['spec', 'ports', index, 'port'] : path,
      code: 'target-port',
      severity: named ? 'error' : 'warning',
      message,
      fixes: meant(String(target), ports).map((value) => fixByValue(checked, path, value)),
    }),
  ];
}

/** A Service that sends to a port on which nobody listens. */
export const targetPort: ManifestRule = (checked) => {
  const { manifest, known, home } = checked;
  if (manifest.kind !== 'Service') return [];
  const workloads = selectedBy(textsAt(manifest.value, 'spec', 'selector'), known, namespaceOf(manifest, home));
  const ports = portsOf(workloads);
  const [first] = workloads;
  if (first === undefined || ports.length === 0) return [];
  return listAt(manifest.value, 'spec', 'ports').flatMap((_, index) =>
    targetProblem(checked, index, ports, `${first.kind} ${first.name}`),
  );
};

const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

/** A probe that asks a port that its container does not have. */
export const probePort: ManifestRule = (checked) =>
  containersOf(checked.manifest).flatMap(({ name, value, path }) => {
    const ports = declaredPorts(value);
    return probes.flatMap((probe) =>
      (['httpGet', 'tcpSocket'] as const).flatMap((how) => {
        const port = fieldAt(value, [probe, how, 'port']);
        const named = typeof port === 'string' && !/^\d+$/.test(port);
        if (
          port === undefined ||
          port === null ||
          (!named && ports.length === 0) ||
          ports.some((one) => one.name === port || String(one.number) === String(port))
        ) {
          return [];
        }
        const message = named
          ? t('Container {0} has no port named {1}: the probe always fails.', name, port)
          : t(
              'Container {0} does not say that it listens on {1}. Its ports: {2}.',
              name,
              String(port),
              ports.map(portText).join(', '),
            );
        const at = [...path, probe, how, 'port'];
        return [
          problemAt(checked.manifest, {
            path: at,
            code: 'probe-port',
            severity: named ? 'error' : 'warning',
            message,
            fixes: meant(String(port), ports).map((one) => fixByValue(checked, at, one)),
          }),
        ];
      }),
    );
  });

/** An Ingress that asks a Service for a port that it does not have. */
export const backendPort: ManifestRule = (checked) => {
  const { manifest, known, home } = checked;
  if (manifest.kind !== 'Ingress') return [];
  return ingressBackends(manifest.value).flatMap((path) => {
    const service = textAt(manifest.value, ...path, 'name');
    const ports = find(known, 'Service', namespaceOf(manifest, home), service)
      .flatMap(({ value }) => listAt(value, 'spec', 'ports'))
      .map((port) => ({ name: textAt(port, 'name'), number: Number(textAt(port, 'port')) }));
    const wanted = mapAt(manifest.value, ...path, 'port');
    return (['number', 'name'] as const).flatMap((field) => {
      const given = textAt(wanted, field);
      if (given === '' || ports.length === 0 || ports.some((port) => String(port[field]) === given)) return [];
      const at = [...path, 'port', field];
      const others = ports.map((port) => port[field]).filter((value) => value !== '');
      return [
        problemAt(manifest, {
          path: at,
          code: 'backend-port',
          severity: 'warning',
          message: t('Service {0} has no port {1}. It has {2}.', service, given, ports.map(portText).join(', ')),
          fixes: [...new Set(others)].slice(0, 3).map((value) => fixByValue(checked, at, value)),
        }),
      ];
    });
  });
};
