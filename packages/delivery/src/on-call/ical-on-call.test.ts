import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { icalOnCall } from './ical-on-call.ts';

const options = {
  get signal() {
    return AbortSignal.timeout(10_000);
  },
};
const during = Date.parse('2026-01-05T10:00:00Z');
const calendar = (who: string): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260105T080000Z\r\nDTEND:20260106T080000Z\r\nSUMMARY:${who}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

interface Kept {
  text: string;
  status: number;
  tag: string;
  readonly asked: IncomingHttpHeaders[];
}

/** A server that keeps one calendar, and answers 304 to whoever has it. */
async function server(): Promise<{ readonly kept: Kept; readonly address: string }> {
  const kept: Kept = { text: calendar('Ann'), status: 200, tag: '"1"', asked: [] };
  const listening = createServer((request, response) => {
    kept.asked.push(request.headers);
    if (kept.status === 302) response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
    else if (kept.status === 200 && request.headers['if-none-match'] === kept.tag) {
      response.writeHead(304, { etag: kept.tag }).end();
    } else response.writeHead(kept.status, { etag: kept.tag }).end(kept.text);
  });
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    listening.close();
    listening.closeAllConnections();
  });
  return { kept, address: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/secret-path/team.ics` };
}

describe('a calendar at an address', () => {
  it('is asked for again after a minute, and sent again only when it has changed', async () => {
    const { kept, address } = await server();
    let now = 0;
    const { at } = icalOnCall({
      name: 'team',
      from: { address: async () => address },
      timeZone: 'UTC',
      now: () => now,
    });
    expect(await at(during, options)).toEqual(['Ann']);
    expect(await at(during, options)).toEqual(['Ann']);
    expect(kept.asked).toHaveLength(1);
    now += 60_000;
    expect(await at(during, options)).toEqual(['Ann']);
    expect(kept.asked.map((headers) => headers['if-none-match'])).toEqual([undefined, '"1"']);
    Object.assign(kept, { text: calendar('Ben'), tag: '"2"' });
    now += 60_000;
    expect(await at(during, options)).toEqual(['Ben']);
  });

  it.each([
    ['it is answered with an error', { status: 500 }],
    ['it sends something else', { text: '<html>', tag: '"x"' }],
    ['it recurs for ever', { text: calendar('Eve').replace('SUMMARY', 'RRULE:FREQ=SECONDLY\r\nSUMMARY'), tag: '"x"' }],
    ['it is sent elsewhere', { status: 302 }],
    ['it is too large', { text: 'x'.repeat(5_000_001), tag: '"x"' }],
  ])('counts on as it was last when %s', async (_what, change) => {
    const { kept, address } = await server();
    let now = 0;
    const { at } = icalOnCall({
      name: 'team',
      from: { address: async () => address },
      timeZone: 'UTC',
      now: () => now,
    });
    await at(during, options);
    Object.assign(kept, change);
    now += 60_000;
    expect(await at(during, options)).toEqual(['Ann']);
    Object.assign(kept, { status: 200, text: calendar('Ben'), tag: '"3"' });
    now += 60_000;
    expect(await at(during, options)).toEqual(['Ben']);
  });

  it.each([
    ['answers with an error', { status: 403 }, 'it is answered with 403'],
    ['is elsewhere', { status: 302 }, 'it does not answer'],
    ['is too large', { text: 'x'.repeat(5_000_001) }, 'it is larger than 5000000 bytes'],
  ])('that was never had and %s is not known, and its address is not told', async (_what, change, why) => {
    const { kept, address } = await server();
    Object.assign(kept, change);
    const failure = await icalOnCall({
      name: 'team',
      from: { address: async () => address },
      timeZone: 'UTC',
      now: () => 0,
    })
      .at(during, options)
      .catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ code: 'on-call.unknown', message: `The calendar team cannot be had: ${why}.` });
    expect(String(failure)).not.toContain('secret-path');
  });
});

it('a calendar in a file is read again when the file has changed, and counts on when it is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-ical-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, 'team.ics');
  writeFileSync(file, calendar('Ann'));
  const { at } = icalOnCall({ name: 'team', from: { file }, timeZone: 'UTC', now: () => 0 });
  expect(await at(during, options)).toEqual(['Ann']);
  writeFileSync(file, calendar('Ben'));
  utimesSync(file, new Date(), new Date(Date.now() + 5000));
  expect(await at(during, options)).toEqual(['Ben']);
  rmSync(file);
  expect(await at(during, options)).toEqual(['Ben']);
  await expect(
    icalOnCall({ name: 'team', from: { file }, timeZone: 'UTC', now: () => 0 }).at(during, options),
  ).rejects.toMatchObject({ code: 'on-call.unknown' });
});
