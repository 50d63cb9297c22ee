import type { Cause, Diagnosis, Evidence } from '@autodevops/domain/diagnosis';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { oneLine } from '@autodevops/domain/printable';
import { isRecord } from '@autodevops/domain/raw-record';
import { t } from '../../language/translate.ts';
import type { ManifestFix, ManifestProblem, ProblemSeverity } from '../problem.ts';
import { parseFieldPath } from '../reading/field-path.ts';
import type { FieldPath } from '../reading/field-path.ts';
import { follow, placeOfField, placeOfName } from '../reading/field-place.ts';
import { fieldAt, textAt } from '../reading/field-value.ts';
import { namespaceOf } from '../reading/manifest.ts';
import { referencesOf } from '../reading/reference.ts';
import type { Manifest } from '../reading/manifest.ts';
import { templatePath } from '../reading/pod-template.ts';
import { editsFor, isWritten, wantedFields } from './proposed-edits.ts';
import type { Wanted } from './proposed-edits.ts';

/** A file with what its manifests describe, and the namespace of objects that do not say one. */
interface DiagnosedFile {
  readonly manifests: readonly Manifest[];
  readonly text: string;
  readonly home: string;
}

type Named = Pick<ObjectRef, 'kind' | 'namespace' | 'name'>;

export function describes(manifest: Manifest, { kind, namespace, name }: Named, home: string): boolean {
  return manifest.kind === kind && manifest.name === name && namespaceOf(manifest, home) === namespace;
}

/** What a workload's pods say of their specification stands in its template. */
function pathInManifest(manifest: Manifest, { object, path = '' }: Evidence, home: string): FieldPath | undefined {
  const said = parseFieldPath(path);
  if (describes(manifest, object, home)) return said;
  const template = templatePath(manifest.kind);
  const ofItsPods = object.kind === 'Pod' || object.kind === 'ReplicaSet';
  if (
    template === undefined ||
    template.length === 0 ||
    !ofItsPods ||
    object.namespace !== namespaceOf(manifest, home) ||
    !object.name.startsWith(`${manifest.name}-`)
  ) {
    return undefined;
  }
  return object.kind === 'Pod' ? [...template, ...said] : said;
}

/** Of what names another object, the name: `configMapRef` is quoted whole, and its name is what is wrong. */
function nameWithin(manifest: Manifest, path: FieldPath): FieldPath {
  const within = referencesOf(manifest).filter(
    (one) => one.path.length > path.length && path.every((step, at) => step === one.path[at]),
  );
  return within.length === 1 ? (within[0]?.path ?? path) : path;
}

/** Of an entry of a list that is quoted whole (`NAME=value`), the field that the quotation ends with. */
function fieldWithin({ value }: Manifest, path: FieldPath, quote: string): FieldPath {
  const entry = fieldAt(value, path);
  if (typeof path.at(-1) !== 'number' || !isRecord(entry)) return path;
  const places = Object.keys(entry)
    .map((key) => ({ key, text: textAt(entry, key) }))
    .filter(({ text }) => text !== '' && quote.includes(text))
    .map(({ key, text }) => ({ key, end: quote.lastIndexOf(text) + text.length }));
  const [last] = places.toSorted((a, b) => b.end - a.end);
  return last === undefined ? path : [...path, last.key];
}

interface Quoted {
  readonly path: FieldPath;
  readonly quote: string;
  /** Steps that do not lead into the file. */
  readonly missing: number;
}

/** Fields that the evidence quotes, the one that leads furthest into the file first. */
function quotedFields(manifest: Manifest, evidence: readonly Evidence[], home: string): readonly Quoted[] {
  const quoted = evidence
    .filter(({ source, path }) => source === 'spec' && path !== undefined)
    .flatMap((one) => {
      const path = pathInManifest(manifest, one, home);
      return path === undefined
        ? []
        : [
            {
              path: fieldWithin(manifest, nameWithin(manifest, path), one.quote),
              quote: one.quote,
              missing: follow(manifest, path).rest.length,
            },
          ];
    });
  return quoted.filter(({ path, missing }) => missing < path.length).toSorted((a, b) => a.missing - b.missing);
}

/** Whether the file says something else by now than what lives, and is quoted. */
function isRewritten({ value }: Manifest, { path, quote, missing }: Quoted): boolean {
  const now = fieldAt(value, path);
  return (
    missing === 0 &&
    (typeof now === 'string' || typeof now === 'number') &&
    !quote.includes(String(now)) &&
    !quote.includes('…')
  );
}

const severities: Readonly<Record<Cause['severity'], ProblemSeverity>> = {
  critical: 'error',
  warning: 'warning',
  info: 'information',
};

function fixTitle(wanted: readonly Wanted[]): string {
  return t(
    'Set {0}',
    wanted.map(({ path, value }) => `${String(path.at(-1))}: ${oneLine(String(value), 60)}`).join(', '),
  );
}

/** Kinds that others make: no file describes them, but what makes them. */
const made: readonly string[] = ['Pod', 'ReplicaSet', 'Node', 'EndpointSlice', 'Endpoints'];

function isAbout({ object, changes, evidence }: Cause, manifest: Manifest, home: string): boolean {
  if (describes(manifest, object, home) || changes.some(({ target }) => describes(manifest, target, home))) return true;
  return (
    made.includes(object.kind) && evidence.some((one) => one.source === 'spec' && describes(manifest, one.object, home))
  );
}

function problemOf(cause: Cause, manifest: Manifest, { home, text }: DiagnosedFile): ManifestProblem {
  const proposals = cause.changes
    .filter(({ target }) => describes(manifest, target, home))
    .map((change) => wantedFields(manifest, change))
    .filter((wanted) => wanted.length > 0);
  const [quoted] = quotedFields(manifest, cause.evidence, home);
  const written =
    proposals.length > 0
      ? proposals.some((wanted) => isWritten(manifest, wanted))
      : quoted !== undefined && isRewritten(manifest, quoted);
  const fixes: readonly ManifestFix[] = proposals.flatMap((wanted) => {
    const edits = editsFor(manifest, wanted, text);
    return edits.length === 0 ? [] : [{ title: fixTitle(wanted), edits }];
  });
  const changed = proposals.flat().find((field) => !isWritten(manifest, [field])) ?? proposals.flat()[0];
  const path = changed?.path ?? quoted?.path;
  const said = oneLine(cause.cause, 600);
  return {
    from: 'cluster',
    code: cause.code,
    about: { kind: cause.object.kind, namespace: cause.object.namespace, name: cause.object.name },
    severity: written ? 'information' : severities[cause.severity],
    message: written ? t('{0} The file says it otherwise already: apply it.', said) : said,
    fixes: written ? [] : fixes,
    ...(path === undefined ? placeOfName(manifest) : placeOfField(manifest, path)),
  };
}

/** What is wrong in the cluster with what a file describes, at the very field where the file says it. */
export function liveProblems({ causes }: Pick<Diagnosis, 'causes'>, file: DiagnosedFile): readonly ManifestProblem[] {
  return file.manifests.flatMap((manifest) =>
    causes.filter((cause) => isAbout(cause, manifest, file.home)).map((cause) => problemOf(cause, manifest, file)),
  );
}

/** Causes that are about an object, the first the worst. */
export function causesOf(causes: readonly Cause[], object: Named): readonly Cause[] {
  const same = (other: Named): boolean =>
    other.kind === object.kind && other.namespace === object.namespace && other.name === object.name;
  return causes.filter((cause) => same(cause.object) || cause.symptoms.some((symptom) => same(symptom.object)));
}
