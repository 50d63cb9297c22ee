import { changeAnnotation } from '@autodevops/domain/change/field-manager';
import { listKeys } from '@autodevops/domain/change/list-keys';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { FieldDiff } from '@autodevops/domain/change/plan';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { oneLine, printable } from '@autodevops/domain/printable';
import { isRecord } from '@autodevops/domain/raw-record';
import { secretMask, redact } from '@autodevops/domain/redact';
import { isWithheldName, looksSecret } from '../../scarlet/secrets/looks-secret.ts';
import { holdsSecret } from '../../scarlet/secrets/secret-texts.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** Kept by the server, or by us: they differ after every write and say nothing. */
const ownMetadata: readonly string[] = [
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
];
const ownAnnotations: readonly string[] = ['kubectl.kubernetes.io/last-applied-configuration', changeAnnotation];
const longest = 2000;

type Fields = Readonly<Record<string, unknown>>;

/** A value at the end of a path, with the name that tells whether it may be a secret. */
interface Leaf {
  readonly path: string;
  readonly name: string;
  readonly value: unknown;
}

function without(map: unknown, names: readonly string[]): Fields {
  return isRecord(map) ? Object.fromEntries(Object.entries(map).filter(([name]) => !names.includes(name))) : {};
}

/** What people set: everything but status and what the server keeps for itself. */
function visible(object: Manifest): Fields {
  const metadata = without(object.metadata, [...ownMetadata, 'annotations']);
  return {
    ...without(object, ['status', 'metadata']),
    metadata: { ...metadata, annotations: without(object.metadata['annotations'], ownAnnotations) },
  };
}

function keyOfList(...lists: readonly (readonly unknown[])[]): string | undefined {
  return listKeys.find((key) =>
    lists.every((list) => {
      const values = list.map((entry) => (isRecord(entry) ? entry[key] : undefined));
      return (
        values.every((value) => typeof value === 'string' || typeof value === 'number') &&
        new Set(values).size === values.length
      );
    }),
  );
}

function entriesOf(
  value: unknown,
  other: unknown,
): readonly (readonly [segment: string, name: string, value: unknown])[] | undefined {
  if (isRecord(value)) {
    return Object.entries(value).map(([key, inner]) => [/[.[\]]/.test(key) ? `[${key}]` : `.${key}`, key, inner]);
  }
  if (!Array.isArray(value) || !value.some(isRecord)) return undefined;
  const key = keyOfList(value, Array.isArray(other) ? other : []);
  return value.map((entry: unknown, index) => {
    const name = key === undefined ? String(index) : String((entry as Fields)[key]);
    return [`[${name}]`, name, entry];
  });
}

/** `env[TOKEN].value` is judged by the variable's name, `stringData.password` by its own. */
function leaves(value: unknown, other: unknown, path = '', name = ''): readonly Leaf[] {
  const entries = entriesOf(value, other);
  if (entries === undefined || entries.length === 0) return [{ path: path.replace(/^\./, ''), name, value }];
  const others = new Map((entriesOf(other, value) ?? []).map(([segment, , inner]) => [segment, inner]));
  return entries.flatMap(([segment, own, inner]) =>
    leaves(inner, others.get(segment), path + segment, own === 'value' ? name : own),
  );
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

/** Text without what looks like a credential in it; without anything where its name tells that it is one. */
function textWithoutSecrets(name: string, text: string): string {
  const redacted = redact(text);
  const whole = looksSecret(name, text) && (isWithheldName(name) || redacted === text);
  return whole || holdsSecret(text) ? secretMask : redacted;
}

/** An argument behind a flag is judged by the flag. */
function withoutSecrets(name: string, value: unknown): unknown {
  if (typeof value === 'string') return textWithoutSecrets(name, value);
  if (Array.isArray(value)) return value.map((item: unknown, index) => withoutSecrets(flagBefore(value, index), item));
  return value;
}

function flagBefore(list: readonly unknown[], index: number): string {
  const before = list[index - 1];
  return typeof before === 'string' && /^--?[A-Za-z]/.test(before) ? before : '';
}

function shown({ path, name, value }: Leaf, secret: boolean): string {
  if (secret && /^(?:data|stringData)\b/.test(path)) return secretMask;
  if (typeof value !== 'string') return oneLine(redact(yamlScalar(withoutSecrets(name, value))), longest);
  const safe = textWithoutSecrets(name, value);
  if (safe === secretMask) return secretMask;
  const text = printable(yamlScalar(safe));
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`;
}

/** By its uid a Job knows its pods, so that it stands in fields; one that is not made yet has another in every dry run. */
function isPassing({ value }: Leaf, before: Manifest | undefined, after: Manifest): boolean {
  return before === undefined && value !== undefined && value === after.metadata['uid'];
}

function byPath(a: FieldDiff, b: FieldDiff): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/**
 * The fields in which an object differs, sorted by path: `spec.template.spec.containers[web].image`. An object that
 * is made or goes is one line with an empty path, and those of its fields. Values of Secrets, and values that look
 * like a credential by themselves or by their name, are masked.
 */
export function fieldDiffs(
  object: ObjectRef,
  before: Manifest | undefined,
  after: Manifest | undefined,
): readonly FieldDiff[] {
  if (after === undefined) return before === undefined ? [] : [{ object, path: '', before: 'exists', after: '' }];
  const whole: readonly FieldDiff[] = before === undefined ? [{ object, path: '', before: '', after: 'exists' }] : [];
  const [old, fresh] = [before === undefined ? {} : visible(before), visible(after)];
  const oldLeaves = new Map(leaves(old, fresh).map((leaf) => [leaf.path, leaf]));
  const newLeaves = new Map(
    leaves(fresh, old).flatMap((leaf) => (isPassing(leaf, before, after) ? [] : [[leaf.path, leaf] as const])),
  );
  const secret = object.kind === 'Secret';
  const fields = [...new Set([...oldLeaves.keys(), ...newLeaves.keys()])].flatMap((path): readonly FieldDiff[] => {
    const [was, is] = [oldLeaves.get(path), newLeaves.get(path)];
    if (JSON.stringify(was?.value) === JSON.stringify(is?.value) || (isEmpty(was?.value) && isEmpty(is?.value))) {
      return [];
    }
    return [
      {
        object,
        path,
        before: was === undefined ? '' : shown(was, secret),
        after: is === undefined ? '' : shown(is, secret),
      },
    ];
  });
  return [...whole, ...fields.toSorted(byPath)];
}
