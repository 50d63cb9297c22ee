import { readFile } from 'node:fs/promises';
import type { Actor } from '@autodevops/domain/change/actor';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Log } from '@autodevops/domain/log-line';
import { inTerminal } from '@autodevops/domain/remedy/in-terminal';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { isWithoutAdmin, offerBootstrapToken } from './bootstrap-token.ts';
import type { BootstrapStore } from './bootstrap-token.ts';

/** 24 random bytes in base64; what people make up themselves is shorter. */
const shortest = 32;
const largest = 1024;

export interface FirstDoorChoice {
  /** A mounted Secret's file, and how long it is good from the first start that sees it on; undefined where none is named. */
  readonly bootstrap: { readonly file: string; readonly milliseconds: number } | undefined;
  /** Whether somebody is let in without showing who he is: the one user of a local agent. */
  readonly ownUser: boolean;
  readonly now: number;
  readonly log: Log;
}

async function tokenIn(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // The Secret is taken away when it has served.
    if (error.code === 'ENOENT') return undefined;
    throw new AutoDevOpsError(
      'config.invalid',
      `The bootstrap token's file cannot be read (${error.code ?? 'unknown'}).`,
      'Correct bootstrap.tokenFile, or the rights of the file.',
      { cause: error },
    );
  });
  const token = text?.trim();
  if (token === undefined || (token.length >= shortest && token.length <= largest && /^[!-~]+$/.test(token))) {
    return token;
  }
  throw new AutoDevOpsError(
    'config.invalid',
    `The bootstrap token's file has to hold ${shortest} characters at least, without blanks.`,
    'Write for example what `openssl rand -base64 32` prints.',
  );
}

async function takeUp(store: BootstrapStore, { bootstrap, now, log }: FirstDoorChoice): Promise<boolean> {
  const token = bootstrap === undefined ? undefined : await tokenIn(bootstrap.file);
  if (bootstrap === undefined || token === undefined) return false;
  const actor: Actor = {
    kind: 'agent',
    account: 'agent:bootstrap',
    person: '',
    name: 'The configuration',
    roles: [],
    surface: 'agent',
  };
  const { expiresAt } = await offerBootstrapToken(store, {
    from: 'file',
    token,
    milliseconds: bootstrap.milliseconds,
    brokenGlass: '',
    actor,
    now,
  });
  log({ level: 'info', message: 'the bootstrap token of the configuration may be used', fields: { expiresAt } });
  return true;
}

/**
 * While nobody administers the agent, takes up the bootstrap token of a mounted Secret, once, or says how to make one.
 * What is wrong with it is logged and keeps no agent from its work.
 */
export async function openFirstDoor(store: BootstrapStore, choice: FirstDoorChoice): Promise<void> {
  const { log, ownUser } = choice;
  try {
    if (!(await isWithoutAdmin(store)) || (await takeUp(store, choice)) || ownUser) return;
    log({
      level: 'info',
      message: 'nobody administers this agent yet',
      fields: {
        remedy: inTerminal(
          remedy`Make the first token where its store is: ${{ do: 'make-first-token', brokenGlass: false }}`,
        ),
      },
    });
  } catch (error) {
    log({
      level: 'error',
      message: 'the bootstrap token of the configuration is not taken up',
      fields: {
        says:
          error instanceof AutoDevOpsError
            ? `${error.message} ${error.remedy}`
            : 'it failed in a way that nobody foresaw',
      },
    });
  }
}
