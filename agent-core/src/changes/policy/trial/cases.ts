import type { Decision } from '@autodevops/domain/change/decision';
import { PolicyCases } from '@autodevops/domain/change/policy-case';
import type { PolicyCase } from '@autodevops/domain/change/policy-case';
import { questionOf } from './case-question.ts';
import { decide } from '../decide.ts';
import type { PolicyInForce } from '../policy-version.ts';
import { readLined } from '../reading/read-lined.ts';
import { refusePolicy } from '../reading/read-policy.ts';

export interface CaseResult {
  readonly case: PolicyCase;
  readonly line: number;
  readonly passed: boolean;
  readonly decision: Decision;
  /** What was expected and what came; empty when it passed. */
  readonly says: string;
}

export interface CaseFile {
  readonly cases: readonly PolicyCase[];
  readonly lineOf: (index: number) => number;
}

/** Reads the cases beside a policy. Throws `policy.invalid` with the line of every problem. */
export function readCases(text: string, file: string): CaseFile {
  const read = readLined(text, PolicyCases);
  if ('problems' in read) return refusePolicy(file, read.problems);
  return { cases: read.data.cases, lineOf: (index) => read.document.lineOf(['cases', index]) };
}

function complaint({ expect }: PolicyCase, { tier, voices }: Decision): string {
  const strictest = voices.filter((voice) => voice.tier === tier).map(({ rule }) => rule);
  if (tier !== expect.tier) return `expected ${expect.tier}, but it is ${tier}, by ${strictest.join(', ')}`;
  if (expect.rule !== undefined && !strictest.includes(expect.rule)) {
    return `it is ${tier} as expected, but by ${strictest.join(', ')} and not by ${expect.rule}`;
  }
  return '';
}

/** Decides every case and compares. */
export function runCases(inForce: PolicyInForce, { cases, lineOf }: CaseFile): readonly CaseResult[] {
  return cases.map((wanted, index) => {
    const { question, circumstances } = questionOf(wanted.given, inForce.policy);
    const decision = decide(question, inForce, circumstances);
    const says = complaint(wanted, decision);
    return { case: wanted, line: lineOf(index), passed: says === '', decision, says };
  });
}
