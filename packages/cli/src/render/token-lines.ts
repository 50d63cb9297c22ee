import { printable } from '@autodevops/domain/printable';
import type { Look } from '../terminal/look.ts';
import { paint } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';
import { shellWord } from '@autodevops/domain/shell-word';

export interface TokenMade {
  readonly account: string;
  readonly token: string;
  readonly expiresAt: string;
  /** Whether a person is linked to the account, without whom it has no rights. */
  readonly linked: boolean;
}

/** A new token, what it is for and how it ends. */
export function tokenLines({ account, token, expiresAt, linked }: TokenMade, look: Look): readonly string[] {
  return [
    ...hang(
      '',
      `A token of ${printable(account)}, until ${expiresAt}. It is shown this once, and kept nowhere:`,
      look.columns,
    ),
    '',
    // Never wrapped: it is copied from here.
    `   ${token}`,
    '',
    ...hang(
      '',
      'Send it as "Authorization: Bearer TOKEN", or give it to the command line as AUTODEVOPS_TOKEN where the agent listens on TCP. Whoever has it is that account.',
      look.columns,
    ),
    ...(linked
      ? []
      : hang(
          '',
          `Nobody is linked to ${printable(account)}, so it may do nothing yet: autodevops people add NAME --account ${shellWord(account)} --role ROLE`,
          look.columns,
        ).map((line) => paint(look, 'yellow', line))),
    ...hang('', `End it with: autodevops people revoke ${shellWord(account)}`, look.columns).map((line) =>
      paint(look, 'dim', line),
    ),
  ];
}
