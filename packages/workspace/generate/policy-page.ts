import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conditionVariables } from '../../../agent-core/src/changes/policy/matching/condition-variables.ts';
import { floor } from '../../../agent-core/src/changes/policy/floor/floor.ts';
import { levelNames, levels } from '../../../agent-core/src/changes/policy/levels.ts';
import type { Level } from '../../../agent-core/src/changes/policy/levels.ts';
import type { PolicyRule } from '../../domain/src/change/policy.ts';

const path = 'docs/policy.md';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function listed(values: readonly unknown[]): string {
  return values.map((value) => `\`${String(value)}\``).join(', ');
}

function fieldText([name, value]: readonly [string, unknown]): string {
  return `${name}: ${Array.isArray(value) ? listed(value) : `\`${String(value)}\``}`;
}

function matchText({ match, when }: PolicyRule): string {
  const fields = Object.entries(match).map(fieldText);
  const all = when === undefined ? fields : [...fields, `when \`${when}\``];
  return all.length === 0 ? 'everything' : all.join('; ');
}

function limitText({ limits }: PolicyRule): string {
  if (limits === undefined) return '';
  const { beyond, ...bounds } = limits;
  return `${Object.entries(bounds)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}; beyond: **${beyond}**`;
}

function levelSection({ name, about, rules }: Level): string {
  const rows = rules.map((rule) => [
    `\`level.${name}.${rule.id}\``,
    matchText(rule),
    `**${rule.decision}**`,
    limitText(rule),
  ]);
  return `### \`${name}\`\n\n${about}\n\n${table(['rule', 'speaks of', 'says', 'while'], rows)}`;
}

const sections: Readonly<Record<string, () => string>> = {
  levels: () => levelNames.map((name) => levelSection(levels[name])).join('\n\n'),
  floor: () =>
    table(
      ['rule', 'when', 'says at least'],
      floor.map(({ id, what, says }) => [`\`${id}\``, what, says]),
    ),
  variables: () =>
    table(
      ['name', 'is'],
      Object.entries(conditionVariables).map(([name, is]) => [`\`${name}\``, is]),
    ),
};

/** The page about policies: its prose as it is written there, its tables from the levels, the floor and the conditions. */
export function policyPage(root: string): { readonly path: string; readonly text: string } {
  const text = readFileSync(join(root, path), 'utf8');
  const filled = Object.entries(sections).reduce((page, [name, make]) => {
    const [begin, end] = [`<!-- ${name}: generated -->`, `<!-- ${name}: end -->`];
    const [from, to] = [page.indexOf(begin), page.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${path} has no place for the table of ${name}.`);
    return `${page.slice(0, from + begin.length)}\n\n${make()}\n\n${page.slice(to)}`;
  }, text);
  return { path, text: filled };
}
