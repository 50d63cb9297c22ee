import { z } from 'zod';
import { agentOptions } from './agent-options.ts';
import { everywhere, structured } from './groups.ts';
import { option } from './option-meta.ts';

/** What commands about one change take. */
export const changeOptions = {
  output: structured,
  verbose: option(z.boolean().default(false), { short: 'v', says: 'Everything in full instead of one screen.' }),
  ...agentOptions,
  ...everywhere,
};

export const noWait = option(z.boolean().default(false), {
  says: 'Do not follow it to its end. Without a running agent it is followed in any case: nobody else would do it.',
});

/** A sentence that is kept with what was decided. */
export const why = option(z.string().optional(), { value: 'SENTENCE', says: 'Why; it is kept in the audit log.' });
