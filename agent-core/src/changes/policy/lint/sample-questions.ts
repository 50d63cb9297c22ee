import type { Policy, PolicyRule, RuleLimits, TimeWindow } from '@autodevops/domain/change/policy';
import { CaseQuestion } from '@autodevops/domain/change/policy-case';
import type { z } from 'zod';
import { rulesInForce } from '../rules-in-force.ts';
import { isInWindow } from '../matching/time-window.ts';

type Sample = Partial<z.input<typeof CaseQuestion>>;

const hour = 3_600_000;
const week = Date.UTC(2026, 0, 5);
const most = 4000;

function named(patterns: readonly string[] | undefined): string | undefined {
  return patterns?.[0]?.replaceAll('*', 'x');
}

function allows({ within, outside }: PolicyRule['match'], now: number): boolean {
  const inside = (window: TimeWindow): boolean => isInWindow(window, { earliest: now, now }) === true;
  return (within === undefined || within.some(inside)) && !(outside ?? []).some(inside);
}

/** The first half hour of a week at which the rule may speak. */
function momentFor(match: PolicyRule['match']): string {
  const moments = Array.from({ length: 7 * 48 }, (_, index) => week + index * (hour / 2));
  return new Date(moments.find((now) => allows(match, now)) ?? week).toISOString();
}

function labelsFor(labels: PolicyRule['match']['labels']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels ?? {}).map(([key, pattern]) => [key, pattern.replaceAll('*', 'x')]));
}

/** A question that the rule speaks of, as far as its match says; what it leaves open is left out. */
function sampleFor({ match }: Pick<PolicyRule, 'match'>): Sample {
  const {
    actions,
    kinds,
    risks,
    environments,
    namespaces,
    labels,
    actors,
    accounts,
    roles,
    findings,
    confidence,
    reversible,
    gitops,
  } = match;
  const finding =
    findings === undefined && confidence === undefined
      ? undefined
      : {
          code: named(findings) ?? 'some.finding',
          ...(confidence?.[0] === undefined ? {} : { confidence: confidence[0] }),
        };
  const given: { readonly [Key in keyof Sample]: Sample[Key] | undefined } = {
    action: named(actions),
    kind: named(kinds),
    risk: risks?.[0],
    environment: named(environments),
    namespace: named(namespaces),
    by: actors?.[0],
    account: named(accounts),
    finding,
    reversible,
    managedBy: gitops === true ? 'argocd' : undefined,
    now: momentFor(match),
    labels: labelsFor(labels),
    roles: roles === undefined ? [] : [named(roles) ?? ''],
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** A change that is past every limit of the rules. */
function pastLimits(rules: readonly Pick<PolicyRule, 'limits'>[]): Sample {
  const over = (field: Exclude<keyof RuleLimits, 'beyond' | 'shareOfReadyEndpoints'>): number =>
    Math.min(1000, 1 + Math.max(0, ...rules.map(({ limits }) => limits?.[field] ?? 0)));
  return {
    objects: over('objects'),
    services: over('services'),
    namespaces: over('namespaces'),
    shareOfReadyEndpoints: 0.5,
    changesLastHour: over('changesPerHour'),
    changesOfWorkloadToday: over('changesPerWorkloadPerDay'),
  };
}

/** What a sample leaves open is asked in every way. */
function variants(sample: Sample, environments: readonly string[], large: Sample): readonly Sample[] {
  const open = <Key extends keyof Sample>(key: Key, values: readonly Sample[Key][]): readonly Sample[] =>
    sample[key] === undefined ? values.map((value) => ({ [key]: value })) : [{}];
  const choices: readonly (readonly Sample[])[] = [
    open('risk', ['low', 'medium', 'high']),
    open('by', ['person', 'automation', 'agent']),
    open('reversible', [true, false]),
    open('environment', ['', ...environments]),
    [{}, large],
  ];
  return choices.reduce<readonly Sample[]>(
    (all, choice) => all.flatMap((one) => choice.map((other) => ({ ...one, ...other }))),
    [sample],
  );
}

/** Questions that the rules of these policies speak of: what two policies are compared by. */
export function sampleQuestions(policies: readonly Policy[]): readonly CaseQuestion[] {
  const environments = [...new Set(policies.flatMap((policy) => Object.keys(policy.environments)))].slice(0, 4);
  const rules = policies.flatMap((policy) => [...rulesInForce(policy)]);
  const large = pastLimits(rules);
  const samples = [{}, ...rules.map(sampleFor)]
    .flatMap((sample) => variants(sample, environments, large))
    .slice(0, most);
  return samples.flatMap((sample) => {
    const read = CaseQuestion.safeParse({ action: 'some-action', ...sample });
    return read.success ? [read.data] : [];
  });
}
