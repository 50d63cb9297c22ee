import { AutonomyLevel, PolicyRule } from '@autodevops/domain/change/policy';
import type { z } from 'zod';

/** A named preset: rules in the same language as a policy file's. */
export interface Level {
  readonly name: AutonomyLevel;
  /** For whom it is, and what it is like, for people to read. */
  readonly about: string;
  /** Together they speak of everything, so that the mode's default never holds under a level. */
  readonly rules: readonly PolicyRule[];
}

const production = ['production', 'prod', 'prod-*', 'production-*'];

function level(name: AutonomyLevel, about: string, rules: readonly z.input<typeof PolicyRule>[]): Level {
  return { name, about, rules: rules.map((rule) => PolicyRule.parse(rule)) };
}

const observe = level('observe', 'Scarlet is shown, and does nothing: what she would have done is recorded.', [
  { id: 'nothing', why: 'At the level observe nothing is changed.', decision: 'forbidden' },
]);

const suggest = level('suggest', 'Scarlet proposes, people decide: the place to begin.', [
  { id: 'ask', why: 'At the level suggest a person agrees to every change.', decision: 'one' },
  { id: 'high-risk', why: 'A change of high risk takes two people.', match: { risks: ['high'] }, decision: 'two' },
]);

const assist = level(
  'assist',
  'What a person asks for, is of low risk and can be taken back is done at once outside of production; for the rest, people decide.',
  [
    {
      id: 'small',
      why: 'A small change of low risk is done at once.',
      match: { risks: ['low'] },
      decision: 'auto',
      limits: {
        objects: 20,
        services: 2,
        namespaces: 1,
        shareOfReadyEndpoints: 0.5,
        changesPerHour: 20,
        changesPerWorkloadPerDay: 10,
        beyond: 'one',
      },
    },
    {
      id: 'medium-risk',
      why: "A change of medium risk takes a person's yes.",
      match: { risks: ['medium'] },
      decision: 'one',
    },
    { id: 'high-risk', why: 'A change of high risk takes two people.', match: { risks: ['high'] }, decision: 'two' },
    {
      id: 'for-good',
      why: "What cannot be taken back takes a person's yes.",
      match: { reversible: false },
      decision: 'one',
    },
    {
      id: 'nobody-asked',
      why: "What no person asked for takes a person's yes.",
      match: { actors: ['automation', 'agent'] },
      decision: 'one',
    },
    {
      id: 'in-production',
      why: 'In production a person agrees to every change.',
      match: { environments: production },
      decision: 'one',
    },
  ],
);

const development = level(
  'development',
  "For a cluster that is somebody's own: changes of low and medium risk are done at once, by automations too, where the evidence is good.",
  [
    {
      id: 'at-once',
      why: 'In a development cluster changes of low and medium risk are done at once.',
      match: { risks: ['low', 'medium'] },
      decision: 'auto',
      limits: { objects: 100, namespaces: 5, changesPerHour: 60, changesPerWorkloadPerDay: 20, beyond: 'one' },
    },
    {
      id: 'high-risk',
      why: "A change of high risk takes a person's yes.",
      match: { risks: ['high'] },
      decision: 'one',
    },
    {
      id: 'weak-evidence',
      why: "What leans on weak evidence takes a person's yes.",
      match: { confidence: ['low'] },
      decision: 'one',
    },
    {
      id: 'nobody-asked',
      why: 'What no person asked for is done at once only where the evidence is strong.',
      match: { actors: ['automation', 'agent'] },
      when: '!has(finding.confidence) || finding.confidence != "high"',
      decision: 'one',
    },
    {
      id: 'in-production',
      why: 'What touches production takes two people, whatever the cluster is called.',
      match: { environments: production },
      decision: 'two',
    },
  ],
);

const productionLevel = level(
  'production',
  'For clusters that customers depend on: nothing is done unasked, large or lasting changes take two people, and there is a budget.',
  [
    {
      id: 'ask',
      why: 'In production a person agrees to every change.',
      decision: 'one',
      limits: {
        objects: 20,
        services: 3,
        namespaces: 1,
        shareOfReadyEndpoints: 0.34,
        changesPerHour: 10,
        changesPerWorkloadPerDay: 4,
        beyond: 'two',
      },
    },
    { id: 'high-risk', why: 'A change of high risk takes two people.', match: { risks: ['high'] }, decision: 'two' },
    {
      id: 'for-good',
      why: 'What cannot be taken back takes two people.',
      match: { risks: ['medium', 'high'], reversible: false },
      decision: 'two',
    },
    {
      id: 'weak-evidence',
      why: 'What leans on weak evidence takes two people.',
      match: { confidence: ['low'] },
      decision: 'two',
    },
  ],
);

export const levels: Readonly<Record<AutonomyLevel, Level>> = {
  observe,
  suggest,
  assist,
  development,
  production: productionLevel,
};
export const levelNames: readonly AutonomyLevel[] = AutonomyLevel.options;
