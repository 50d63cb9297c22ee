import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Tags } from 'yaml';
import { z } from 'zod';
import { Confidence, Severity } from '@autodevops/domain/diagnosis';
import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Finding, Standing } from '@autodevops/domain/finding';
import { customObject } from '@autodevops/domain/kubernetes/cluster';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { isKindName, kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey } from '@autodevops/domain/object-ref';
import { Alert } from '@autodevops/domain/signal';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { ContainerLog, Coverage, SnapshotParts } from '@autodevops/domain/snapshot';

/**
 * A fixture is one YAML file: Kubernetes objects as `kubectl get -o yaml` prints them, after a first document of kind
 * `Fixture` that says when it was seen, what the logs held and what the analyzer must find:
 *
 * ```yaml
 * kind: Fixture
 * capturedAt: 2026-01-01T12:00:00Z
 * logs: {shop/web-1/app: "line\nline", shop/web-1/app/previous: "..."}
 * unseen: [Secret]                  # kinds that could not be read; every other kind counts as fully seen
 * expect: []                        # a healthy fixture
 * # expect: [{code: pod.image.not-found, object: Pod/shop/web-1, standing: current, quotes: "manifest unknown"}]
 * ---
 * apiVersion: v1
 * kind: Pod
 * ```
 *
 * Only what an expectation names is compared; the list of codes and objects must be complete.
 */
export interface Fixture {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly expected: readonly Expected[];
}

const Expected = z.strictObject({
  code: z.string(),
  object: z.string(),
  standing: z.enum(['current', 'recovered', 'progressing', 'expected'] satisfies Standing[]).optional(),
  severity: Severity.optional(),
  confidence: Confidence.optional(),
  /** Text that one quotation must hold. */
  quotes: z.string().min(1).optional(),
  /** Text that the cause's sentence must hold. */
  says: z.string().min(1).optional(),
  /** Every change that is proposed, in order: `set-image Deployment/shop/web {"container":"app","image":"web:1"}`, with `asks NAME` at its end where a person has to give NAME. */
  proposes: z.array(z.string()).optional(),
});
type Expected = Readonly<z.infer<typeof Expected>>;

const Header = z.strictObject({
  kind: z.literal('Fixture'),
  capturedAt: z.iso.datetime({ offset: true }),
  logs: z.record(z.string(), z.string()).default({}),
  unseen: z.array(z.enum(kindNames)).default([]),
  alerts: z.array(Alert).optional(),
  series: z
    .array(
      z.strictObject({
        query: z.string(),
        labels: z.record(z.string(), z.string()),
        points: z.array(z.tuple([z.number(), z.union([z.number(), z.nan()])])),
      }),
    )
    .optional(),
  serverVersion: z.string().optional(),
  servedVersions: z.array(z.string()).optional(),
  expect: z.array(Expected),
});
type Header = z.infer<typeof Header>;

function readLogs(logs: Readonly<Record<string, string>>): ContainerLog[] {
  return Object.entries(logs).map(([key, text]) => {
    const [namespace = '', pod = '', container = '', which] = key.split('/');
    return { namespace, pod, container, previous: which === 'previous', text, truncated: false };
  });
}

/** Parts out of raw objects, read as a cluster's adapter reads them: every kind counts as seen but those in `unseen`. */
export function partsFrom(
  objects: readonly unknown[],
  capturedAt: string,
  unseen: readonly KindName[] = [],
): SnapshotParts {
  const byKind: Record<string, unknown[]> = Object.fromEntries(kindNames.map((kind) => [kind, []]));
  const custom: CustomObject[] = [];
  for (const raw of objects) {
    const { kind, apiVersion } = raw as { kind?: string; apiVersion?: string };
    if (kind === undefined) throw new Error('an object without a kind');
    const known = isKindName(kind) && (apiVersion ?? '').startsWith(kinds[kind].group);
    if (known) byKind[kind]?.push(kinds[kind].shape.read(raw));
    else custom.push(customObject.read(raw));
  }
  const coverage: Record<string, Coverage> = Object.fromEntries(unseen.map((kind) => [kind, 'none']));
  return { cluster: 'fixture', capturedAt, objects: byKind, custom, coverage };
}

/** Times stay text, as the API sends them. */
function withoutTimes(tags: Tags): Tags {
  return tags.filter((tag) =>
    typeof tag === 'string' ? tag !== 'timestamp' : tag.tag !== 'tag:yaml.org,2002:timestamp',
  );
}

/** A word that is misspelt would expect nothing, so it is refused. */
function readHeader(path: string, document: unknown): Header {
  const read = Header.safeParse(document);
  if (!read.success) {
    throw new Error(`${path}: its first document is no header of a fixture:\n${z.prettifyError(read.error)}`);
  }
  return read.data;
}

export function readFixture(path: string): Fixture {
  const [header, ...objects] = parseAllDocuments(readFileSync(path, 'utf8'), {
    version: '1.1',
    customTags: withoutTimes,
  })
    .map((document) => document.toJS() as unknown)
    .filter((document) => document !== null && document !== undefined);
  const head = readHeader(path, header);
  const time = new Date(head.capturedAt).toISOString();
  const parts = partsFrom(objects, time, head.unseen);
  const snapshot = new Snapshot({
    ...parts,
    logs: readLogs(head.logs),
    ...(head.alerts === undefined ? {} : { alerts: head.alerts }),
    ...(head.series === undefined ? {} : { series: head.series }),
    ...(head.serverVersion === undefined ? {} : { serverVersion: head.serverVersion }),
    ...(head.servedVersions === undefined ? {} : { servedVersions: head.servedVersions }),
  });
  return { name: (path.split(/[\\/]/).at(-1) ?? path).replace(/\.ya?ml$/, ''), snapshot, expected: head.expect };
}

export function readFixtures(folder: URL): readonly Fixture[] {
  const path = fileURLToPath(folder);
  return readdirSync(path)
    .filter((file) => /\.ya?ml$/.test(file))
    .toSorted()
    .map((file) => readFixture(`${path}/${file}`));
}

function proposalText({ action, target, params, asks = [] }: ProposedChange): string {
  return [action, refKey(target), JSON.stringify(params), ...asks.map((name) => `asks ${name}`)].join(' ');
}

function check(finding: Finding, expected: Expected): void {
  if (expected.standing !== undefined) expect(finding.standing).toBe(expected.standing);
  if (expected.severity !== undefined) expect(finding.severity).toBe(expected.severity);
  if (expected.confidence !== undefined) expect(finding.confidence).toBe(expected.confidence);
  if (expected.says !== undefined) expect(finding.cause).toContain(expected.says);
  if (expected.proposes !== undefined) expect(finding.changes.map(proposalText)).toEqual(expected.proposes);
  if (expected.quotes !== undefined) expect(finding.evidence.map((e) => e.quote).join('\n')).toContain(expected.quotes);
}

/** Runs every fixture in the folder beside the test: `testFixtures(analyzer, new URL('./fixtures/', import.meta.url))`. */
export function testFixtures(
  analyzer: { name: string; codes: readonly { code: string }[]; analyze: (s: Snapshot) => readonly Finding[] },
  folder: URL,
): void {
  describe(`${analyzer.name} fixtures`, () => {
    for (const fixture of readFixtures(folder)) {
      it(fixture.name.replaceAll('-', ' '), () => {
        const found = analyzer.analyze(fixture.snapshot);
        const key = (f: { code: string; object: string }): string => `${f.code} ${f.object}`;
        expect(found.map((f) => `${f.code} ${refKey(f.object)}`).toSorted()).toEqual(
          fixture.expected.map(key).toSorted(),
        );
        for (const expected of fixture.expected) {
          const match = found.find((f) => f.code === expected.code && refKey(f.object) === expected.object);
          if (match !== undefined) check(match, expected);
        }
        for (const f of found) {
          expect(f.evidence.length, `${f.code} has no evidence`).toBeGreaterThan(0);
          expect(analyzer.codes.map((c) => c.code)).toContain(f.code);
        }
      });
    }
  });
}
