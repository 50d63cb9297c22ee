import { fileURLToPath } from 'node:url';
import { Answer } from '@autodevops/domain/answer';
import { readFixture } from '@autodevops/testkit/fixture';
import { describe, expect, it } from 'vitest';
import { diagnoseSnapshot } from '../../jamie/diagnose.ts';
import { ask } from '../ask.ts';

const { snapshot } = readFixture(fileURLToPath(new URL('../testing/shop.yaml', import.meta.url)));
const diagnosis = diagnoseSnapshot(snapshot);

function answer(question: string): Answer {
  return Answer.parse(ask(question, { snapshot, diagnosis }));
}

describe('an answer about objects on several conditions', () => {
  it('counts only what fits all of them', () => {
    expect(answer('which pods in shop are crashing and have more than 3 restarts').headline).toBe(
      '1 of 4 Pods in namespace shop is crashing and has more than 3 restarts: shop/api-7c9d-a.',
    );
  });

  it('begins with no where nothing fits', () => {
    expect(answer('are there pods in media that are crashing and have more than 300 restarts').headline).toMatch(
      /^No: none of/,
    );
  });

  it('speaks only of those that are meant: of the pods of one workload', () => {
    expect(answer('which pods of api are crashing').headline).toMatch(
      /^\d of \d Pods? tied to Deployment shop\/api (?:is|are) crashing: shop\/api-/,
    );
  });

  it('tells what else is to be told of each', () => {
    expect(answer('list services with their ports').table?.columns).toContain('port');
  });

  it('answers for a stretch of time where nothing is so at any time', () => {
    expect(answer('has anything been evicted in the last hour')).toMatchObject({
      outcome: 'answered',
      headline: expect.stringMatching(/^No: none of/),
    });
  });

  it('says what is wrong with each where the question goes on with why', () => {
    const { causes, lines } = answer('which deployments in shop are not ready, and why?');
    expect(causes).not.toEqual([]);
    expect(lines[0]).toBe(causes[0]?.cause);
  });

  it('says which part was not understood, and what was answered without it', () => {
    const { outcome, headline } = answer('which pods in shop are crashing and purple');
    expect(outcome).toBe('not-understood');
    expect(headline).toMatch(/^I do not understand "purple"\. Without it: 1 of/);
  });

  it('does not take a part for the whole where a looser rule would', () => {
    expect(answer('which pods in shop with blue hats are not ready').headline).toMatch(/blue hats/);
  });

  it('shows what was not understood, and does not obey it', () => {
    expect(answer('which pods in shop are crashing and \u001B[31mred').headline).not.toContain('\u001B');
  });
});
