import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { Service } from '@autodevops/domain/kubernetes/network';
import { refText } from '@autodevops/domain/object-ref';
import { declaredPorts } from '../../../reading/network/container-ports.ts';
import { nameList } from '../../../reading/name-list.ts';
import { nearMatches } from '../../../reading/near-match.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { guardField, setField } from '../../patches/field-patch.ts';
import type { FieldPath } from '../../patches/field-patch.ts';
import { patchAndBack } from '../../patches/object-patch.ts';
import { podsLabelled } from '../../standing/pods-of.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';
import { selectingService, selectorOf, servingStanding } from '../../targets/service-endpoints.ts';
import { putBack } from '../../standing/template-standing.ts';

const PortNumber = z.int().min(1).max(65_535);
/** RFC 6335: at most 15 letters, digits and single hyphens, with a letter. */
const PortName = z
  .string()
  .max(15)
  .regex(/^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/, 'not the name of a port');

const Params = z
  .strictObject({
    port: PortNumber.describe('the port of the Service'),
    portName: PortName.optional().describe('which one, where several have the number'),
    targetPort: z.union([PortNumber, PortName]).optional(),
    protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional(),
  })
  .refine(
    ({ targetPort, protocol }) => (targetPort === undefined) !== (protocol === undefined),
    'has to have one of targetPort and protocol',
  );
type Params = z.infer<typeof Params>;

type ServicePort = Service['spec']['ports'][number];

interface Place {
  readonly entry: ServicePort;
  readonly path: FieldPath;
}

function portsText(ports: readonly ServicePort[]): string {
  return nameList(
    ports.map(({ name, port }) => (name === undefined ? String(port) : `${name} (${port})`)),
    8,
  );
}

function placeOf(service: Manifest, { port, portName, protocol }: Params): Place {
  const { ports } = kinds.Service.shape.read(service).spec;
  const fitting = ports
    .map((entry, index) => ({ entry, path: ['spec', 'ports', index] }))
    .filter(({ entry }) => entry.port === port && (portName === undefined || entry.name === portName));
  const name = refText({ kind: 'Service', namespace: service.metadata.namespace ?? '', name: service.metadata.name });
  const [found, second] = fitting;
  if (found === undefined) return refuse(`${name} has no port ${portName ?? port}.`, `It has ${portsText(ports)}.`);
  if (second !== undefined) {
    return refuse(
      `${name} has port ${port} more than once: ${portsText(fitting.map(({ entry }) => entry))}.`,
      "Give the port's name too.",
    );
  }
  const same =
    protocol !== undefined &&
    ports.some((entry) => entry !== found.entry && entry.port === port && (entry.protocol ?? 'TCP') === protocol);
  return same
    ? refuse(`${name} has port ${port} for ${protocol} already.`, 'Remove one of them in the manifest.')
    : found;
}

function wantedField({ targetPort, protocol }: Params): {
  readonly field: 'targetPort' | 'protocol';
  readonly value: string | number;
} {
  return targetPort === undefined
    ? { field: 'protocol', value: protocol ?? 'TCP' }
    : { field: 'targetPort', value: targetPort };
}

/** What the field means now: a target that is not said is the port itself, a protocol TCP. */
function presentValue({ entry }: Place, { targetPort }: Params): string | number {
  return targetPort === undefined ? (entry.protocol ?? 'TCP') : (entry.targetPort ?? entry.port ?? '');
}

function declares(pod: Manifest, target: string | number, protocol: string): boolean {
  return declaredPorts(kinds.Pod.shape.read(pod).spec).some(
    (port) => port.protocol === protocol && (port.name === target || port.port === target),
  );
}

/** A container may listen where it declares nothing, so that is only noted; a name leads nowhere unless it is declared. */
function checkTarget(pods: readonly Manifest[], target: string | number, protocol: string): readonly string[] {
  const declaring = pods.filter((pod) => declares(pod, target, protocol)).length;
  if (declaring === pods.length) return [];
  const declared = pods.flatMap((pod) => declaredPorts(kinds.Pod.shape.read(pod).spec));
  const names = [...new Set(declared.flatMap((port) => port.name ?? []))];
  if (typeof target === 'string' && declaring === 0) {
    const near = nearMatches(target, names);
    return refuse(
      `No container of its pods has a port named "${target}" for ${protocol}.`,
      near.length > 0
        ? `Did you mean ${nameList(near)}?`
        : `They have ${names.length === 0 ? 'no named port' : nameList(names)}.`,
    );
  }
  return [`${declaring} of ${pods.length} pods declare ${target}/${protocol}: see that the others listen there.`];
}

/** Pods that the port reaches now. A number reaches every one that listens there, which no declaration tells. */
function reached(pods: readonly Manifest[], { entry }: Place): readonly Manifest[] {
  const target = entry.targetPort ?? entry.port ?? '';
  return typeof target === 'number' ? pods : pods.filter((pod) => declares(pod, target, entry.protocol ?? 'TCP'));
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const service = await selectingService(target, live);
  const place = placeOf(service, params);
  const { field, value } = wantedField(params);
  const present = presentValue(place, params);
  const where = `${field} of port ${params.port} of ${refText(target)}`;
  if (present === value) return refuse(`The ${where} is ${value} already.`, 'Nothing is to be done.');
  const pods = await podsLabelled(selectorOf(service), target.namespace, live);
  if (pods.length === 0) {
    return refuse(`${refText(target)} selects no pod: no port of it leads anywhere.`, 'Correct its selector first.');
  }
  const notes = checkTarget(
    pods,
    params.targetPort ?? place.entry.targetPort ?? params.port,
    params.protocol ?? place.entry.protocol ?? 'TCP',
  );
  return {
    ...patchAndBack(
      service,
      [...guardField(service, [...place.path, 'port']), ...setField(service, [...place.path, field], value)],
      `Sets it back to ${present}.`,
    ),
    sentences: inThreeTenses(['Set', 'Setting', 'Set'], `the ${where} from ${present} to ${value}`),
    touches: reached(pods, place),
    notes: [
      ...notes,
      ...(field === 'protocol' ? ['A load balancer outside of the cluster has to serve that protocol too.'] : []),
    ],
  };
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const service = await selectingService(target, live);
  const { ports } = kinds.Service.shape.read(service).spec;
  const { field, value } = wantedField(params);
  const stands = ports.some(
    (entry) =>
      entry.port === params.port &&
      (params.portName === undefined || entry.name === params.portName) &&
      entry[field] === value,
  );
  return stands ? await servingStanding(service, live) : putBack(service, `${field} ${value} of port ${params.port}`);
}

export const patchServicePort = action<Params>({
  name: 'patch-service-port',
  title: "Correct where a Service's port leads",
  kinds: ['Service'],
  params: Params,
  risk: 'medium',
  patience: 120,
  plan,
  verify,
});
