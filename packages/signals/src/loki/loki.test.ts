import { afterAll, describe, expect, it } from 'vitest';
import { assert, property, string } from 'fast-check';
import { conformanceStream, logsConformance } from '@autodevops/testkit/signals/logs-conformance';
import { httpCarrier } from '../carrying/http-carrier.ts';
import { fakeLoki } from '../testing/fake-loki.ts';
import { logQl } from './logql.ts';
import { loki } from './loki.ts';

const noon = Date.parse('2026-01-01T12:00:00Z');
const lines = Array.from({ length: conformanceStream.lines }, (_, index): readonly [number, string] => [
  noon - (index + 1) * 1_000,
  index === 2_000 ? conformanceStream.needle : `GET /cart/${index} 200`,
]);
const server = await fakeLoki([
  { labels: conformanceStream.labels, lines },
  {
    labels: { namespace: 'shop', pod: 'web-2' },
    lines: [[noon - 5_000, '\u001b[31mlogin with password=hunter2hunter2']],
  },
]);
afterAll(async () => await server.close());
const logs = loki({ carrier: httpCarrier({ url: server.url, headers: { 'X-Scope-OrgID': 'shop' } }) });

logsConformance('Loki', { open: async () => await Promise.resolve(logs), now: () => noon });

describe('Loki', () => {
  it('shows no secret and drives no terminal by a line', async () => {
    const found = await logs.search(
      { labels: { pod: 'web-2' }, words: [], range: { start: noon - 60_000, end: noon }, lines: 5 },
      { signal: AbortSignal.timeout(10_000) },
    );
    expect(found.lines.map(({ text }) => text)).toEqual(['\\x1b[31mlogin with password=[redacted]']);
  });

  it('says which tenant it is', () => {
    expect(server.asked.every(({ headers }) => headers['x-scope-orgid'] === 'shop')).toBe(true);
  });
});

describe('a query of Loki', () => {
  it('keeps whatever is in a label or a word within its quotation marks', () => {
    const outside = /^\{a=""\}( \|~ "")?$/;
    assert(
      property(string({ maxLength: 60 }), string({ minLength: 1, maxLength: 60 }), (value, word) => {
        const bare = logQl({ labels: { a: value }, words: [word] }).replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
        expect(bare).toMatch(outside);
      }),
    );
  });

  it('refuses the name of a label that is none', () => {
    expect(() => logQl({ labels: { 'a="b", c': 'd' }, words: [] })).toThrow('each with a name');
  });
});
