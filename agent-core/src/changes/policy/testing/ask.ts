import { CaseQuestion } from '@autodevops/domain/change/policy-case';
import type { Decision } from '@autodevops/domain/change/decision';
import { Policy } from '@autodevops/domain/change/policy';
import type { z } from 'zod';
import { questionOf } from '../trial/case-question.ts';
import { decide } from '../decide.ts';
import type { PolicyInForce } from '../policy-version.ts';
import type { Circumstances, Question } from '../question.ts';

export type Given = Partial<z.input<typeof CaseQuestion>>;

export function policyOf(policy: Omit<z.input<typeof Policy>, 'version'>): Policy {
  return Policy.parse({ version: 1, ...policy });
}

export function inForce(policy: Policy): PolicyInForce {
  return { policy, version: 'v' };
}

/** A policy that lets everything be done at once: what is stricter under it comes from the floor. */
export const letAll = policyOf({ rules: [{ id: 'all', why: 'All.', decision: 'auto' }] });

export function ask(
  given: Given = {},
  policy: Policy = letAll,
): { readonly question: Question; readonly circumstances: Circumstances } {
  return questionOf(CaseQuestion.parse({ action: 'set-image', ...given }), policy);
}

export function decided(given: Given, policy: Policy): Decision {
  const { question, circumstances } = ask(given, policy);
  return decide(question, inForce(policy), circumstances);
}
