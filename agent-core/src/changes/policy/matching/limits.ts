import type { RuleLimits } from '@autodevops/domain/change/policy';
import type { RecentChange } from '../question.ts';
import { workloadsOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { all, no, unknown, yes } from './truth.ts';
import type { Truth } from './truth.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** "At most this many of that", as a sentence's rest. */
function atMost(limit: number | undefined, value: number | undefined, what: string): readonly Truth[] {
  if (limit === undefined) return [];
  if (value === undefined) return [unknown(`it is not known how many ${what} are touched`)];
  return [value <= limit ? yes(`${value} ${what} of at most ${limit}`) : no(`${value} ${what} are more than ${limit}`)];
}

/**
 * Changes of the last while; undefined where the history does not reach back so far, or its times are none. A clock that
 * was set forwards makes none of them old.
 */
function recent({ circumstances: { history, earliest } }: Scene, while_: number): readonly RecentChange[] | undefined {
  if (history === undefined || !(Date.parse(history.since) <= earliest - while_)) return undefined;
  return history.changes.filter((change) => !(Date.parse(change.time) <= earliest - while_));
}

function perHour(limit: number | undefined, rule: string, scene: Scene): readonly Truth[] {
  if (limit === undefined) return [];
  const changes = recent(scene, hour);
  if (changes === undefined) return [unknown('the changes of the last hour are not known')];
  const count = changes.filter((change) => change.rules.includes(rule)).length;
  return [
    count < limit
      ? yes(`${count} changes in the last hour of at most ${limit}`)
      : no(`${count} changes by this rule in the last hour use up its ${limit}`),
  ];
}

function perWorkload(limit: number | undefined, scene: Scene): readonly Truth[] {
  if (limit === undefined) return [];
  const changes = recent(scene, day);
  const workloads = workloadsOf(scene);
  if (changes === undefined || workloads === undefined) {
    return [unknown('the changes of this workload in the last day are not known')];
  }
  const spent = workloads
    .map((workload) => ({ workload, count: changes.filter((change) => change.workloads.includes(workload)).length }))
    .find(({ count }) => count >= limit);
  return [
    spent === undefined
      ? yes(`no workload changed ${limit} times in a day`)
      : no(`${spent.workload} was changed ${spent.count} times in the last day, and ${limit} are allowed`),
  ];
}

/** What restores a Service takes away endpoints that are no good: its share is not counted. */
function share(limit: number | undefined, value: number | undefined, restores: boolean | undefined): readonly Truth[] {
  if (limit === undefined) return [];
  if (restores === true) return [yes('it takes back what made something ill')];
  if (value === undefined) return [unknown('the share of ready endpoints is not known')];
  const percent = Math.round(value * 100);
  return [
    value <= limit
      ? yes(`${percent} % of a Service's ready endpoints`)
      : no(`${percent} % of a Service's ready endpoints are more than ${Math.round(limit * 100)} %`),
  ];
}

/** Whether a rule's limits hold; `id` is the rule's as voices name it. */
export function limitsHold(limits: RuleLimits, id: string, scene: Scene): Truth {
  const radius = scene.facts.blastRadius;
  return all(
    [
      ...atMost(limits.objects, radius?.objects, 'objects'),
      ...atMost(limits.services, radius?.services.length, 'Services'),
      ...atMost(limits.namespaces, radius?.namespaces.length, 'namespaces'),
      ...share(limits.shareOfReadyEndpoints, radius?.shareOfReadyEndpoints, scene.facts.restores),
      ...perHour(limits.changesPerHour, id, scene),
      ...perWorkload(limits.changesPerWorkloadPerDay, scene),
    ],
    'its limits hold',
  );
}
