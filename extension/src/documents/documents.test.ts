import { expect, it } from 'vitest';
import { decisionOf, sampleChange, samplePlan } from '../testing/sample-change.ts';
import { healthyDiagnosis, imageCause, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { causeText } from './cause-text.ts';
import { changeText, reachLines, rehearsalText } from './change-text.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { differenceDocuments } from './difference.ts';

it('a cause is told whole: what, since when, who notices, on what it rests, what to do and what not', () => {
  const text = causeText(imageCause);
  for (const part of [
    imageCause.title,
    imageCause.cause,
    imageCause.impact,
    `${imageCause.began} That was at ${imageCause.beganAt}.`,
    'Since 2026-01-07T11:48:00Z',
    'Failed to pull image',
    'Correct the tag.',
    'Do not delete the pods.',
    'Deployment shop/web · critical · confidence high',
  ]) {
    expect(text).toContain(part);
  }
});

it('a diagnosis names its causes, and what could not be seen', () => {
  const text = diagnosisText(problemDiagnosis);
  for (const part of [
    problemDiagnosis.summary,
    imageCause.cause,
    'Node worker-2 is cordoned.',
    'Secrets: The API server says: forbidden.',
  ]) {
    expect(text).toContain(part);
  }
  expect(diagnosisText(healthyDiagnosis)).toBe(
    'Nothing is wrong among 31 pods.\nkind-dev, looked at 2026-01-07T12:00:00Z\n',
  );
});

it('nothing of a cluster reaches a page as it is, if an eye or a terminal would obey it', () => {
  expect(diagnosisText(problemDiagnosis)).not.toMatch(/[\u0007\u001B\u202E]/u);
});

it('how far a plan reaches is said, also where nobody could find out', () => {
  expect(reachLines(samplePlan.facts, 'ahead')).toEqual([
    'Reaches 4 objects and Service shop/web (40% of its ready endpoints).',
    'It can be taken back.',
  ]);
  expect(reachLines({ capturedAt: '', reversible: false, notes: ['A note.'] }, 'ahead')).toEqual([
    'How far it reaches could not be found out.',
    'It cannot be taken back.',
    'A note.',
  ]);
});

it('a change and a rehearsal tell what would be done, what differs and who decides by which rule', () => {
  for (const text of [changeText(sampleChange()), rehearsalText(samplePlan, decisionOf('two'))]) {
    expect(text).toContain('Return Deployment shop/web to revision 6.');
    expect(text).toContain('shop/web:1.5.0 → shop/web:1.4.2');
    expect(text).toMatch(/level\.(one|two)/);
  }
  expect(
    changeText(
      sampleChange({
        steps: [{ step: { direction: 'back', action: 0, operation: 1 }, outcome: 'unknown', says: 'No answer came.' }],
      }),
    ),
  ).toContain('↩ 1.2 unknown: No answer came.');
});

it('a change that is behind is told as it was found then', () => {
  const [ahead, behind, dropped] = (['waiting', 'succeeded', 'rejected'] as const).map((state) =>
    changeText(sampleChange({ state })),
  );
  for (const part of [
    'What would be done',
    'What would differ',
    'How far it reaches\n',
    'The policy asks for one yes.',
  ]) {
    expect(ahead).toContain(part);
    expect(behind).not.toContain(part);
    expect(dropped).not.toContain(part);
  }
  expect(behind).toContain('How far it reached, as was found at 2026-01-07T12:00:00Z\n  Reached 4 objects');
  expect(behind).toContain('The policy asked for one yes.');
  expect(dropped).toContain('as was found at 2026-01-07T12:00:00Z\n  Would have reached 4 objects');
});

it('a difference has the fields as they are and as they would be, by object', () => {
  const service = {
    ...samplePlan.diff[0]?.object,
    apiVersion: 'v1',
    kind: 'Service',
    namespace: 'shop',
    name: 'web',
    uid: '',
  };
  const { before, after } = differenceDocuments('chg-1', [
    ...samplePlan.diff,
    { object: service, path: 'spec.selector', before: '', after: 'a: b\nc: d' },
  ]);
  expect(before).toMatchObject({
    path: 'changes/chg-1/before.yaml',
    language: 'yaml',
    text: '# Deployment shop/web\nspec.template.spec.containers[web].image:\n  shop/web:1.5.0\n---\n# Service shop/web\n',
  });
  expect(after.text).toBe(
    '# Deployment shop/web\nspec.template.spec.containers[web].image:\n  shop/web:1.4.2\n---\n# Service shop/web\nspec.selector:\n  a: b\n  c: d\n',
  );
});
