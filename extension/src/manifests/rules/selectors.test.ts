import { describe, expect, it } from 'vitest';
import { deployment, service, tell } from '../testing/manifest-scene.ts';
import { serviceSelector, workloadSelector } from './selectors.ts';

const web = deployment('x: y');

describe('the selector of a Service', () => {
  it('that nearly fits is told, with a fix', () => {
    const [told] = tell(serviceSelector, service('{selector: {app: webb}}'), { beside: [web] });
    expect(told).toMatchObject({
      at: 'webb',
      code: 'manifest.selector',
      message: 'It selects no pod that is described here. Deployment web has app=web.',
    });
    expect(told?.fixed[0]).toContain('{selector: {app: web}}');
  });

  it('that fits, or is like nothing here, or is not there, is no problem', () => {
    for (const selector of ['{app: web}', '{app: database}', '{tier: front}', '{}']) {
      expect(tell(serviceSelector, service(`{selector: ${selector}}`), { beside: [web] })).toEqual([]);
    }
  });
});

describe('the selector of a workload', () => {
  it('that its own pods do not match is an error, with both ways out', () => {
    const text = web.replace('{labels: {app: web}}', '{labels: {app: wab}}');
    const [told] = tell(workloadSelector, text);
    expect(told).toMatchObject({
      at: 'web',
      severity: 'error',
      message: 'The pods of the template have app=wab, not web: the server refuses that.',
    });
    expect(told?.fixed).toEqual([
      text.replace('app: wab', 'app: web'),
      text.replace('matchLabels: {app: web}', 'matchLabels: {app: wab}'),
    ]);
  });

  it('that they match is none', () => {
    expect(tell(workloadSelector, web)).toEqual([]);
  });
});
