import { randomBytes, randomUUID } from 'node:crypto';
import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import { isRecord } from '@autodevops/domain/raw-record';
import { asRawObject } from '../recording.ts';
import type { RawObject } from '../recording.ts';
import { badRequest, notFound } from '../serving/status.ts';
import { withJobSelector } from './job-selector.ts';
import { ownersAfterUpdate, withOwners } from './managed-fields.ts';
import { checkObject, unreadableObject } from './object-checks.ts';
import { keepsStatusApart } from './status-subresource.ts';
import { keep } from './write-scope.ts';
import type { WriteScope } from './write-scope.ts';
import { alreadyExists, invalid, notAllowed, plainError } from './write-status.ts';

/** Groups whose objects count the changes of what is wanted of them. */
const counting: ReadonlySet<string> = new Set([
  'apps',
  'batch',
  'networking.k8s.io',
  'policy',
  'apiextensions.k8s.io',
  'admissionregistration.k8s.io',
]);

/** Of a new object of a kind that is built in the path says what it is, unless it says so itself. */
export function withKind(body: unknown, { resource }: WriteScope, version: string): unknown {
  return isRecord(body) && !resource.custom
    ? { apiVersion: joinApiVersion(resource.group, version), kind: resource.kind, ...body }
    : body;
}

/** The body as the object that the path asks for. Throws the Status 400. */
export function objectOf(body: unknown, { resource, namespace }: WriteScope, version: string): RawObject {
  const expected = joinApiVersion(resource.group, version);
  if (!isRecord(body) || typeof body['kind'] !== 'string' || typeof body['apiVersion'] !== 'string') {
    throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(body).slice(0, 200)}'`);
  }
  if (body['apiVersion'] !== expected) {
    throw badRequest(
      `the API version in the data (${body['apiVersion']}) does not match the expected API version (${expected})`,
    );
  }
  if (body['kind'] !== resource.kind) {
    throw badRequest(`the kind in the data (${body['kind']}) does not match the expected kind (${resource.kind})`);
  }
  const metadata = isRecord(body['metadata']) ? body['metadata'] : {};
  const own = metadata['namespace'] ?? namespace;
  if (own !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  return {
    ...body,
    apiVersion: expected,
    kind: resource.kind,
    metadata: {
      ...metadata,
      name: typeof metadata['name'] === 'string' ? metadata['name'] : '',
      ...(namespace === undefined ? {} : { namespace }),
    },
  };
}

function named(object: RawObject, scope: WriteScope): RawObject {
  if (object.metadata.name !== '') return object;
  const prefix = object.metadata['generateName'];
  if (typeof prefix !== 'string' || prefix === '') {
    throw invalid({ ...scope.resource, name: '' }, [
      {
        reason: 'FieldValueRequired',
        field: 'metadata.name',
        message: 'Required value: name or generateName is required',
      },
    ]);
  }
  return { ...object, metadata: { ...object.metadata, name: prefix + randomBytes(4).toString('hex').slice(0, 5) } };
}

/** Recordings seldom hold Namespaces; one in which something lives counts as there. */
function checkNamespace({ store, resource, namespace }: WriteScope, name: string): void {
  if (namespace === undefined) return;
  const namespaces = store.catalog.find('', 'v1', 'namespaces');
  const found = namespaces === undefined ? undefined : store.get(namespaces, undefined, namespace);
  if (found === undefined && !store.hasNamespace(namespace)) {
    throw notFound({ group: '', plural: 'namespaces', name: namespace });
  }
  if (found?.metadata['deletionTimestamp'] === undefined) return;
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  throw notAllowed(
    { ...resource, name },
    `unable to create new content in namespace ${namespace} because it is being terminated`,
    [cause],
  );
}

function withEncodedData(object: RawObject): RawObject {
  const { stringData, ...rest } = object;
  if (object.kind !== 'Secret' || !isRecord(stringData)) return object;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString('base64'),
  ]);
  return {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    data: { ...(isRecord(object['data']) ? object['data'] : {}), ...Object.fromEntries(encoded) },
  };
}

/** What the server fills in; a new object has no status but that it begins. */
function begun(object: RawObject, scope: WriteScope): RawObject {
  const { resource, store, writer } = scope;
  const { status, ...rest } = withEncodedData(object);
  const counts =
    resource.custom || counting.has(resource.group) || (resource.group === '' && resource.plural === 'pods');
  const { resourceVersion: _version, managedFields: _owners, ...metadata } = rest.metadata;
  const isNamespace = resource.group === '' && resource.plural === 'namespaces';
  const ownStatus =
    resource.group === '' && resource.plural === 'pods'
      ? { phase: 'Pending' }
      : isNamespace
        ? { phase: 'Active' }
        : undefined;
  const kept = keepsStatusApart(store, resource) ? ownStatus : status;
  const made = {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: {
      ...metadata,
      ...(isNamespace ? { labels: { ...metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name } } : {}),
      name: object.metadata.name,
      uid: randomUUID(),
      creationTimestamp: writer.time,
      ...(counts ? { generation: 1 } : {}),
    },
    ...(isNamespace ? { spec: { finalizers: ['kubernetes'] } } : {}),
    ...(kept === undefined ? {} : { status: kept }),
  };
  return resource.group === 'batch' && resource.plural === 'jobs' ? withJobSelector(made) : made;
}

/** Makes a new object. Throws the Status 400, 403, 404 (no such namespace), 409 (AlreadyExists) or 422. */
export function createObject(scope: WriteScope, body: RawObject, owners?: (object: RawObject) => RawObject): RawObject {
  const object = asRawObject(named(body, scope));
  const { name, resourceVersion = '' } = object.metadata;
  if (resourceVersion !== '') throw plainError('resourceVersion should not be set on objects to be created');
  checkNamespace(scope, name);
  checkObject(object, scope.resource, { unreadable: unreadableObject });
  if (scope.store.get(scope.resource, scope.namespace, name) !== undefined) {
    throw alreadyExists({ ...scope.resource, name });
  }
  const fresh = begun(object, scope);
  const { status: _status, ...owned } = fresh;
  const { managedFields } = (
    owners?.(owned as RawObject) ?? withOwners(fresh, ownersAfterUpdate(undefined, owned as RawObject, scope.writer))
  ).metadata;
  return keep(scope, 'ADDED', {
    ...fresh,
    metadata: { ...fresh.metadata, ...(managedFields === undefined ? {} : { managedFields }) },
  });
}
