import { z } from 'zod';
import type { ProposedChange } from '@autodevops/domain/diagnosis';
import { secretMask } from '@autodevops/domain/redact';
import type { TextEdit } from '../editing/text-edit.ts';
import { setField } from '../editing/set-field.ts';
import type { FieldPath } from '../reading/field-path.ts';
import { fieldAt, listAt, textAt } from '../reading/field-value.ts';
import type { Manifest } from '../reading/manifest.ts';
import { containersOf } from '../reading/pod-template.ts';

type Scalar = string | number;
type Params = ProposedChange['params'];

/** A field and what it would be. */
export interface Wanted {
  readonly path: FieldPath;
  readonly value: Scalar;
}

type ToFields = (manifest: Manifest, params: Params) => readonly Wanted[];

const scalar = z.union([z.string(), z.number()]);

function inContainer(manifest: Manifest, params: Params): FieldPath | undefined {
  return containersOf(manifest).find(({ name }) => name === params['container'])?.path;
}

function each(path: FieldPath, values: unknown): readonly Wanted[] {
  const read = z.record(z.string(), scalar).safeParse(values);
  return read.success ? Object.entries(read.data).map(([key, value]) => ({ path: [...path, key], value })) : [];
}

function one(path: FieldPath | undefined, value: unknown): readonly Wanted[] {
  const read = scalar.safeParse(value);
  return path === undefined || !read.success ? [] : [{ path, value: read.data }];
}

const setImage: ToFields = (manifest, params) => {
  const container = inContainer(manifest, params);
  return one(container === undefined ? undefined : [...container, 'image'], params['image']);
};

const patchServicePort: ToFields = ({ value }, params) => {
  const index = listAt(value, 'spec', 'ports').findIndex(
    (port) =>
      fieldAt(port, ['port']) === params['port'] &&
      (params['portName'] === undefined || textAt(port, 'name') === params['portName']),
  );
  return index < 0
    ? []
    : (['targetPort', 'protocol'] as const).flatMap((field) => one(['spec', 'ports', index, field], params[field]));
};

const patchProbe: ToFields = (manifest, params) => {
  const container = inContainer(manifest, params);
  const probe = textAt(params, 'probe');
  // A probe that is not there yet would have to be written whole.
  if (container === undefined || probe === '' || params['copyOf'] !== undefined) return [];
  const at = [...container, probe];
  const how = ['httpGet', 'tcpSocket', 'grpc'].find((way) => fieldAt(manifest.value, [...at, way]) !== undefined);
  const inner =
    how === undefined ? [] : ['port', 'path', 'scheme'].flatMap((field) => one([...at, how, field], params[field]));
  return [
    ...inner,
    ...['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold'].flatMap(
      (field) => one([...at, field], params[field]),
    ),
  ];
};

const setResources: ToFields = (manifest, params) => {
  const container = inContainer(manifest, params);
  return container === undefined
    ? []
    : ['requests', 'limits'].flatMap((list) => each([...container, 'resources', list], params[list]));
};

const setEnvironment: ToFields = (manifest, params) => {
  const container = inContainer(manifest, params);
  const index =
    container === undefined
      ? -1
      : listAt(manifest.value, ...container, 'env').findIndex(
          (variable) => textAt(variable, 'name') === params['name'],
        );
  if (container === undefined || index < 0) return [];
  const variable: FieldPath = [...container, 'env', index];
  if (params['value'] !== undefined) return plainValue(manifest, variable, params['value']);
  const source = params['configMapKey'] === undefined ? 'secretKey' : 'configMapKey';
  return each([...variable, 'valueFrom', `${source}Ref`], params[source]);
};

/** A value that is taken from elsewhere would have to be removed first, and a masked one is none. */
function plainValue({ value: file }: Manifest, variable: FieldPath, value: unknown): readonly Wanted[] {
  const isElsewhere = fieldAt(file, [...variable, 'valueFrom']) !== undefined;
  return isElsewhere || String(value).includes(secretMask) ? [] : one([...variable, 'value'], value);
}

/** Fields of a manifest that an action would set, by the action's name; others change what no manifest says. */
const fieldsOf: Readonly<Record<string, ToFields>> = {
  'set-image': setImage,
  'patch-service-selector': (_, params) => each(['spec', 'selector'], params['selector']),
  'patch-service-port': patchServicePort,
  'patch-probe': patchProbe,
  'set-resources': setResources,
  'set-environment': setEnvironment,
  scale: (_, params) => one(['spec', 'replicas'], params['replicas']),
  'adjust-autoscaler': (_, params) =>
    ['minReplicas', 'maxReplicas'].flatMap((field) => one(['spec', field], params[field])),
};

/** What of a manifest a proposal would set. Empty for proposals that are about something else. */
export function wantedFields(
  manifest: Manifest,
  { action, params }: Pick<ProposedChange, 'action' | 'params'>,
): readonly Wanted[] {
  return Object.hasOwn(fieldsOf, action) ? (fieldsOf[action]?.(manifest, params) ?? []) : [];
}

/** Whether the file says all of that already. */
export function isWritten({ value }: Manifest, wanted: readonly Wanted[]): boolean {
  return wanted.length > 0 && wanted.every((field) => String(fieldAt(value, field.path) ?? '') === String(field.value));
}

/** The edits that write it; empty where one of them has no place in the file. */
export function editsFor(manifest: Manifest, wanted: readonly Wanted[], text: string): readonly TextEdit[] {
  const open = wanted.filter((field) => !isWritten(manifest, [field]));
  const edits = open.flatMap(({ path, value }) => setField(manifest, path, value, text) ?? []);
  return edits.length === open.length ? edits : [];
}

/** Whether what an action sets stands in manifests at all. */
export function isOfManifests(action: string): boolean {
  return Object.hasOwn(fieldsOf, action);
}
