import { glassMinutes } from '@autodevops/domain/change/broken-glass';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { text, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { glassLines } from '../../ruling/glass-lines.ts';

const minutesWanted = `a whole number of minutes from 1 to ${glassMinutes}`;

export const policyBreakGlassCommand = command({
  operands: '',
  description: `Sets the policy's rules aside for at most ${glassMinutes} minutes, for an emergency: what they forbid takes two yeses then. The built-in floor stays. Only a linked person can, with a reason, and another person has to review it within a day.`,
  examples: [
    [
      'autodevops policy break-glass --reason "the shop is down in the freeze" --minutes 30',
      'then propose the change as always',
    ],
  ],
  options: {
    reason: option(text, {
      value: 'SENTENCE',
      says: 'Why, in at least ten letters; it is kept in the audit log, and others review it.',
    }),
    minutes: option(wholeNumber(1, glassMinutes, minutesWanted), {
      value: 'COUNT',
      says: `How long, at most ${glassMinutes}.`,
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { reason, minutes, output },
      surroundings,
      look,
      signal,
    } = run;
    if (reason === undefined || reason.trim() === '') {
      throw usageError('The glass is not broken without a reason.', 'Add --reason "SENTENCE"; others will review it.');
    }
    if (minutes === undefined) throw usageError('For how long?', `Add --minutes COUNT, at most ${glassMinutes}.`);
    return await withAgent(run, run.options, async ({ client }) => {
      const glass = await client.breakGlass({ body: { reason, minutes } }, { signal });
      const now = new Date(surroundings.now()).toISOString();
      surroundings.stdout.write(
        output === 'text' ? finish(glassLines(cleared(glass), look, now), look) : await structuredText(glass, output),
      );
      return 0;
    });
  },
});
