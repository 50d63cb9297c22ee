import { expect, it } from 'vitest';
import { readSample } from './sample.ts';

it('the sample holds three nodes, faults, noise and logs, and no secret of the machine that recorded it', async () => {
  const sample = await readSample();
  const kinds = sample.objects.map((object) => object['kind']);
  expect(kinds.filter((kind) => kind === 'Node')).toHaveLength(3);
  expect(kinds.filter((kind) => kind === 'Pod').length).toBeGreaterThan(20);
  expect(kinds.filter((kind) => kind === 'Event').length).toBeGreaterThan(50);
  expect(sample.logs.some((log) => log.pod.startsWith('api-') && log.previous)).toBe(true);
  expect(sample.serverVersion).toMatch(/^v1\.\d+\.\d+$/);
  expect(Date.parse(sample.now)).not.toBeNaN();
  expect(JSON.stringify(sample)).not.toMatch(/PRIVATE KEY|autodevops-bed|token-secret|MII[A-Za-z0-9+/]{40}/);
});
