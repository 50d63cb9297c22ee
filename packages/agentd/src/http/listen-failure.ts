import { AutoDevOpsError } from '@autodevops/domain/errors';
import { listenReason } from '@autodevops/domain/listen-reason';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { ListenAddress } from './listen-address.ts';

/** Why nobody can be heard at the agent's address, as a sentence; an error that is none of these is given back as it is. */
export function listenFailure(error: unknown, choice: ListenAddress): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  // Of two agents that begin at the same moment, and always on Windows, the system knows which came first.
  if (choice.kind === 'socket') return code === 'EADDRINUSE' ? agentRunsHere() : error;
  const reason = listenReason(error);
  if (reason === undefined) return error;
  return new AutoDevOpsError(
    'config.invalid',
    `The agent cannot listen on ${choice.host}, port ${choice.port}: ${reason}.`,
    'Give another listen.host or listen.port, or end what is there.',
    { cause: error },
  );
}

/** One folder has one agent. */
export function agentRunsHere(): AutoDevOpsError {
  return new AutoDevOpsError(
    'usage',
    'An agent runs here already.',
    remedy`Use it, or end it with ${{ do: 'stop-agent' }}.`,
  );
}

/** Why a file of `listen.tls` is of no use. */
export function tlsFileFailure(error: unknown, path: string): AutoDevOpsError {
  const { code = '' } = error as NodeJS.ErrnoException;
  const why = code === 'ENOENT' ? 'is not there' : 'cannot be read';
  return new AutoDevOpsError(
    'config.invalid',
    `${path}, which listen.tls names, ${why}${['', 'ENOENT'].includes(code) ? '' : ` (${code})`}.`,
    'Correct listen.tls, or give the user of this process the right to read it.',
    { cause: error },
  );
}
