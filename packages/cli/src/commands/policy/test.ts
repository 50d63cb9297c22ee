import { createHash } from 'node:crypto';
import { readCases, runCases } from '@autodevops/agent-core/policy/trial/cases';
import { policyInForce } from '@autodevops/agent-core/policy/policy-version';
import { counted } from '@autodevops/domain/count-words';
import { command } from '../../command.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { flag, text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { policyFromWords, policyText } from '../../ruling/policy-file.ts';
import { paint, symbol } from '../../terminal/paint.ts';
import { hang } from '../../terminal/wrap.ts';

/** `NAME.yaml` has its cases in `NAME.cases.yaml` beside it. */
function casesBeside(file: string): string {
  return file.replace(/(\.ya?ml)?$/, (ending) => `.cases${ending === '' ? '.yaml' : ending}`);
}

export const policyTestCommand = command({
  operands: 'FILE',
  description:
    'Decides every case beside a policy (NAME.cases.yaml beside NAME.yaml) and compares with what is expected. Exit codes: 0 all as expected, 1 not, 78 not valid.',
  examples: [['autodevops policy test deploy/policies/production.yaml', 'its cases, one by one']],
  options: {
    cases: option(text, {
      value: 'FILE',
      completes: 'files',
      says: 'The cases, where they are somewhere else.',
    }),
    verbose: option(flag, { short: 'v', says: 'The cases that are as expected too.' }),
    output: structured,
    ...everywhere,
  },
  run: async ({ options: { cases, verbose, output }, positionals, surroundings, look }) => {
    const { policy, file } = await policyFromWords(positionals, surroundings);
    const path = cases ?? casesBeside(file);
    const inForce = policyInForce(policy, (text) => createHash('sha256').update(text).digest('hex'));
    const results = cleared(runCases(inForce, readCases(await policyText(path, surroundings), path)));
    const failed = results.filter(({ passed }) => !passed);
    const lines = results
      .filter(({ passed }) => verbose || !passed)
      .flatMap(({ passed, line, says, case: { says: title } }) =>
        hang(
          `${paint(look, passed ? 'green' : 'red', symbol(look, passed ? 'fine' : 'problem'))} `,
          `${path}:${line}: ${title}${passed ? '' : ` But ${says}.`}`,
          look.columns,
        ),
      );
    const end =
      failed.length === 0
        ? `${counted(results.length, 'case')} as expected.`
        : `${failed.length} of ${counted(results.length, 'case')} not as expected.`;
    surroundings.stdout.write(
      output === 'text'
        ? finish([...lines, paint(look, failed.length === 0 ? 'green' : 'red', end)], look)
        : await structuredText({ schemaVersion: 1, file, cases: path, results }, output),
    );
    return failed.length === 0 ? 0 : 1;
  },
});
