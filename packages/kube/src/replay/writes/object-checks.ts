import { isRecord } from '@autodevops/domain/raw-record';
import type { RawObject } from '../recording.ts';
import type { Resource } from '../resources/resource.ts';
import { badRequest } from '../serving/status.ts';
import type { StatusError } from '../serving/status.ts';
import { invalid } from './write-status.ts';
import type { FieldCause } from './write-status.ts';

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedName = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
/** Their names are segments of a path and no more. */
const freelyNamed: ReadonlySet<string> = new Set(['rbac.authorization.k8s.io']);
/** Together, in bytes. */
const mostAnnotations = 256 * 1024;

/** How the server says that it cannot read an object; of a patch in other words than of a new one. */
export type Unreadable = (object: RawObject, why: string) => StatusError;

export const unreadableObject: Unreadable = ({ kind, apiVersion }, why) =>
  badRequest(`${kind} in version "${apiVersion.replace(/^.*\//, '')}" cannot be handled as a ${kind}: ${why}`);

/** What cannot be read because a type is wrong, in the server's words; undefined when all is well. */
function whyUnreadable({ metadata, spec }: RawObject, resource: Resource): string | undefined {
  for (const field of ['labels', 'annotations'] as const) {
    const map: unknown = metadata[field] ?? {};
    const wrong = !isRecord(map) ? map : Object.values(map).find((value) => typeof value !== 'string');
    if (wrong !== undefined) {
      return `json: cannot unmarshal ${typeof wrong} into Go struct field ObjectMeta.metadata.${field} of type string`;
    }
  }
  const replicas = isRecord(spec) ? (spec['replicas'] ?? undefined) : undefined;
  if (resource.custom || replicas === undefined || Number.isInteger(replicas)) return undefined;
  return `json: cannot unmarshal ${typeof replicas} into Go struct field spec.replicas of type int32`;
}

function labelCauses(object: RawObject): readonly FieldCause[] {
  return Object.entries(object.metadata.labels ?? {}).flatMap(([key, value]): readonly FieldCause[] => {
    if (qualifiedName.test(key) && labelValue.test(value)) return [];
    return [
      {
        reason: 'FieldValueInvalid',
        field: 'metadata.labels',
        message: `Invalid value: "${qualifiedName.test(key) ? value : key}": must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
      },
    ];
  });
}

function annotationCauses(object: RawObject): readonly FieldCause[] {
  const annotations = (object.metadata['annotations'] ?? {}) as Readonly<Record<string, string>>;
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  const wrong = Object.keys(annotations).filter((key) => !qualifiedName.test(key.toLowerCase()));
  return [
    ...wrong.map((key): FieldCause => ({
      reason: 'FieldValueInvalid',
      field: 'metadata.annotations',
      message: `Invalid value: "${key}": name part must consist of alphanumeric characters, '-', '_' or '.'`,
    })),
    ...(size > mostAnnotations
      ? [
          {
            reason: 'FieldValueInvalid' as const,
            field: 'metadata.annotations',
            message: `Too long: may not be more than ${mostAnnotations} bytes`,
          },
        ]
      : []),
  ];
}

function nameCauses(object: RawObject, resource: Resource): readonly FieldCause[] {
  const { name } = object.metadata;
  const fits = freelyNamed.has(resource.group)
    ? !/[/%]/.test(name) && name !== '.' && name !== '..'
    : subdomain.test(name) && name.length <= 253;
  return fits
    ? []
    : [
        {
          reason: 'FieldValueInvalid',
          field: 'metadata.name',
          message: `Invalid value: "${name}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`,
        },
      ];
}

function replicasCauses(object: RawObject): readonly FieldCause[] {
  const replicas = isRecord(object['spec']) ? object['spec']['replicas'] : undefined;
  return typeof replicas === 'number' && replicas < 0
    ? [
        {
          reason: 'FieldValueInvalid',
          field: 'spec.replicas',
          message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
        },
      ]
    : [];
}

/**
 * What holds for objects of every kind. Kinds have rules of their own that are not known here (beside those of
 * immutable-fields.ts). Throws what `unreadable` makes for a wrong type, and the Status 422 for a wrong value.
 */
export function checkObject(
  object: RawObject,
  resource: Resource,
  { more = [], unreadable }: { readonly more?: readonly FieldCause[]; readonly unreadable: Unreadable },
): void {
  const why = whyUnreadable(object, resource);
  if (why !== undefined) throw unreadable(object, why);
  const replicas = resource.custom ? [] : replicasCauses(object);
  const causes = [
    ...nameCauses(object, resource),
    ...labelCauses(object),
    ...annotationCauses(object),
    ...replicas,
    ...more,
  ];
  if (causes.length > 0) throw invalid({ ...resource, name: object.metadata.name }, causes);
}
