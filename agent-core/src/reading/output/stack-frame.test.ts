import { describe, expect, it } from 'vitest';
import type { OutputLine } from './output-line.ts';
import { readableLine } from './readable-line.ts';
import { ownFrame } from './stack-frame.ts';

function frameOf(text: string, message: string): string | undefined {
  const output = text
    .split('\n')
    .map((line): OutputLine => ({ ...readableLine(line), verbatim: line, time: '', source: 'log' }));
  return ownFrame(
    output,
    output.findIndex((line) => line.text.includes(message)),
  )?.text.trim();
}

describe('the place in the program that a trace tells', () => {
  it('is the first frame of its own below a Go panic', () => {
    const trace =
      'panic: boom\n\ngoroutine 1 [running]:\nruntime.throw()\n\t/usr/local/go/src/runtime/panic.go:1 +0x1\nacme/fares.Lookup(0x0)\n\t/src/surge/table.go:44 +0x2e';
    expect(frameOf(trace, 'panic')).toBe('/src/surge/table.go:44 +0x2e');
  });

  it('is the first frame of its own below the message of Java and Node.js', () => {
    expect(
      frameOf(
        'java.lang.IllegalStateException: x\n\tat java.base/java.util.Objects.check(Objects.java:1)\n\tat com.acme.App.main(App.java:9)',
        'Illegal',
      ),
    ).toBe('at com.acme.App.main(App.java:9)');
    expect(frameOf('TypeError: x is undefined\n    at handler (/app/src/cart.js:12:7)', 'TypeError')).toBe(
      'at handler (/app/src/cart.js:12:7)',
    );
  });

  it('is the last frame of its own above the message of Python', () => {
    const trace =
      'Traceback (most recent call last):\n  File "/app/close.py", line 210, in <module>\n  File "/app/close.py", line 96, in rates\n  File "/usr/local/lib/python3.12/json.py", line 1, in loads\nValueError: no rate';
    expect(frameOf(trace, 'ValueError')).toBe('File "/app/close.py", line 96, in rates');
  });

  it('is none without a trace', () => {
    expect(frameOf('starting\nfatal: no rate', 'fatal')).toBeUndefined();
  });
});
