import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Answer } from '@autodevops/domain/answer';
import { Snapshot } from '@autodevops/domain/snapshot';
import { readFixture } from '@autodevops/testkit/fixture';
import { diagnoseSnapshot } from '../jamie/diagnose.ts';
import { ask } from './ask.ts';
import { intents } from './intents/registry.ts';

const { snapshot } = readFixture(fileURLToPath(new URL('./testing/shop.yaml', import.meta.url)));
const diagnosis = diagnoseSnapshot(snapshot);

function asked(question: string, namespace?: string): Answer {
  return Answer.parse(ask(question, { snapshot, diagnosis, ...(namespace === undefined ? {} : { namespace }) }));
}

function whole(answer: Answer): string {
  return [
    answer.headline,
    ...answer.lines,
    ...(answer.table?.rows ?? []).map((row) => row.join(' | ')),
    ...answer.suggestions,
  ].join('\n');
}

/** Question, the intent that must answer it, and what the answer must say. */
const questions: readonly (readonly [question: string, intent: string, says: RegExp])[] = [
  ['why is api failing?', 'why-failing', /Deployment shop\/api is not healthy/],
  ['Why does the api deployment keep crashing?', 'why-failing', /Deployment shop\/api/],
  ['hey jamie, can you tell me why deploy/api is not ready?', 'why-failing', /Deployment shop\/api/],
  ['why are pods of web restarting', 'why-failing', /web/],
  ["what's wrong with shop/api", 'why-failing', /Deployment shop\/api/],
  ['what is wrong with the shop namespace', 'why-failing', /problem/],
  ['what is wrong in namespace media?', 'what-is-wrong', /Nothing is wrong in namespace media/],
  ['what is broken in shop', 'what-is-wrong', /in namespace shop/],
  ['is everything ok?', 'what-is-wrong', /in the cluster/],
  ['is db healthy?', 'is-healthy', /StatefulSet shop\/db: 1 of 1 ready/],
  ['is node-c ready', 'is-healthy', /Node node-c: ready, cordoned/],
  ['what is the status of the resizer', 'is-healthy', /Nothing is wrong with Deployment media\/resizer/],
  [
    'how is web doing',
    'is-healthy',
    /Deployment shop\/web and Deployment media\/web|Deployment media\/web and Deployment shop\/web/,
  ],
  ['what changed since 1h?', 'what-changed', /Deployment shop\/api \| revision 2: .*DATABASE_URL/],
  [
    'what changed in the last 20 minutes in namespace media',
    'what-changed',
    /Nothing that can be seen changed in namespace media/,
  ],
  ['what changed since the last rollout?', 'what-changed', /since the last rollout \(Deployment shop\/api/],
  ['what changed since the last rollout of api', 'what-changed', /Deployment shop\/api/],
  ['what has changed with web in the last 2 days', 'what-changed', /Deployment (shop|media)\/web/],
  ['who uses config map settings?', 'users-of', /Deployment shop\/web \| reads \(variable MOTTO\)/],
  ['who uses cm/settings', 'users-of', /Deployment shop\/campaign/],
  ['which workloads use the secret db-credentials', 'objects-that-fit', /StatefulSet shop\/db/],
  ['who uses config map limits', 'users-of', /ConfigMap media\/limits does not exist.*\n?.*Deployment media\/resizer/],
  ['what talks to db?', 'talks-to', /Deployment shop\/api \| calls \(db:5433\) \| Service shop\/db/],
  ['what does web talk to?', 'talks-to', /Service shop\/api \| calls/],
  ['what restarts most?', 'restarts', /most often api of Pod shop\/api-7c9d-a \(5\)/],
  ['which pods restarted in namespace media', 'objects-that-fit', /resizer/],
  ['what would be hit if node node-a goes?', 'node-loss', /cannot move: claim data-db-0/],
  ['what happens if I drain node-b', 'node-loss', /Deployment media\/resizer \| 1 \| 0 \| down/],
  ['what breaks when db dies', 'node-loss', /Deployment shop\/api/],
  ['what does CrashLoopBackOff mean?', 'code-meaning', /waits .* before it starts it again/],
  ['how many pods are not ready?', 'objects-that-fit', /^1 of \d+ Pods is not ready/],
  ['which pods are crashing in shop', 'objects-that-fit', /api-7c9d-a/],
  ['which pods are pending', 'objects-that-fit', /^None of \d+ Pods is pending/],
  ['which nodes are cordoned?', 'objects-that-fit', /^1 of 3 Nodes is cordoned/],
  ['are any nodes not ready', 'objects-that-fit', /^No: none of 3 Nodes is not ready/],
  ['which images run in namespace shop?', 'images', /shop\/web:1\.4 \| 2/],
  ['which image does api run', 'images', /shop\/api:2\.0/],
  ['who runs image postgres', 'images', /StatefulSet shop\/db/],
  ['where does db run?', 'where-runs', /node-a/],
  ['what runs on node-b', 'where-runs', /resizer-1-a/],
  ['how many pods are in shop', 'objects-that-fit', /^4 Pods in namespace shop/],
  ['list deployments', 'objects-that-fit', /Deployment shop\/campaign \| scaled to 0/],
  ['how many config maps are there in namespace shop', 'objects-that-fit', /^1 ConfigMap in namespace shop/],
  ['show me all cron jobs', 'objects-that-fit', /CronJob \S*report \| suspended/],
  ["why can't api reach db", 'cannot-reach', /Deployment shop\/api does not reach StatefulSet shop\/db/],
  ["why won't the api start?", 'why-failing', /Deployment shop\/api/],
  ['how do I fix api', 'why-failing', /Deployment shop\/api/],
  ['is anything wrong with node node-a', 'is-healthy', /Nothing is wrong with Node node-a/],
  ['describe deployment db', 'is-healthy', /no Deployment "db"/],
  ['which deployments are not ready', 'objects-that-fit', /^1 of \d+ Deployments is not ready/],
  ['which cron jobs are suspended?', 'objects-that-fit', /report/],
  ['how many deployments are scaled to zero', 'objects-that-fit', /campaign/],
  ['what version of api is running', 'images', /shop\/api:2\.0/],
  ['what depends on db', 'users-of', /Deployment shop\/api \| calls/],
  ['how often did api restart', 'restarts', /1 container of Deployment shop\/api has restarted, 5 times/],
  ['what changed in shop since yesterday', 'what-changed', /in namespace shop/],
  ['what can you do', 'what-can-you-answer', /why is web failing/],
];

describe('questions', () => {
  for (const [question, intent, says] of questions) {
    it(question, () => {
      const answer = asked(question);
      expect(`${answer.intent}: ${whole(answer)}`).toMatch(new RegExp(`^${intent}: `));
      expect(whole(answer)).toMatch(says);
    });
  }
});

describe('names', () => {
  it('suggests near names and answers about no other object', () => {
    const answer = asked('why is resiser failing?');
    expect(answer).toMatchObject({
      outcome: 'no-such-name',
      causes: [],
      objects: [],
      suggestions: ['Deployment media/resizer'],
    });
  });

  it('says which namespaces there are near', () => {
    expect(asked('how many pods are in namespace shpo')).toMatchObject({
      outcome: 'no-such-name',
      suggestions: ['namespace shop'],
    });
  });

  it('tells where a name is that is not in the namespace asked about', () => {
    const answer = asked('is deployment resizer healthy in namespace shop');
    expect(answer.outcome).toBe('no-such-name');
    expect(answer.suggestions).toContain('Deployment media/resizer');
  });

  it('names every object of a name that several namespaces have', () => {
    expect(
      asked('is web healthy')
        .objects.map((o) => o.namespace)
        .toSorted(),
    ).toEqual(['media', 'shop']);
  });

  it('takes a namespace from the flag, and the one in the question before it', () => {
    expect(asked('is web healthy', 'shop').objects.map((o) => o.namespace)).toEqual(['shop']);
    expect(asked('list pods in namespace media', 'shop').headline).toContain('namespace media');
  });

  it('does not take a Service for a Deployment', () => {
    const answer = asked('is the deployment db healthy');
    expect(answer).toMatchObject({ outcome: 'no-such-name', objects: [] });
    expect(answer.suggestions.join()).toContain('db');
  });
});

describe('honesty', () => {
  it('says what it cannot answer, and shows what it can see of the objects named', () => {
    const answer = asked('should api use a connection pool with forty connections');
    expect(answer.outcome).toBe('not-understood');
    expect(answer.headline).toContain('I cannot answer that without a model');
    expect(answer.objects.map((o) => o.name)).toContain('api');
  });

  it('answers by its topic what says nothing else, and how it was taken', () => {
    expect(asked('which version of db is deployed right now')).toMatchObject({ outcome: 'answered' });
    const { outcome, understood } = asked('give me also the environment of api');
    expect({ outcome, understood }).toEqual({
      outcome: 'answered',
      understood: 'show the environment of Deployment shop/api',
    });
  });

  it('does not take a topic for the question: it says which words it did not understand', () => {
    const { outcome, intent, headline } = asked('does the environment of api contradict itself');
    expect({ outcome, intent }).toEqual({ outcome: 'not-understood', intent: '' });
    expect(headline).toMatch(/^I do not understand "contradict itself"\. To "show the environment of/);
  });

  it('tells nothing of how each of two is where it is asked what they have to do with each other', () => {
    expect(asked('does trouble of api and web contradict the budget').outcome).toBe('not-understood');
  });

  it('says yes or no of one object by the conditions that choose objects', () => {
    expect(asked('is api on node-c and crashing')).toMatchObject({
      intent: 'object-fits',
      headline: expect.stringMatching(/^No: /),
    });
  });

  it('does not count what it could not read', () => {
    const blind = new Snapshot({ capturedAt: '2026-01-01T12:00:00Z', objects: {}, coverage: { Pod: 'none' } });
    const answer = ask('how many pods are there', { snapshot: blind, diagnosis: diagnoseSnapshot(blind) });
    expect(answer.outcome).toBe('not-seen');
  });

  it('stands odd questions', () => {
    for (const question of [
      '',
      '?',
      '   ',
      'why',
      'why is',
      'is',
      'in namespace',
      '/',
      'why is / failing',
      'who uses',
      'a'.repeat(5000),
      '😀',
      'why is \u001B[31m failing',
      'list',
      'how many',
      'what changed since',
      'constructor',
      'list constructor',
      'what is __proto__',
    ]) {
      expect(() => Answer.parse(ask(question, { snapshot, diagnosis }))).not.toThrow();
    }
  });
});

it('every file in the rooms of intents/ is in the registry under its own name', () => {
  const files = readdirSync(new URL('./intents/', import.meta.url), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'registry.ts')
    .map(({ name }) => name.replace(/\.ts$/, ''));
  expect(intents.map((intent) => intent.name).toSorted()).toEqual(files.toSorted());
});
