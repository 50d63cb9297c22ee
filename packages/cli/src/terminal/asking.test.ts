import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { askOnTerminal } from './ask-on-terminal.ts';
import { waitingLine } from './waiting-line.ts';

describe('a question on a terminal', () => {
  const never = new AbortController().signal;

  it('is shown, and answered by the next line', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answer = askOnTerminal({ input, output }, 'Do it? ', never);
    input.write('y\nmore\n');
    expect(await answer).toBe('y');
    expect(String(output.read())).toBe('Do it? ');
  });

  it('has no answer when the input ends', async () => {
    const input = new PassThrough();
    const answer = askOnTerminal({ input, output: new PassThrough() }, 'Do it? ', never);
    input.end();
    expect(await answer).toBeUndefined();
  });

  it('ends with Ctrl-C, also when that came before', async () => {
    const controller = new AbortController();
    const asked = askOnTerminal({ input: new PassThrough(), output: new PassThrough() }, '', controller.signal);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'interrupted' });
    await expect(
      askOnTerminal({ input: new PassThrough(), output: new PassThrough() }, '', controller.signal),
    ).rejects.toMatchObject({ code: 'interrupted' });
  });
});

describe('a line that waits', () => {
  it('counts the time of what goes on, and is taken away', () => {
    vi.useFakeTimers();
    const written: string[] = [];
    let now = 0;
    const line = waitingLine({ write: (text) => void written.push(text), isTTY: true, columns: 40 }, () => now);
    line.show('Doing it');
    now = 5000;
    vi.advanceTimersByTime(1000);
    line.show('Looking');
    line.close();
    vi.advanceTimersByTime(5000);
    vi.useRealTimers();
    expect(written.map((text) => text.replaceAll('\r\u001B[2K', ''))).toEqual([
      'Doing it (0 s) ...',
      'Doing it (5 s) ...',
      'Looking (0 s) ...',
      '',
    ]);
  });

  it('is nothing where nobody watches', () => {
    const written: string[] = [];
    const line = waitingLine({ write: (text) => void written.push(text), isTTY: false, columns: 40 });
    line.show('Doing it');
    line.close();
    expect(written).toEqual([]);
  });
});
