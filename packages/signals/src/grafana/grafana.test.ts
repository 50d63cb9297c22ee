import { afterAll, describe, expect, it } from 'vitest';
import { panelsConformance } from '@autodevops/testkit/signals/panels-conformance';
import { httpCarrier } from '../carrying/http-carrier.ts';
import { fakeGrafana } from '../testing/fake-grafana.ts';
import { grafana } from './grafana.ts';

const [rendering, plain] = await Promise.all([fakeGrafana({ renders: true }), fakeGrafana({ renders: false })]);
afterAll(async () => {
  await Promise.all([rendering.close(), plain.close()]);
});
const now = (): number => Date.parse('2026-01-01T12:00:00Z');
const opened = (url: string) => grafana({ carrier: httpCarrier({ url }) });

panelsConformance('Grafana with a renderer', {
  open: async () => await Promise.resolve(opened(rendering.url)),
  dashboard: 'web-overview',
  rendered: true,
  now,
});
panelsConformance('Grafana without a renderer', {
  open: async () => await Promise.resolve(opened(plain.url)),
  dashboard: 'web-overview',
  rendered: false,
  now,
});

describe('Grafana', () => {
  it('links to the page of people where that is another address', () => {
    const panels = grafana({ carrier: httpCarrier({ url: plain.url }), page: 'https://grafana.example/team/' });
    expect(panels.link({ dashboard: 'abc', range: { start: 1, end: 2 } })).toBe(
      'https://grafana.example/team/d/abc?from=1&to=2',
    );
  });
});
