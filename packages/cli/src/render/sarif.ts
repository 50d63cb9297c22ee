import { datedBeginning } from '@autodevops/domain/dated-beginning';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import type { CodeEntry } from '@autodevops/domain/finding';
import { refText } from '@autodevops/domain/object-ref';
import { cleared } from './cleared.ts';
import { safeJson } from '@autodevops/domain/safe-json';

export interface SarifContext {
  readonly catalogue: ReadonlyMap<string, CodeEntry>;
  readonly version: string;
  /** The path that `--from` named; undefined for a live cluster. */
  readonly bundle: string | undefined;
}

const levels = { critical: 'error', warning: 'warning', info: 'note' } as const;

function rule(code: string, entry: CodeEntry | undefined): object {
  if (entry === undefined) return { id: code, shortDescription: { text: code } };
  return {
    id: code,
    name: entry.title,
    shortDescription: { text: entry.title },
    fullDescription: { text: entry.means },
    help: { text: [entry.recognised, ...entry.nextSteps, ...entry.avoid.map((text) => `Avoid: ${text}`)].join('\n') },
    defaultConfiguration: { level: levels[entry.severity] },
    properties: { tags: [entry.group] },
  };
}

/** A path in a bundle as a relative reference; an object of a live cluster as a URI of its own. */
function uriOf(cause: Cause, diagnosis: Diagnosis, bundle: string | undefined): string {
  if (bundle !== undefined) return bundle.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  const { kind, namespace, name } = cause.object;
  const parts = [
    diagnosis.observed.cluster || diagnosis.observed.source || 'cluster',
    ...(namespace === '' ? [] : [namespace]),
    kind,
    name,
  ];
  return `kubernetes://${parts.map(encodeURIComponent).join('/')}`;
}

function result(
  cause: Cause,
  context: { readonly diagnosis: Diagnosis; readonly bundle: string | undefined; readonly ruleIndex: number },
): object {
  const { kind, namespace, name } = cause.object;
  return {
    ruleId: cause.code,
    ruleIndex: context.ruleIndex,
    level: levels[cause.severity],
    rank: { high: 100, medium: 60, low: 30 }[cause.confidence],
    message: {
      text: [cause.cause, datedBeginning(cause), cause.impact, ...cause.nextSteps]
        .filter((line) => line !== '')
        .join('\n'),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(cause, context.diagnosis, context.bundle) },
          region: { startLine: 1 },
        },
        logicalLocations: [
          {
            name,
            kind: 'resource',
            fullyQualifiedName: [kind, namespace, name].filter((part) => part !== '').join('/'),
          },
        ],
      },
    ],
    partialFingerprints: { causeAndObject: `${cause.code}:${kind}/${namespace}/${name}` },
    properties: {
      evidence: cause.evidence.map((e) => `${e.source}: ${e.quote}`),
      symptoms: cause.symptoms.map((s) => refText(s.object)),
    },
  };
}

/** SARIF 2.1.0 for code-scanning views: rules from the catalogue, one result for every cause. */
export function renderSarif(diagnosis: Diagnosis, { catalogue, version, bundle }: SarifContext): string {
  const safe = cleared(diagnosis);
  const reported = [...safe.causes, ...safe.information];
  const codes = [...new Set(reported.map((cause) => cause.code))].toSorted();
  const run = {
    tool: {
      driver: {
        name: 'autodevops',
        version,
        semanticVersion: version,
        rules: codes.map((code) => rule(code, catalogue.get(code))),
      },
    },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: safe.blindSpots.map((b) => ({
          level: 'warning',
          message: { text: `Not seen: ${b.what}: ${b.why} ${b.remedy}`.trim() },
        })),
      },
    ],
    results: reported.map((cause) => result(cause, { diagnosis: safe, bundle, ruleIndex: codes.indexOf(cause.code) })),
    properties: { verdict: safe.verdict },
  };
  return safeJson({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] });
}
