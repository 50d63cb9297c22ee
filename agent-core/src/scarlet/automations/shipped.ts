import { Automation } from '@autodevops/domain/change/automation';
import type { z } from 'zod';

const minute = 60;
const hour = 60 * minute;

const carefully = { failures: 2, returns: 2, within: 6 * hour, rest: 12 * hour };

const definitions: readonly z.input<typeof Automation>[] = [
  {
    id: 'undo-stuck-rollout',
    why: 'A rollout that has not got on for ten minutes goes back to the revision that worked.',
    when: { findings: ['*'], kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'], lasts: 10 * minute },
    do: { take: 'proposal', action: 'rollout-undo' },
    limits: { perHour: 3, perTargetPerDay: 2 },
    breaker: carefully,
    levels: ['development'],
  },
  {
    id: 'remove-evicted-pods',
    why: 'What is left of an evicted pod is cleared away once its workload is whole again.',
    when: { findings: ['pod.evicted.*'], among: 'information', lasts: 15 * minute },
    do: { take: 'action', action: 'delete-pod', on: 'pods' },
    limits: { perHour: 10, perTargetPerDay: 1 },
    breaker: carefully,
    levels: ['development'],
  },
  {
    id: 'restart-after-config-change',
    why: 'A workload that still runs with what its configuration was before is restarted.',
    when: { findings: ['pod.dependency.*', 'pod.config.*'], lasts: 5 * minute, confidence: ['high', 'medium'] },
    do: { take: 'proposal', action: 'restart-rollout' },
    limits: { perHour: 3, perTargetPerDay: 2 },
    breaker: carefully,
    levels: ['development'],
  },
  {
    id: 'raise-memory-limit',
    why: 'A container that is killed at its memory limit again and again gets more, within bounds.',
    when: { findings: ['pod.memory.limit'], lasts: 10 * minute },
    do: { take: 'proposal', action: 'set-resources' },
    bounds: [{ param: 'limits.memory', most: '4Gi' }],
    limits: { perHour: 2, perTargetPerDay: 2 },
    breaker: carefully,
    levels: ['development'],
  },
  {
    id: 'uncordon-after-drain',
    why: 'A node that was drained by a change, and has been well since, takes pods again.',
    when: {
      findings: ['node.cordoned'],
      kinds: ['Node'],
      among: 'both',
      lasts: 30 * minute,
      unless: ['node.*', 'kind.*'],
      after: 'drain',
    },
    do: { take: 'proposal', action: 'uncordon' },
    limits: { perHour: 2, perTargetPerDay: 2 },
    breaker: carefully,
    levels: ['development'],
  },
];

/** Those that come with the product: they work at the level `development`, and at no other unless somebody says so. */
export const shippedAutomations: readonly Automation[] = definitions.map((definition) => Automation.parse(definition));
