import { describe, expect, it } from 'vitest';
import { fixedFieldSteps } from './fixed-field-steps.ts';

describe('what to do about a field that may not change', () => {
  it('is another name for a ConfigMap that is immutable', () => {
    const [step] = fixedFieldSteps(
      'ConfigMap "settings" is invalid: data: Forbidden: field is immutable when `immutable` is set',
    );
    expect(step).toContain('new name');
  });

  it('is another object for a StatefulSet', () => {
    const [step] = fixedFieldSteps(
      'StatefulSet.apps "db" is invalid: spec: Forbidden: updates to statefulset spec for fields other than \'replicas\' are forbidden',
    );
    expect(step).toContain('another name');
  });

  it('is nothing where the refusal is another', () => {
    expect(fixedFieldSteps('admission webhook denied the request: no owner label')).toEqual([]);
  });
});
