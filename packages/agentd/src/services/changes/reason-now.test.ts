import { describe, expect, it } from 'vitest';
import type { Diagnosis, Evidence } from '@autodevops/domain/diagnosis';
import { refByName } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { reasonNow } from './reason-now.ts';
import type { Look } from './reason-now.ts';
import { causeOf, diagnosisOf, web } from './testing/diagnosis-of.ts';

const job = refByName('Job', 'shop', 'import');
const pod = refByName('Pod', 'shop', 'import-x7k2p');
const quote: Evidence = { source: 'log', object: pod, quote: 'no such table', time: '' };
const request = { action: 'delete-finished-job', target: job, params: {} };

function asking(code: string, { kind, namespace, name }: ObjectRef): Parameters<typeof reasonNow>[0] {
  return { reason: 'It is in the way.', finding: { code, kind, namespace, name }, requests: [request] };
}

const seeing =
  (diagnosis: Diagnosis): Look =>
  async () =>
    diagnosis;

/** Where it was looked, and what came of it. */
async function lookedAt(code: string, object: ObjectRef): Promise<readonly string[] | undefined> {
  let asked: readonly string[] | undefined;
  await reasonNow(asking(code, object), [
    async (namespaces) => {
      asked = namespaces;
      return diagnosisOf([causeOf({ code, object })]);
    },
  ]);
  return asked;
}

describe('the reason of a proposal', () => {
  it("is a person's words where no finding is named, and nothing is looked at", async () => {
    const reason = await reasonNow({ reason: 'I want it.', requests: [request] }, [
      async () => expect.fail('nobody has to look'),
    ]);
    expect(reason).toEqual({ text: 'I want it.' });
  });

  it('holds the cause as it is diagnosed now', async () => {
    const cause = causeOf({
      code: 'job.backoff-limit',
      title: 'The Job gave up',
      object: { ...job, uid: 'uid-1' },
      confidence: 'medium',
      evidence: [quote],
    });
    expect(await reasonNow(asking('job.backoff-limit', job), [seeing(diagnosisOf([cause]))])).toEqual({
      text: 'It is in the way.',
      finding: {
        code: 'job.backoff-limit',
        title: 'The Job gave up',
        object: { ...job, uid: 'uid-1' },
        confidence: 'medium',
        evidence: [quote],
      },
    });
  });

  it('holds a symptom, with the evidence of what explains it, as weak evidence', async () => {
    const cause = causeOf({
      code: 'pod.data.table-missing',
      object: pod,
      evidence: [quote],
      symptoms: [{ code: 'job.backoff-limit', object: job }],
    });
    expect((await reasonNow(asking('job.backoff-limit', job), [seeing(diagnosisOf([cause]))])).finding).toEqual({
      code: 'job.backoff-limit',
      title: 'Job failed after all its retries',
      object: job,
      confidence: 'low',
      evidence: [quote],
    });
  });

  it('takes a cause of that name rather than a symptom', async () => {
    const above = causeOf({ code: 'node.down', symptoms: [{ code: 'a.b', object: web }] });
    expect((await reasonNow(asking('a.b', web), [seeing(diagnosisOf([above, causeOf()]))])).finding?.confidence).toBe(
      'high',
    );
  });

  it('is found by a later look where an earlier one does not know of it yet', async () => {
    const reason = await reasonNow(asking('a.b', web), [seeing(diagnosisOf([])), seeing(diagnosisOf([causeOf()]))]);
    expect(reason.finding?.object).toEqual(web);
  });

  it('is looked for where the finding and the requests are', async () => {
    expect(await lookedAt('a.b', refByName('Deployment', 'web', 'web'))).toEqual(['web', 'shop']);
    expect(await lookedAt('namespace.stuck', refByName('Namespace', '', 'old'))).toEqual(['old', 'shop']);
  });

  it('is looked for in all of the cluster where the finding is in no namespace', async () => {
    expect(await lookedAt('node.disk-pressure', refByName('Node', '', 'worker'))).toEqual([]);
  });
});

describe('a finding that is not there', () => {
  it.each([
    [
      'on another object',
      diagnosisOf([causeOf({ object: refByName('Deployment', 'shop', 'api') })]),
      'a.b of Deployment shop/web is not diagnosed now.',
    ],
    [
      'in another namespace',
      diagnosisOf([causeOf({ object: refByName('Deployment', 'test', 'web') })]),
      'a.b of Deployment shop/web is not diagnosed now.',
    ],
    ['of another code', diagnosisOf([causeOf({ code: 'a.b.c' })]), 'a.b of Deployment shop/web is not diagnosed now.'],
    [
      'but only worth knowing',
      diagnosisOf([], { information: [causeOf({ severity: 'info' })] }),
      'a.b of Deployment shop/web is no fault now: it is only worth knowing.',
    ],
    [
      'as far as can be seen',
      diagnosisOf([], { blindSpots: [{ what: 'pods of shop', why: '', remedy: '' }] }),
      'a.b of Deployment shop/web is not diagnosed now, and not everything could be looked at: pods of shop.',
    ],
  ])('%s is said to be so, and nothing is proposed for it', async (_name, diagnosis, message) => {
    await expect(reasonNow(asking('a.b', web), [seeing(diagnosis)])).rejects.toMatchObject({
      code: 'change.stale',
      message,
    });
  });

  it('is named in one line that can be shown, whatever a caller calls it', async () => {
    const named = { ...web, name: 'web\n\u001b[2Jdeleted' };
    await expect(reasonNow(asking('a.b', named), [seeing(diagnosisOf([]))])).rejects.toMatchObject({
      message: expect.not.stringMatching(/[\n\u001b]/),
    });
  });
});
