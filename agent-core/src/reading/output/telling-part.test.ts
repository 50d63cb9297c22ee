import { describe, expect, it } from 'vitest';
import { readableLine } from './readable-line.ts';
import { tellingPart } from './telling-part.ts';

describe('the part of a line that tells of a failure', () => {
  it('is the whole line where that is short', () => {
    expect(tellingPart(readableLine('Error: invalid configuration: port'))).toBe('Error: invalid configuration: port');
  });

  it('begins with the clause that names the failure where that stands far behind', () => {
    const line = `${'The service starts. '.repeat(20)}At last: at least one of [a.hosts, b.hosts] must be configured; read the manual`;
    expect(tellingPart(readableLine(line))).toBe(
      'At last: at least one of [a.hosts, b.hosts] must be configured; read the manual',
    );
  });

  it('is the message and the error of a line of logfmt', () => {
    const line =
      'ts=2026-11-20T10:58:01Z caller=coordinator.go:118 level=error msg="Loading configuration file failed" file=/etc/am.yml err="undefined receiver \\"slack-ops\\" used in route"';
    expect(tellingPart(readableLine(line))).toBe(
      'Loading configuration file failed: undefined receiver "slack-ops" used in route',
    );
  });

  it('is the whole line where no words of a failure are known in it', () => {
    const line = 'nothing to see here '.repeat(30).trim();
    expect(tellingPart(readableLine(line))).toBe(line);
  });

  it('is the inner parts of errors that are nested in each other', () => {
    const line =
      '[main.go:58] ERROR: Failed to initialise the proxy: error initialising provider: could not create provider data: error building the verifier: could not get verifier builder: error while discovery: failed to discover the configuration: unexpected status "404": 404 page not found';
    expect(tellingPart(readableLine(line))).toContain('unexpected status "404": 404 page not found');
    expect(tellingPart(readableLine(line)).length).toBeLessThanOrEqual(200);
  });

  it('stays near the words where nothing divides the line before them', () => {
    const part = tellingPart(readableLine(`${'x'.repeat(600)}must be configured`));
    expect(part.length).toBeLessThan(100);
    expect(part).toContain('must be configured');
  });
});
