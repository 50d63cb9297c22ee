import { isRecord } from '@autodevops/domain/raw-record';
import type { RawObject } from '../recording.ts';
import type { Resource } from '../resources/resource.ts';
import { badRequest } from '../serving/status.ts';
import { existing, keep } from './write-scope.ts';
import type { WriteScope } from './write-scope.ts';
import { invalid, preconditionFailed, success } from './write-status.ts';

/** What a delete may be told, as DeleteOptions hold it. */
export interface DeleteOptions {
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  readonly propagation: 'Background' | 'Foreground' | 'Orphan' | undefined;
  readonly gracePeriodSeconds: number | undefined;
  readonly dryRun: boolean;
}

/** Kinds whose delete answers with the object as it was last. */
const answeredWithObject: ReadonlySet<string> = new Set([
  'pods',
  'persistentvolumeclaims',
  'persistentvolumes',
  'podtemplates',
  'resourcequotas',
  'serviceaccounts',
]);
/** The garbage collector takes these away when it has done what they stand for. */
const collector = { Foreground: 'foregroundDeletion', Orphan: 'orphan' } as const;

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isPropagation(value: unknown): value is DeleteOptions['propagation'] {
  return value === undefined || value === 'Background' || value === 'Foreground' || value === 'Orphan';
}

/** Reads DeleteOptions. Throws the Status 400 or 422 for what they cannot hold. */
export function readDeleteOptions(value: unknown): DeleteOptions {
  if (value !== undefined && !isRecord(value)) {
    throw badRequest(
      "couldn't get version/kind; json parse error: json: cannot unmarshal the body into Go value of type DeleteOptions",
    );
  }
  const { preconditions, propagationPolicy, gracePeriodSeconds, dryRun } = value ?? {};
  const options = { group: 'meta.k8s.io', plural: '', kind: 'DeleteOptions', name: '' };
  if (!isPropagation(propagationPolicy)) {
    throw invalid(options, [
      {
        reason: 'FieldValueNotSupported',
        field: 'propagationPolicy',
        message: `Unsupported value: ${JSON.stringify(propagationPolicy)}: supported values: "Foreground", "Background", "Orphan", "nil"`,
      },
    ]);
  }
  const runs: readonly unknown[] = Array.isArray(dryRun) ? dryRun : [];
  if (runs.some((one) => one !== 'All')) {
    throw invalid(options, [
      {
        reason: 'FieldValueNotSupported',
        field: 'dryRun',
        message: `Unsupported value: ${JSON.stringify(runs[0])}: supported values: "All"`,
      },
    ]);
  }
  const conditions = isRecord(preconditions) ? preconditions : {};
  return {
    uid: text(conditions['uid']),
    resourceVersion: text(conditions['resourceVersion']),
    propagation: propagationPolicy,
    gracePeriodSeconds: typeof gracePeriodSeconds === 'number' ? gracePeriodSeconds : undefined,
    dryRun: runs.length > 0,
  };
}

function checkPreconditions(resource: Resource, object: RawObject, options: DeleteOptions): void {
  const what = { ...resource, name: object.metadata.name };
  const { uid, resourceVersion } = object.metadata;
  if (options.uid !== undefined && options.uid !== uid) {
    throw preconditionFailed(
      what,
      `the UID in the precondition (${options.uid}) does not match the UID in record (${String(uid)}). The object might have been deleted and then recreated`,
    );
  }
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion) {
    throw preconditionFailed(
      what,
      `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion ?? ''}). The object might have been modified`,
    );
  }
}

/** A pod on a node is given time; its kubelet ends it. */
function graceOf(resource: Resource, object: RawObject, { gracePeriodSeconds }: DeleteOptions): number {
  if (resource.group !== '' || resource.plural !== 'pods') return 0;
  const spec = isRecord(object['spec']) ? object['spec'] : {};
  const phase = isRecord(object['status']) ? object['status']['phase'] : undefined;
  if (!spec['nodeName'] || phase === 'Succeeded' || phase === 'Failed') return 0;
  return (
    gracePeriodSeconds ??
    (typeof spec['terminationGracePeriodSeconds'] === 'number' ? spec['terminationGracePeriodSeconds'] : 30)
  );
}

function finalizersAfter({ metadata }: RawObject, { propagation }: DeleteOptions): readonly unknown[] {
  const held: readonly unknown[] = Array.isArray(metadata['finalizers']) ? metadata['finalizers'] : [];
  if (propagation === undefined) return held;
  const others = held.filter((one) => one !== 'orphan' && one !== 'foregroundDeletion');
  return propagation === 'Background' ? others : [...others, collector[propagation]];
}

function isHeld(resource: Resource, object: RawObject): boolean {
  if (resource.group !== '' || resource.plural !== 'namespaces') return false;
  const finalizers = isRecord(object['spec']) ? object['spec']['finalizers'] : undefined;
  return Array.isArray(finalizers) && finalizers.length > 0;
}

function ending(
  object: RawObject,
  time: string,
  { grace, finalizers }: { readonly grace: number; readonly finalizers: readonly unknown[] },
): RawObject {
  const { generation } = object.metadata;
  const metadata = {
    ...object.metadata,
    deletionTimestamp: new Date(Date.parse(time) + grace * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
    deletionGracePeriodSeconds: grace,
    ...(typeof generation === 'number' ? { generation: generation + 1 } : {}),
    ...(finalizers.length === 0 ? {} : { finalizers }),
  };
  const status =
    object.kind === 'Namespace' && object.apiVersion === 'v1'
      ? { status: { ...(isRecord(object['status']) ? object['status'] : {}), phase: 'Terminating' } }
      : {};
  return { ...object, metadata, ...status };
}

/** What the delete of an object answers with. Throws the Status 404, or 409 for a precondition that does not hold. */
export function deleteObject(scope: WriteScope, name: string, options: DeleteOptions): object {
  const { resource } = scope;
  const object = existing(scope, name);
  checkPreconditions(resource, object, options);
  const grace = graceOf(resource, object, options);
  const finalizers = finalizersAfter(object, options);
  const running = { ...scope, dryRun: scope.dryRun || options.dryRun };
  if (grace > 0 || finalizers.length > 0 || isHeld(resource, object)) {
    const already =
      object.metadata['deletionTimestamp'] !== undefined &&
      grace >= Number(object.metadata['deletionGracePeriodSeconds'] ?? 0);
    return already ? object : keep(running, 'MODIFIED', ending(object, scope.writer.time, { grace, finalizers }));
  }
  const last = keep(running, 'DELETED', object);
  if (resource.group === '' && answeredWithObject.has(resource.plural)) {
    return ending(last, scope.writer.time, { grace: 0, finalizers });
  }
  return success(
    {
      name,
      ...(resource.group === '' ? {} : { group: resource.group }),
      kind: resource.plural,
      uid: object.metadata['uid'],
    },
    200,
  );
}
