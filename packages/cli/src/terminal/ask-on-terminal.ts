import { createInterface } from 'node:readline';
import { interrupted } from '@autodevops/domain/interruption';

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** One line that a person types after the question; undefined when the input ends before it. Throws `interrupted` with the signal. */
export async function askOnTerminal(
  { input, output }: Terminal,
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (signal.aborted) throw interrupted();
  // Without raw mode Ctrl-C stays what it is everywhere else: a signal.
  const lines = createInterface({ input, terminal: false });
  output.write(question);
  return await new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(interrupted());
      lines.close();
    };
    signal.addEventListener('abort', stop, { once: true });
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('close', () => {
      signal.removeEventListener('abort', stop);
      input.pause();
      resolve(undefined);
    });
  });
}
