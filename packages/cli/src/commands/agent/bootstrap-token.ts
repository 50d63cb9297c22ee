import { printable } from '@autodevops/domain/printable';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { neededReason } from '../../options/needed-reason.ts';
import { flag, standing, text, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { structuredText } from '../../render/structured.ts';
import { hang } from '../../terminal/wrap.ts';

const longest = 60 * 24;
const minutesWanted = `a whole number of minutes from 1 to ${longest}`;

export const agentBootstrapTokenCommand = command({
  operands: '',
  description:
    "Makes the token by which the first person becomes an administrator (`agent claim`). It is run where the agent's store can be opened, such as in its pod; the agent may run meanwhile. The token holds for minutes, works once, and replaces one that was made before. Where somebody administers the agent it is refused, unless the glass is broken for it, which the audit log keeps with the reason.",
  examples: [
    ['autodevops agent bootstrap-token --config cloud-config.yaml', 'shown once'],
    [
      'autodevops agent bootstrap-token --config cloud-config.yaml --out ./bootstrap-token',
      'into a file that only its owner can read',
    ],
    [
      'autodevops agent bootstrap-token --config cloud-config.yaml --break-glass --why "The only administrator has left."',
      'in an emergency',
    ],
  ],
  options: {
    minutes: option(standing(wholeNumber(1, longest, minutesWanted), 15), {
      value: 'COUNT',
      says: 'How long it may be used, at most 1440 (a day).',
    }),
    out: option(text, {
      value: 'FILE',
      completes: 'files',
      says: 'Write it into a new file instead of showing it.',
    }),
    breakGlass: option(flag, { says: 'Although somebody administers the agent; needs --why.' }),
    why: option(text, {
      value: 'SENTENCE',
      says: 'Why the glass is broken; it is kept in the audit log.',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async ({ options, surroundings, look }) => {
    const { minutes, out, breakGlass, why, output } = options;
    if (!breakGlass && why !== undefined) {
      throw usageError('A reason is needed for broken glass alone.', 'Add --break-glass, or leave out --why.');
    }
    const brokenGlass = breakGlass ? neededReason(why) : '';
    const {
      configuration: { mode, listen },
    } = await (await surroundings.agents()).settings(options);
    if (mode === 'local' && listen.kind === 'socket') {
      throw usageError(
        'Whoever can open the socket of a local agent is its administrator already.',
        'Use it; `autodevops people add` and `people token` let others in.',
      );
    }
    const { token, expiresAt, file } = await (
      await surroundings.keeping()
    ).bootstrapToken(options, { minutes, brokenGlass, out });
    const shown =
      file === undefined
        ? [
            ...hang(
              '',
              `A bootstrap token, until ${expiresAt}. It is shown this once, and kept nowhere:`,
              look.columns,
            ),
            '',
            `   ${token}`,
            '',
          ]
        : hang(
            '',
            `A bootstrap token, until ${expiresAt}, is in ${printable(file)}; only its owner can read it.`,
            look.columns,
          );
    const text = [
      ...shown,
      ...hang(
        '',
        `Use it once: autodevops agent claim NAME --account ACCOUNT${file === undefined ? ', with AUTODEVOPS_BOOTSTRAP_TOKEN set' : ' --token-file FILE'}`,
        look.columns,
      ),
    ];
    surroundings.stdout.write(
      output === 'text'
        ? finish(text, look)
        : await structuredText({ expiresAt, ...(file === undefined ? { token } : { file }) }, output),
    );
    return 0;
  },
});
