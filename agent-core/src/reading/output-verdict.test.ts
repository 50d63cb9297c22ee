import { describe, expect, it } from 'vitest';
import type { OutputLine } from './output-line.ts';
import { alarmingLines, tellingLine, verdictOf } from './output-verdict.ts';
import { readableLine } from './readable-line.ts';

function outputOf(text: string): readonly OutputLine[] {
  return text.split('\n').map((line) => ({ ...readableLine(line), verbatim: line, time: '', source: 'log' }));
}

const verdict = (text: string): string | undefined => {
  const found = verdictOf(outputOf(text));
  return found === undefined ? undefined : `${found.kind}: ${found.line.text}`;
};

describe('what a container died of', () => {
  it('is not what visitors typed into the access log of a web server', () => {
    const log = '10.1.1.1 - - [06/Jun/2026:06:05:01 +0000] "GET /?q=connection+refused HTTP/1.1" 200 612 "-" "panic: getaddrinfo ENOTFOUND db"\nshutting down';
    expect(verdict(log)).toBeUndefined();
    expect(alarmingLines(outputOf(log))).toEqual([]);
  });

  it('is what the next line says, where an exception only announces it', () => {
    expect(verdict('rails aborted!\nStandardError: An error has occurred, this and all later migrations canceled:\nPG::NotNullViolation: ERROR:  column "tier" contains null values')).toContain('PG::NotNullViolation');
    expect(verdict('TypeError: boom:\n    at main (/app/x.js:1:1)')).toBe('uncaught: TypeError: boom:');
  });
});

describe('the line that tells most', () => {
  it('is not one that only sends the reader elsewhere', () => {
    expect(tellingLine(outputOf('ERROR index is locked by another process\nERROR: did not exit normally - check the logs at /var/log/x.log'))?.text).toBe('ERROR index is locked by another process');
  });

  it('is the last where nothing looks like an error', () => {
    expect(tellingLine(outputOf('one\ntwo'))?.text).toBe('two');
  });
});
