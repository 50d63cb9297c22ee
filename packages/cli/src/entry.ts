import { compose } from './compose.ts';
import { main } from './main.ts';
import { addWhatOlderNodeLacks } from './older-node.ts';

addWhatOlderNodeLacks();

const interruption = new AbortController();
/** The first Ctrl-C ends the work in hand; the second ends the process. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
}
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
// The terminal went away, or the login to the machine. (Node itself does not heed `nohup`.)
process.on('SIGHUP', interrupt);
/** A reader that has seen enough (`| head`; on Windows that is called EOF) is no failure; a full disk is. */
function endWithoutOutput({ code }: NodeJS.ErrnoException): never {
  if (code === 'EPIPE' || code === 'EOF') process.exit(0);
  const why = code === 'ENOSPC' ? 'no space left on the device' : (code ?? 'unknown');
  process.stderr.write(`Error: The output could not be written: ${why}.\nMake room, or write it somewhere else.\n`);
  process.exit(70);
}
process.stdout.on('error', endWithoutOutput);
process.stderr.on('error', () => undefined);

const surroundings = await compose();
// What no await catches is told as any other unexpected failure is: without a stack trace.
process.on('uncaughtException', (error) => {
  void import('./run-command.ts')
    .then(({ reportStray }) => reportStray(error, surroundings))
    .then((code) => process.exit(code));
});

const code = await main(process.argv.slice(2), surroundings, interruption.signal);
process.exitCode = code;
// Kept-alive connections must not hold the process; what was printed must be out first.
process.stdout.write('', (error) => {
  const failure = process.stdout.errored ?? error;
  if (failure !== null && failure !== undefined) endWithoutOutput(failure);
  process.exit(code);
});
