import type { Because, Finding } from '@autodevops/domain/finding';
import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Json } from '@autodevops/domain/kubernetes/shape';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { conditionsOf, customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { flagAt, listAt, textAt, valueAt } from '../../reading/json-value.ts';
import { nameList } from '../../reading/name-list.ts';
import { definitionsUnconverted, unreachedIn } from '../../reading/objects-named.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { cacheOf, checkCache, saysCacheRefuses } from './cache.ts';
import { cacheRefuses, comparison, degraded, outOfSync, syncFailed } from './codes.ts';

const minute = 60_000;
const unreadable = ['ComparisonError', 'InvalidSpecError', 'UnknownError'];
const refusedTypes = ['SyncError', 'DeletionError'];

function isAutomated(app: CustomObject): boolean {
  return (
    valueAt(app.spec, 'syncPolicy', 'automated') !== undefined &&
    flagAt(app.spec, 'syncPolicy', 'automated', 'enabled') !== false
  );
}

/** What makes the manifests of every application, by the name that all of its installations give it. */
function repoServers(snapshot: Snapshot, namespace: string): readonly ObjectRef[] {
  const services = snapshot
    .listIn('Service', namespace)
    .filter((service) => service.metadata.name.endsWith('repo-server'));
  return services.map((service) => refTo('Service', service));
}

/** The want of a source, or of what reads it, is the same for many applications. */
function comparisonBecause(snapshot: Snapshot, app: CustomObject, message: string): readonly Because[] {
  const { namespace } = app.metadata;
  const unserved = /code = Unavailable|repo-server/.test(message) ? repoServers(snapshot, namespace) : [];
  const refused = saysCacheRefuses(message) ? [cacheOf(snapshot, namespace)] : [];
  return [
    ...definitionsUnconverted(snapshot, message),
    ...unreachedIn(snapshot, message, namespace),
    ...unserved,
    ...refused,
  ].map((object) => ({ object }));
}

/** What keeps Argo CD from a repository keeps it from all that is in it; of a chart or a path the message names one. */
function sharedSource(app: CustomObject, message: string): Pick<Finding, 'sharedWith'> {
  const repository = textAt(app.spec, 'source', 'repoURL');
  return repository !== '' &&
    /authentication required|permission denied|repository not found|authorization failed|could not read|connection refused|no such host|i\/o timeout|x509|tls:/i.test(
      message,
    )
    ? { sharedWith: repository }
    : {};
}

/** Argo CD's conditions have no status: being there is what they say. */
function checkConditions(snapshot: Snapshot, app: CustomObject): Finding[] {
  const ref = refToCustom(app);
  return conditionsOf(app).flatMap((condition) => {
    const code = unreadable.includes(condition.type)
      ? comparison
      : refusedTypes.includes(condition.type)
        ? syncFailed
        : undefined;
    if (code === undefined) return [];
    const cause =
      code === comparison
        ? `Argo CD cannot compare application "${app.metadata.name}" with its source: ${said(condition.message)}.`
        : `Argo CD could not bring application "${app.metadata.name}" to its wanted state: ${said(condition.message)}.`;
    const evidence = [
      fromStatus(
        ref,
        `status.conditions[type=${condition.type}]`,
        `${condition.type}: ${condition.message}`,
        condition.lastTransitionTime ?? '',
      ),
    ];
    return finding(code, {
      object: ref,
      cause,
      since: condition.lastTransitionTime ?? '',
      evidence,
      because: [
        ...comparisonBecause(snapshot, app, condition.message),
        { object: ref, codes: ['api.', 'crd.', 'permission.'] },
      ],
      facet: condition.type,
      ...(code === comparison ? sharedSource(app, condition.message) : {}),
    });
  });
}

function resourceRef(resource: Json): ObjectRef {
  const group = textAt(resource, 'group');
  const version = textAt(resource, 'version');
  return {
    apiVersion: joinApiVersion(group, version),
    kind: textAt(resource, 'kind'),
    namespace: textAt(resource, 'namespace'),
    name: textAt(resource, 'name'),
    uid: '',
  };
}

function resourcesBy(
  app: CustomObject,
  health: readonly string[],
): readonly { ref: ObjectRef; message: string; health: string }[] {
  const bad = listAt(app.status, 'resources').filter((r) => health.includes(textAt(r, 'health', 'status')));
  return bad.map((r) => ({
    ref: resourceRef(r),
    message: textAt(r, 'health', 'message'),
    health: textAt(r, 'health', 'status'),
  }));
}

/** The first object that was refused, where the summary does not say which and why. */
function refusedText(refused: Json | undefined, summary: string): string {
  const message = textAt(refused, 'message');
  return refused === undefined || message === '' || summary.includes(message)
    ? ''
    : `; ${refText(resourceRef(refused))}: ${said(message.replace(/\.$/, ''))}`;
}

function checkOperation(snapshot: Snapshot, app: CustomObject): Finding[] {
  const phase = textAt(app.status, 'operationState', 'phase');
  const synced = textAt(app.status, 'sync', 'status') === 'Synced';
  if ((phase !== 'Failed' && phase !== 'Error') || synced) return [];
  const ref = refToCustom(app);
  const message = textAt(app.status, 'operationState', 'message');
  const finished = textAt(app.status, 'operationState', 'finishedAt');
  const refused = listAt(app.status, 'operationState', 'syncResult', 'resources').filter(
    (r) => textAt(r, 'status') === 'SyncFailed' || textAt(r, 'hookPhase') === 'Failed',
  );
  const evidence = [
    fromStatus(ref, 'status.operationState', `${phase}: ${message}`, finished),
    ...refused
      .slice(0, 3)
      .map((r) =>
        fromStatus(
          ref,
          'status.operationState.syncResult.resources',
          `${textAt(r, 'kind')} ${textAt(r, 'name')}: ${textAt(r, 'message')}`,
          finished,
        ),
      ),
  ];
  const because: readonly Because[] = [...refused.map(resourceRef), ...resourcesBy(app, ['Degraded']).map((r) => r.ref)]
    .map((object): Because => ({ object }))
    .concat({ object: ref, codes: ['api.', 'crd.', 'permission.'] });
  const old = (ageOf(snapshot, finished) ?? 0) > 7 * 24 * 60 * minute;
  return [
    finding(syncFailed, {
      object: ref,
      severity: old ? 'info' : 'warning',
      cause: `Argo CD's last sync of application "${app.metadata.name}" failed: ${said(message.replace(/\.$/, ''))}${refusedText(refused[0], message)}.`,
      since: finished,
      evidence,
      because,
      facet: 'operation',
    }),
  ];
}

function checkHealth(app: CustomObject): Finding[] {
  const health = textAt(app.status, 'health', 'status');
  if (health !== 'Degraded' && !(health === 'Missing' && isAutomated(app))) return [];
  const ref = refToCustom(app);
  const since = textAt(app.status, 'health', 'lastTransitionTime');
  const bad = resourcesBy(app, ['Degraded', 'Missing']);
  const which = bad.length === 0 ? '' : ` because of ${nameList(bad.map((r) => refText(r.ref)))}`;
  return [
    finding(degraded, {
      object: ref,
      cause: `Argo CD calls application "${app.metadata.name}" ${health}${which}.`,
      confidence: 'medium',
      since,
      evidence: [
        fromStatus(ref, 'status.health.status', `health: ${health}`, since),
        ...bad
          .slice(0, 3)
          .map((r) => fromStatus(ref, 'status.resources', `${refText(r.ref)} ${r.health}: ${r.message}`)),
      ],
      because: bad.map((r) => ({ object: r.ref })),
      generic: true,
    }),
  ];
}

function checkSync(snapshot: Snapshot, app: CustomObject): Finding[] {
  const phase = textAt(app.status, 'operationState', 'phase');
  if (
    textAt(app.status, 'sync', 'status') !== 'OutOfSync' ||
    phase === 'Running' ||
    phase === 'Failed' ||
    phase === 'Error'
  ) {
    return [];
  }
  const ref = refToCustom(app);
  const finished = textAt(app.status, 'operationState', 'finishedAt');
  const heals = isAutomated(app) && flagAt(app.spec, 'syncPolicy', 'automated', 'selfHeal') === true;
  const differing = listAt(app.status, 'resources')
    .filter((r) => textAt(r, 'status') === 'OutOfSync')
    .map(resourceRef);
  const which = differing.length === 0 ? '' : `: ${nameList(differing.map(refText))}`;
  const how = isAutomated(app) ? 'although it is to be synced automatically' : 'and waits for somebody to sync it';
  const keepsDiffering = heals && (ageOf(snapshot, finished) ?? 0) > 10 * minute;
  return [
    finding(outOfSync, {
      object: ref,
      severity: keepsDiffering ? 'warning' : 'info',
      standing: isAutomated(app) ? 'current' : 'expected',
      confidence: 'low',
      cause: `Application "${app.metadata.name}" differs from Git ${how}${which}.`,
      since: finished,
      evidence: [fromStatus(ref, 'status.sync.status', `sync: OutOfSync${which}`)],
      generic: true,
    }),
  ];
}

/** Applications of Argo CD. Healthy and Synced, Progressing and Suspended ones are as they should be. */
export const argoCd: Analyzer = {
  name: 'argo-cd',
  codes: [cacheRefuses, comparison, syncFailed, degraded, outOfSync],
  analyze: (snapshot) => {
    const apps = customOfKind(snapshot, 'argoproj.io', 'Application').filter(
      (app) => app.metadata.deletionTimestamp === undefined,
    );
    const each = apps.flatMap((app) => {
      const told = checkConditions(snapshot, app);
      // Its condition SyncError repeats what the last operation says, which names the refused objects besides.
      const operation = checkOperation(snapshot, app);
      const apart = operation.every((f) => f.severity === 'info') ? told : told.filter((f) => f.facet !== 'SyncError');
      return [...apart, ...operation, ...checkHealth(app), ...(told.length > 0 ? [] : checkSync(snapshot, app))];
    });
    return [...checkCache(snapshot, apps), ...each];
  },
};
