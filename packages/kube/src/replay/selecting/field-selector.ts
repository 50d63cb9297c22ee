import { isRecord } from '@autodevops/domain/raw-record';
import type { RawObject } from '../recording.ts';
import type { Resource } from '../resources/resource.ts';
import { badRequest } from '../serving/status.ts';

export type FieldTest = (object: RawObject) => boolean;

const named = ['metadata.name', 'metadata.namespace'];

/** Resources of which the API server selects by more than the metadata, or by less: all the fields, as it lists them. */
const selectable: Readonly<Record<string, readonly string[]>> = {
  '/pods': [
    ...named,
    ...'spec.nodeName spec.restartPolicy spec.schedulerName spec.serviceAccountName spec.hostNetwork status.phase status.podIP status.nominatedNodeName'.split(
      ' ',
    ),
  ],
  '/events': [
    ...named,
    ...'involvedObject.kind involvedObject.namespace involvedObject.name involvedObject.uid involvedObject.apiVersion involvedObject.resourceVersion involvedObject.fieldPath'.split(
      ' ',
    ),
    ...'reason reportingComponent source type'.split(' '),
  ],
  '/secrets': [...named, 'type'],
  '/services': [...named, 'spec.clusterIP', 'spec.type'],
  '/namespaces': ['metadata.name', 'name', 'status.phase'],
  '/nodes': ['metadata.name', 'spec.unschedulable'],
  '/replicationcontrollers': [...named, 'status.replicas'],
  'batch/jobs': [...named, 'status.successful'],
  'certificates.k8s.io/certificatesigningrequests': ['metadata.name', 'spec.signerName'],
};

/** Where the value is when the field is not simply a path into the object. */
const elsewhere: Readonly<Record<string, string>> = {
  source: 'source.component',
  'status.successful': 'status.succeeded',
  name: 'metadata.name',
};
/** What the API server compares with when a number or a flag is absent. */
const absent: Readonly<Record<string, string>> = {
  'spec.hostNetwork': 'false',
  'spec.unschedulable': 'false',
  'status.successful': '0',
  'status.replicas': '0',
};

function checkField(field: string, { group, plural, custom }: Resource): void {
  const own = selectable[`${group}/${plural}`];
  if ((own ?? named).includes(field)) return;
  if (own !== undefined || custom) throw badRequest(`field label not supported: ${field}`);
  throw badRequest(`"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
}

function valueAt(object: RawObject, field: string): string {
  let value: unknown = object;
  for (const part of (elsewhere[field] ?? field).split('.')) value = isRecord(value) ? value[part] : undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : (absent[field] ?? '');
}

function parseTerm(term: string, resource: Resource): FieldTest {
  const parts = /^([^=!]*)(==|!=|=)(.*)$/s.exec(term);
  if (parts === null) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  const [, field = '', operator, escaped = ''] = parts;
  checkField(field, resource);
  const wanted = escaped.replace(/\\([\\,=])/g, '$1');
  return (object) => (valueAt(object, field) === wanted) === (operator !== '!=');
}

/** `spec.nodeName=n1,status.phase!=Running` as a test. Throws the Status 400 of the API server. */
export function parseFieldSelector(text: string, resource: Resource): FieldTest {
  const terms = text.split(/(?<!\\),/).filter((term) => term !== '');
  const tests = terms.map((term) => parseTerm(term, resource));
  return (object) => tests.every((test) => test(object));
}
