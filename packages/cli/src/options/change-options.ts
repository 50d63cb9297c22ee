import { agentOptions } from './agent-options.ts';
import { everywhere, structured } from './groups.ts';
import { flag, text } from './form.ts';
import { option } from './option.ts';

/** What commands about one change take. */
export const changeOptions = {
  output: structured,
  verbose: option(flag, { short: 'v', says: 'Everything in full instead of one screen.' }),
  ...agentOptions,
  ...everywhere,
};

export const noWait = option(flag, {
  says: 'Do not follow it to its end. Without a running agent it is followed in any case: nobody else would do it.',
});

/** A sentence that is kept with what was decided. */
export const why = option(text, { value: 'SENTENCE', says: 'Why; it is kept in the audit log.' });
