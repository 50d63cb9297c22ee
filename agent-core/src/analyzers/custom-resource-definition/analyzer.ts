import type { Because, Finding } from '@autodevops/domain/finding';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { CustomResourceDefinition } from '@autodevops/domain/kubernetes/cluster';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { warningTexts } from '../../evidence/warning-texts.ts';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { conditionOf, isReady } from '../../reading/pods/pod-status.ts';
import { said } from '../../reading/said.ts';
import { definitionsUnconverted, unconvertedIn } from '../../reading/objects-named.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import type { Analyzer } from '../analyzer.ts';
import { removalOf } from '../../reading/platform/removed-apis.ts';
import { conversionFailing, conversionServiceMissing, kindMissing, namesRefused, noneServed } from './codes.ts';

function checkNames(crd: CustomResourceDefinition): Finding[] {
  const refused = conditionOf(crd.status.conditions, 'NamesAccepted');
  if (refused?.status !== 'False') return [];
  const ref = refTo('CustomResourceDefinition', crd);
  const cause = `CRD "${crd.metadata.name}" is not served because its names are not accepted: ${said(refused.message || refused.reason)}.`;
  return [
    finding(namesRefused, {
      object: ref,
      cause,
      since: refused.lastTransitionTime ?? '',
      evidence: [fromCondition(ref, refused)],
    }),
  ];
}

function checkServed(crd: CustomResourceDefinition): Finding[] {
  const { versions } = crd.spec;
  if (versions.length === 0 || versions.some((v) => v.served !== false)) return [];
  const ref = refTo('CustomResourceDefinition', crd);
  const evidence = versions
    .slice(0, 3)
    .map((v, i) => fromSpec(ref, `spec.versions[${i}]`, `name: ${v.name}, served: false`));
  return [
    finding(noneServed, {
      object: ref,
      cause: `CRD "${crd.metadata.name}" serves none of its versions (${versions.map((v) => v.name).join(', ')}).`,
      evidence,
    }),
  ];
}

/** With one version nothing is ever converted, whatever the strategy says. */
function checkConversion(snapshot: Snapshot, crd: CustomResourceDefinition): Finding[] {
  const { conversion, versions } = crd.spec;
  const service = conversion?.webhook?.clientConfig.service;
  if (conversion?.strategy !== 'Webhook' || service === undefined || versions.length < 2) return [];
  const ref = refTo('CustomResourceDefinition', crd);
  const name = `${service.namespace}/${service.name}`;
  const evidence = [fromSpec(ref, 'spec.conversion.webhook.clientConfig.service', `service: ${name}`)];
  if (snapshot.lacks('Service', service.namespace, service.name)) {
    const cause = `Objects of CRD "${crd.metadata.name}" cannot be converted between versions because the webhook's Service ${name} does not exist.`;
    return [finding(conversionServiceMissing, { object: ref, cause, evidence })];
  }
  const found = snapshot.get('Service', service.namespace, service.name);
  if (found === undefined || Object.keys(found.spec.selector).length === 0 || !snapshot.saw('Pod', service.namespace)) {
    return [];
  }
  if (podsBehind(snapshot, found).some(isReady)) return [];
  const cause = `Objects of CRD "${crd.metadata.name}" cannot be converted between versions because the webhook's Service ${name} has no ready pod.`;
  return [
    finding(conversionFailing, {
      object: ref,
      cause,
      evidence,
      because: [{ object: refByName('Service', service.namespace, service.name) }],
      facet: 'service',
    }),
  ];
}

/** Errors of conversions, by CRD. Those whose Service is known to be broken are told already. */
function checkConversionErrors(snapshot: Snapshot, told: ReadonlySet<string>): Finding[] {
  const byCrd = new Map<string, Finding>();
  for (const { text, evidence } of warningTexts(snapshot, 'conversion webhook for')) {
    const { group, kind } = unconvertedIn(text) ?? {};
    if (group === undefined || kind === undefined) continue;
    const [named] = definitionsUnconverted(snapshot, text);
    const crd = named === undefined ? undefined : snapshot.get('CustomResourceDefinition', '', named.name);
    if (crd !== undefined && told.has(crd.metadata.name)) continue;
    const object = crd === undefined ? evidence.object : refTo('CustomResourceDefinition', crd);
    const service = crd?.spec.conversion?.webhook?.clientConfig.service;
    const because = service === undefined ? [] : [{ object: refByName('Service', service.namespace, service.name) }];
    const cause = `${kind} objects of ${group} cannot be converted between versions: ${said(text, 300)}.`;
    if (!byCrd.has(`${group}/${kind}`)) {
      byCrd.set(
        `${group}/${kind}`,
        finding(conversionFailing, { object, cause, evidence: [evidence], because, facet: 'error' }),
      );
    }
  }
  return [...byCrd.values()];
}

const noMatch = /no matches for kind "([^"]{1,80})" in (?:version|group) "([^"]{1,120})"/;

function isInstalled(snapshot: Snapshot, kind: string, groupVersion: string): boolean {
  const group = groupOf(groupVersion);
  const version = groupVersion.slice(groupVersion.indexOf('/') + 1);
  const crd = snapshot
    .list('CustomResourceDefinition')
    .find((c) => c.spec.group === (group || groupVersion) && c.spec.names.kind === kind);
  return crd !== undefined && (group === '' || crd.spec.versions.some((v) => v.name === version && v.served !== false));
}

const plainParts = new Set(['provider', 'crossplane', 'contrib', 'family', 'upbound']);

/** Crossplane's providers bring kinds with them: that of `sql.gcp.upbound.io` is called `provider-gcp-sql`. */
function bringers(snapshot: Snapshot, groupVersion: string): readonly Because[] {
  const group = new Set(groupOf(groupVersion).split('.'));
  const named = customOfKind(snapshot, 'pkg.crossplane.io', 'Provider').filter(({ metadata }) => {
    const parts = metadata.name.split('-').filter((part) => !plainParts.has(part));
    return parts.length > 0 && parts.every((part) => group.has(part));
  });
  return named.map((provider) => ({ object: refToCustom(provider), codes: ['custom.'] }));
}

function checkMissing(snapshot: Snapshot): Finding[] {
  const found = new Map<string, Finding>();
  for (const { object, text, evidence, container } of warningTexts(snapshot, 'no matches for kind')) {
    // Quotation marks are escaped within quoted log messages.
    const [, kind = '', version = ''] = noMatch.exec(text.replaceAll('\\"', '"')) ?? [];
    // Kinds of Kubernetes itself that were removed are another story.
    if (kind === '' || removalOf(version, kind) !== undefined || isInstalled(snapshot, kind, version)) continue;
    const key = `${refText(object)}|${kind}|${version}`;
    const cause = `${refText(object)} works with kind ${said(kind, 80)} of ${said(version, 120)}, which is not installed in the cluster.`;
    if (!found.has(key)) {
      found.set(
        key,
        finding(kindMissing, {
          object,
          cause,
          evidence: [evidence],
          because: bringers(snapshot, version),
          facet: `${container} ${kind} ${version}`,
        }),
      );
    }
  }
  return [...found.values()];
}

const notServed = /could not find the requested resource \((?:get|post) ([a-z0-9-]{1,80})\.([a-z0-9.-]{3,120})\)/;
/** Groups of Kubernetes itself, and those that an aggregated API serves: no definition brings them. */
const withoutDefinition = /^(?:[a-z]+|[a-z]+\.apiserver|rbac\.authorization)\.k8s\.io$/;

/** Programs that do not become ready and ask for what no definition serves; those that run well do without it. */
function checkNotServed(snapshot: Snapshot): Finding[] {
  const found = new Map<string, Finding>();
  for (const { object, text, evidence, container } of warningTexts(snapshot, 'could not find the requested resource')) {
    const [, plural = '', group = ''] = notServed.exec(text) ?? [];
    const definition = `${plural}.${group}`;
    const pod = snapshot.get('Pod', object.namespace, object.name);
    if (plural === '' || pod === undefined || object.kind !== 'Pod' || isReady(pod)) continue;
    const defined = snapshot.get('CustomResourceDefinition', '', definition) !== undefined;
    if (defined || withoutDefinition.test(group)) continue;
    const cause = `${refText(object)} asks for ${plural} of ${group}, which the cluster does not serve: there is no CustomResourceDefinition "${definition}".`;
    const key = `${refText(object)}|${definition}`;
    if (!found.has(key)) {
      found.set(
        key,
        finding(kindMissing, {
          object,
          cause,
          evidence: [evidence],
          because: bringers(snapshot, `${group}/`),
          facet: `${container} ${definition}`,
        }),
      );
    }
  }
  return [...found.values()];
}

/** CustomResourceDefinitions that do not serve their kind, and kinds that are missing. */
export const customResourceDefinition: Analyzer = {
  name: 'custom-resource-definition',
  codes: [kindMissing, namesRefused, noneServed, conversionServiceMissing, conversionFailing],
  analyze: (snapshot) => {
    const own = snapshot
      .list('CustomResourceDefinition')
      .flatMap((crd) => [...checkNames(crd), ...checkServed(crd), ...checkConversion(snapshot, crd)]);
    const told = new Set(own.filter((f) => f.code.startsWith('crd.conversion')).map((f) => f.object.name));
    const missing = snapshot.saw('CustomResourceDefinition')
      ? [...checkMissing(snapshot), ...checkNotServed(snapshot)]
      : [];
    return [...own, ...checkConversionErrors(snapshot, told), ...missing];
  },
};
