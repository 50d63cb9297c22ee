import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Answer } from '@autodevops/domain/answer';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';
import { readFixture } from '@autodevops/testkit/fixture';
import { diagnoseSnapshot } from '../../jamie/diagnose.ts';
import { ask } from '../ask.ts';
import { askAfter } from './ask-after.ts';
import type { AskedBefore } from './asked-before.ts';

const { snapshot } = readFixture(fileURLToPath(new URL('../testing/shop.yaml', import.meta.url)));
const diagnosis = diagnoseSnapshot(snapshot);
const seen = { snapshot, diagnosis };
const fixed: Diagnosis = { ...diagnosis, verdict: 'healthy', causes: [] };

/** The turn that a question and its answer would have left. */
function turnOf(question: string, changes: Partial<AskedBefore> = {}, before?: AskedBefore): AskedBefore {
  const { intent, objects, causes, understood = '' } = askAfter(question, seen, before);
  return {
    time: '2026-01-01T11:30:00Z',
    question,
    understood,
    namespace: '',
    intent,
    objects,
    causes: causes.map(({ code, title, object, cause }) => ({ code, title, object, cause })),
    ...changes,
  };
}

function after(first: string, next: string, changes?: Partial<AskedBefore>): Answer {
  return Answer.parse(askAfter(next, seen, turnOf(first, changes)));
}

/** The question before, the one that leans on it, and how it is taken. */
const followed: readonly (readonly [before: string, question: string, understood: string])[] = [
  ['is api healthy?', 'and why?', 'why is Deployment shop/api failing'],
  ['is api healthy?', 'Why is that?', 'why is Deployment shop/api failing'],
  ['is api healthy?', 'how come?', 'why is Deployment shop/api failing'],
  ['is api healthy?', "what's the cause?", 'why is Deployment shop/api failing'],
  ['why is api failing?', 'what about its logs?', 'show the logs of Deployment shop/api'],
  ['why is api failing?', 'show me the logs', 'show the logs of Deployment shop/api'],
  ['why is api failing?', 'and its image?', 'which image does Deployment shop/api run'],
  ['why is api failing?', 'what are its dependencies', 'what does Deployment shop/api talk to'],
  ['why is api failing?', 'who uses it?', 'who uses Deployment shop/api'],
  [
    'why is api failing?',
    'what changed with it in the last 2 days?',
    'what changed with Deployment shop/api in the last 2 days',
  ],
  ['why is api failing?', 'its recent changes', 'what changed with Deployment shop/api'],
  ['why is api failing?', 'where does it run?', 'where does Deployment shop/api run'],
  ['why is api failing?', 'is it better now?', 'is Deployment shop/api healthy'],
  ['why is api failing?', 'still broken?', 'is Deployment shop/api healthy'],
  ['why is api failing?', 'and now?', 'is Deployment shop/api healthy'],
  ['why is api failing?', 'did that help?', 'is Deployment shop/api healthy'],
  ['what is wrong in namespace shop?', 'any better?', 'what is wrong in namespace shop'],
  ['what is wrong?', 'is everything fine now?', ''],
  ['what is wrong?', 'is that solved?', 'what is wrong'],
  ['why is api failing?', 'and db?', 'why is db failing'],
  ['is api healthy?', 'what about the db statefulset in namespace shop?', ''],
  ['who uses config map settings?', 'and secret db-credentials?', 'who uses secret db-credentials'],
  ['what is wrong in namespace shop?', 'and in media?', 'what is wrong in namespace media'],
  ['how many pods are in namespace shop', 'what about namespace media', 'how many pods are in namespace media'],
  ['what would be hit if node node-a goes?', 'what runs on that node?', 'what runs on Node node-a'],
];

describe('a question that leans on the one before', () => {
  it.each(followed)('%s … %s', (first, next, expected) => {
    const changes = first.endsWith('namespace shop?') ? { namespace: 'shop' } : {};
    const answer = after(first, next, changes);
    expect(answer.understood ?? '').toBe(expected);
    expect(answer.question).toBe(next);
    if (expected !== '') {
      expect({ ...answer, question: '', understood: '' }).toMatchObject({
        intent: ask(expected, seen).intent,
        outcome: 'answered',
        objects: ask(expected, seen).objects,
      });
    }
  });

  it('is about the first cause after an answer about a whole namespace, and says that there are others', () => {
    const before = turnOf('what is wrong?');
    expect(before.causes.length).toBeGreaterThan(0);
    const several = {
      ...before,
      causes: [
        ...before.causes,
        {
          code: 'node.cordoned',
          title: '',
          object: { apiVersion: 'v1', kind: 'Node', namespace: '', name: 'node-c', uid: '' },
          cause: '',
        },
      ],
    };
    const answer = askAfter('why?', seen, several);
    expect(answer.understood).toBe(
      `why is ${refText(several.causes[0]?.object ?? { kind: '', namespace: '', name: '' })} failing`,
    );
    expect(answer.lines.at(-1)).toContain('There were 2 problems');
    expect(askAfter('what about the second one?', seen, several).understood).toBe('why is Node node-c failing');
    expect(askAfter('is the last one ready?', seen, several).understood).toBe('is Node node-c ready');
  });

  it('leans on what the turn before was itself taken for', () => {
    const second = turnOf('and why?', {}, turnOf('is api healthy?'));
    expect(askAfter('who uses it?', seen, second).understood).toBe('who uses Deployment shop/api');
    expect(
      askAfter(
        'and in media?',
        seen,
        turnOf('any better?', { namespace: 'shop' }, turnOf('what is wrong in namespace shop?', { namespace: 'shop' })),
      ).understood,
    ).toBe('what is wrong in namespace media');
  });
});

describe('what has become of what was told', () => {
  const before = turnOf('why is api failing?');
  const [cause] = before.causes;
  const name = cause === undefined ? '' : `${cause.code} of ${refText(cause.object)}`;

  it('is still there where it is found again', () => {
    expect(askAfter('is it better now?', seen, before).lines[0]).toBe(
      `Since you asked 30 minutes ago: still there: ${name}.`,
    );
  });

  it('is gone where it is not', () => {
    expect(askAfter('is it better now?', { snapshot, diagnosis: fixed }, before).lines[0]).toBe(
      `Since you asked 30 minutes ago: gone: ${name}.`,
    );
  });

  it('is only no longer seen where not everything could be looked at', () => {
    expect(
      askAfter('is it better now?', { snapshot, diagnosis: { ...fixed, verdict: 'inconclusive' } }, before).lines[0],
    ).toContain('no longer seen: ');
  });

  it('is told with what is new', () => {
    const wasWell = { ...before, causes: [] };
    expect(askAfter('is it better now?', seen, wasWell).lines[0]).toBe(`Since you asked 30 minutes ago: new: ${name}.`);
    expect(askAfter('is it better now?', { snapshot, diagnosis: fixed }, wasWell).lines.join(' ')).not.toContain(
      'Since you asked',
    );
  });

  it('is not told of an object that is gone: that is said instead', () => {
    const empty = new Snapshot({
      capturedAt: snapshot.parts.capturedAt,
      objects: { Deployment: [], Pod: [], Namespace: snapshot.list('Namespace') },
    });
    const answer = askAfter('is it better now?', { snapshot: empty, diagnosis: fixed }, before);
    expect(answer).toMatchObject({
      outcome: 'no-such-name',
      headline: 'There is no Deployment "api" in namespace shop.',
      understood: 'is Deployment shop/api healthy',
    });
  });
});

describe('honesty', () => {
  it.each([
    'why?',
    'and why?',
    'what about its logs?',
    'who uses it?',
    'why the second one?',
    'any better?',
    'and now?',
  ])('says that nothing was asked before: %s', (question) => {
    const answer = askAfter(question, seen, undefined);
    expect(answer).toMatchObject({ outcome: 'not-understood', causes: [], objects: [] });
    expect(answer.headline).toContain('nothing was asked before');
  });

  it('says that the answer before was about no single object', () => {
    expect(after('what does CrashLoopBackOff mean?', 'who uses it?')).toMatchObject({
      outcome: 'not-understood',
      headline:
        'I cannot tell what "it" refers to: the answer before ("what does CrashLoopBackOff mean?") was about no single object.',
    });
  });

  it('asks which of several is meant, and answers about none', () => {
    expect(after('is web healthy', 'and why?')).toMatchObject({
      outcome: 'no-such-name',
      causes: [],
      suggestions: expect.arrayContaining(['Deployment shop/web', 'Deployment media/web']),
    });
    expect(after('is web healthy', 'and the third one?').outcome).toBe('not-understood');
  });

  it('asks on about all that a list named', () => {
    const { intent, understood, causes } = after('which deployments in shop are not ready', 'why?');
    expect({ intent, understood }).toEqual({
      intent: 'why-failing',
      understood: 'why is Deployment shop/api failing',
    });
    expect(causes).not.toEqual([]);
    expect(after('which deployments in media are ready', 'are they healthy?').outcome).toBe('answered');
  });

  it('leaves a question alone that stands by itself', () => {
    for (const question of [
      'why is db failing?',
      'what is wrong in namespace media?',
      'is everything ok?',
      'how is it going?',
      'list deployments',
      'what does CrashLoopBackOff mean?',
      'is the deployment db healthy',
      'is the db deployment healthy',
    ]) {
      expect({ ...after('why is api failing?', question) }, question).toEqual(ask(question, seen));
    }
  });

  it('keeps to the whole cluster for "is it healthy?" where nothing was asked before', () => {
    expect(askAfter('why is it failing?', seen, undefined)).toEqual(ask('why is it failing?', seen));
  });

  it('stands odd words, and turns that make no sense', () => {
    const odd: AskedBefore = {
      time: 'yesterday',
      question: '',
      understood: '',
      namespace: '\u001B[31m',
      intent: 'constructor',
      objects: [{ apiVersion: '', kind: '__proto__', namespace: '$&', name: '$1 `', uid: '' }],
      causes: [],
    };
    for (const question of [
      '',
      '?',
      'why',
      'and',
      'it',
      'its',
      'that',
      'and it',
      'it it it',
      'the first',
      'the last one',
      'in',
      'and in',
      'what about',
      `${'it '.repeat(2000)}`,
      'constructor',
      '__proto__',
    ]) {
      for (const before of [undefined, odd, { ...odd, objects: [] }]) {
        expect(() => Answer.parse(askAfter(question, seen, before)), question).not.toThrow();
      }
    }
  });
});
