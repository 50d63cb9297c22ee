import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { Gateway } from '@autodevops/domain/kubernetes/network';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { controllerEvidence } from '../../evidence/controller-evidence.ts';
import { controllersNamed } from '../../reading/platform/controller-said.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { classMissing, classNotAccepted, gatewayNotServed, listenerNotReady, routeNotPermitted } from './codes.ts';

const patience = 5 * 60_000;

/** False now, or not decided for minutes. The API server's own default ("Waiting for controller") has the epoch as its time. */
function isDenied(snapshot: Snapshot, condition: Condition | undefined, created: string | undefined): boolean {
  if (condition === undefined) return false;
  if (condition.status === 'False') return (ageOf(snapshot, condition.lastTransitionTime) ?? Infinity) > 30_000;
  if (condition.status === 'True') return false;
  return (ageOf(snapshot, created) ?? 0) > patience;
}

function timeOf(condition: Condition): string {
  const time = condition.lastTransitionTime ?? '';
  return time.startsWith('1970-') ? '' : time;
}

function checkClass(snapshot: Snapshot, gateway: Gateway): Finding | undefined {
  const wanted = gateway.spec.gatewayClassName;
  if (wanted === '' || !snapshot.lacks('GatewayClass', '', wanted)) return undefined;
  const ref = refTo('Gateway', gateway);
  const all = snapshot.list('GatewayClass').map((c) => c.metadata.name);
  const near = nearMatches(wanted, all);
  const shown = near.length > 0 ? near : all.toSorted().slice(0, 3);
  const has =
    shown.length === 0 ? 'the cluster has no GatewayClass' : `the cluster has ${shown.map((n) => `"${n}"`).join(', ')}`;
  return finding(classMissing, {
    object: ref,
    cause: `Gateway "${gateway.metadata.name}" asks for class "${wanted}", which does not exist; ${has}.`,
    evidence: [fromSpec(ref, 'spec.gatewayClassName', wanted)],
    since: lastChange(gateway),
  });
}

/** The Services that controllers make for a Gateway carry its name in a label: `gateway.networking.k8s.io/gateway-name` and the like. */
function madeFor(snapshot: Snapshot, { metadata }: Gateway): Finding['because'] {
  const isNamed = ([key, value]: [string, string]): boolean =>
    value === metadata.name && key.includes('gateway') && key.endsWith('name');
  const services = snapshot.list('Service').filter((service) => Object.entries(service.metadata.labels).some(isNamed));
  return services.map((service) => ({ object: refTo('Service', service) }));
}

/** Why a condition is not true: its own words, or where nobody has written any what its controller says in its log. */
function whyNot(
  snapshot: Snapshot,
  gateway: Gateway,
  condition: Condition,
): Pick<Finding, 'evidence' | 'because'> & { readonly why: string } {
  const ref = refTo('Gateway', gateway);
  const evidence = [fromCondition(ref, condition)];
  if (condition.status !== 'Unknown') {
    const message = condition.message === '' ? '' : ` (${said(condition.message, 160)})`;
    return { why: `the controller says ${condition.reason}${message}`, evidence, because: [] };
  }
  const named = snapshot.get('GatewayClass', '', gateway.spec.gatewayClassName)?.spec.controllerName ?? '';
  const heard = controllerEvidence(snapshot, controllersNamed(snapshot, named), ref);
  return {
    why: heard.says === '' ? 'no controller has taken it up' : `its controller says in its log: ${heard.says}`,
    evidence: [...evidence, ...heard.evidence],
    because: heard.because,
  };
}

function checkConditions(snapshot: Snapshot, gateway: Gateway): Finding | undefined {
  for (const type of ['Accepted', 'Programmed']) {
    const condition = conditionOf(gateway.status.conditions, type);
    if (condition === undefined || !isDenied(snapshot, condition, gateway.metadata.creationTimestamp)) continue;
    const { why, evidence, because } = whyNot(snapshot, gateway, condition);
    return finding(gatewayNotServed, {
      object: refTo('Gateway', gateway),
      cause: `Gateway "${gateway.metadata.name}" is not ${type === 'Accepted' ? 'accepted' : 'set up'}: ${why}.`,
      evidence,
      since: timeOf(condition) === '' ? (gateway.metadata.creationTimestamp ?? '') : timeOf(condition),
      because: [
        { object: refByName('GatewayClass', '', gateway.spec.gatewayClassName) },
        ...madeFor(snapshot, gateway),
        ...because,
      ],
      // What a listener lacks says more.
      generic: condition.status !== 'Unknown' && /listener/i.test(condition.reason),
    });
  }
  return undefined;
}

function listenerTrouble(conditions: readonly Condition[]): { condition: Condition; code: CodeEntry } | undefined {
  const refs = conditionOf(conditions, 'ResolvedRefs');
  if (refs?.status === 'False') {
    return { condition: refs, code: refs.reason === 'RefNotPermitted' ? routeNotPermitted : listenerNotReady };
  }
  const conflicted = conditionOf(conditions, 'Conflicted');
  if (conflicted?.status === 'True') return { condition: conflicted, code: listenerNotReady };
  for (const type of ['Accepted', 'Programmed']) {
    const condition = conditionOf(conditions, type);
    if (condition?.status === 'False') return { condition, code: listenerNotReady };
  }
  return undefined;
}

interface TroubledListener {
  readonly name: string;
  readonly index: number;
  readonly condition: Condition;
  readonly code: CodeEntry;
}

function troubledListeners(snapshot: Snapshot, gateway: Gateway): readonly TroubledListener[] {
  return gateway.status.listeners.flatMap(({ name, conditions }, index): TroubledListener[] => {
    const trouble = listenerTrouble(conditions);
    const settled =
      trouble !== undefined && (ageOf(snapshot, trouble.condition.lastTransitionTime) ?? Infinity) >= 30_000;
    return settled ? [{ name, index, ...trouble }] : [];
  });
}

/** Listeners that stand in each other's way say the same and are one trouble. */
function checkListeners(snapshot: Snapshot, gateway: Gateway): readonly Finding[] {
  const ref = refTo('Gateway', gateway);
  const same = Map.groupBy(
    troubledListeners(snapshot, gateway),
    ({ code, condition }) => `${code.code} ${condition.reason} ${condition.message}`,
  );
  return [...same.values()].flatMap((listeners): Finding[] => {
    const [first] = listeners;
    if (first === undefined) return [];
    const { condition, code } = first;
    const names = listeners.map(({ name }) => name);
    const secrets = gateway.spec.listeners
      .filter((l) => names.includes(l.name))
      .flatMap((l) => l.tls?.certificateRefs ?? []);
    const who = `${names.length === 1 ? 'Listener' : 'Listeners'} ${names.map((name) => `"${name}"`).join(' and ')} of Gateway "${gateway.metadata.name}" ${names.length === 1 ? 'does' : 'do'} not work`;
    return [
      finding(code, {
        object: ref,
        cause: `${who}: ${condition.message === '' ? condition.reason : `${said(condition.message)} (${condition.reason})`}.`,
        evidence: listeners.map((l) => ({
          ...fromCondition(ref, l.condition),
          path: `status.listeners[${l.index}].conditions[type=${l.condition.type}]`,
        })),
        since: timeOf(condition),
        facet: names.join(','),
        because: secrets.map((s) => ({
          object: refByName('Secret', s.namespace ?? gateway.metadata.namespace, s.name),
        })),
      }),
    ];
  });
}

function checkGatewayClasses(snapshot: Snapshot): readonly Finding[] {
  const used = new Set(snapshot.list('Gateway').map((g) => g.spec.gatewayClassName));
  return snapshot.list('GatewayClass').flatMap((gatewayClass): Finding[] => {
    const condition = conditionOf(gatewayClass.status.conditions, 'Accepted');
    if (condition === undefined || !used.has(gatewayClass.metadata.name)) return [];
    if (!isDenied(snapshot, condition, gatewayClass.metadata.creationTimestamp)) return [];
    const ref = refTo('GatewayClass', gatewayClass);
    const why =
      condition.status === 'Unknown'
        ? `no controller named ${gatewayClass.spec.controllerName} has taken it up`
        : said([condition.reason, condition.message].filter((part) => part !== '').join(': '));
    return [
      finding(classNotAccepted, {
        object: ref,
        cause: `GatewayClass "${gatewayClass.metadata.name}" is not accepted: ${why}.`,
        evidence: [
          fromCondition(ref, condition),
          fromSpec(ref, 'spec.controllerName', gatewayClass.spec.controllerName),
        ],
        since: timeOf(condition),
      }),
    ];
  });
}

export function checkGateways(snapshot: Snapshot): readonly Finding[] {
  const gateways = snapshot.list('Gateway').filter((g) => g.metadata.deletionTimestamp === undefined);
  const own = gateways.flatMap((gateway) => {
    const missing = checkClass(snapshot, gateway);
    if (missing !== undefined) return [missing];
    const conditions = checkConditions(snapshot, gateway);
    return [...(conditions === undefined ? [] : [conditions]), ...checkListeners(snapshot, gateway)];
  });
  return [...checkGatewayClasses(snapshot), ...own];
}
