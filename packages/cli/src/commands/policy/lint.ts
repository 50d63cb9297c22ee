import { catalogue } from '@autodevops/agent-core/catalogue';
import { lintPolicy } from '@autodevops/agent-core/policy/lint/lint';
import { readPolicy } from '@autodevops/agent-core/policy/reading/read-policy';
import { actions } from '@autodevops/agent-core/scarlet/actions';
import { printable } from '@autodevops/domain/printable';
import { command } from '../../command.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { policyFromWords, policyText } from '../../ruling/policy-file.ts';
import { paint, symbol } from '../../terminal/paint.ts';
import { hang } from '../../terminal/wrap.ts';

export const policyLintCommand = command({
  operands: 'FILE',
  description:
    'What is probably not meant in a policy that is valid: rules that never count or change nothing, windows that never are, names that do not exist; with --against also what it loosens. Exit codes: 0 nothing, 1 something, 78 not valid.',
  examples: [
    ['autodevops policy lint deploy/policies/production.yaml', 'by itself'],
    ['autodevops policy lint new.yaml --against deploy/policies/production.yaml', 'and what it loosens'],
  ],
  options: {
    against: option(text, {
      value: 'FILE',
      completes: 'files',
      says: 'The policy in force: what the new one loosens is told.',
    }),
    output: structured,
    ...everywhere,
  },
  run: async ({ options: { against, output }, positionals, surroundings, look }) => {
    const { policy, file, lineOf } = await policyFromWords(positionals, surroundings);
    const before =
      against === undefined ? undefined : readPolicy(await policyText(against, surroundings), against).policy;
    const known = { actions: actions.map(({ name }) => name), findings: [...catalogue.keys()] };
    const findings = cleared(
      lintPolicy(policy, { known, ...(before === undefined ? {} : { before }) }).map((finding) => ({
        ...finding,
        file,
        line: lineOf(finding.path),
      })),
    );
    const mark = symbol(look, 'problem');
    const text =
      findings.length === 0
        ? [paint(look, 'green', `${symbol(look, 'fine')} Nothing in ${printable(file)} looks unmeant.`)]
        : findings.flatMap(({ line, code, rule, says }) =>
            hang(
              `${paint(look, 'red', mark)} `,
              `${file}:${line}: ${rule === '' ? '' : `${rule}: `}${says} (${code})`,
              look.columns,
            ),
          );
    surroundings.stdout.write(
      output === 'text' ? finish(text, look) : await structuredText({ schemaVersion: 1, file, findings }, output),
    );
    return findings.length === 0 ? 0 : 1;
  },
});
