import { wordInGroup } from '../command.ts';
import { dynamicWords, firstWords, groupsOf } from './command-words.ts';
import type { CommandWords } from './command-words.ts';
import type { OptionRow } from '../options/option-table.ts';

/** Text within single quotes, where zsh's specs give `[`, `]` and `:` a meaning. */
function specText(text: string): string {
  // The backslash of an escaped quotation mark stands outside of them, and is the shell's own.
  return text.replaceAll(/[[\]:\\]/g, String.raw`\$&`).replaceAll("'", "'\\''");
}

function action(command: string, row: OptionRow): string {
  if (!row.takesValue) return '';
  const dynamic = dynamicWords(command, row);
  const value = `:${specText((row.value ?? 'value').toLowerCase())}:`;
  if (row.choices.length > 0) return `${value}(${row.choices.join(' ')})`;
  if (dynamic !== undefined) return `${value}($(autodevops __complete ${dynamic} 2>/dev/null))`;
  return row.completes === 'files' ? `${value}_files` : `${value}( )`;
}

function optionSpecs(command: string, row: OptionRow): readonly string[] {
  const repeats = row.repeats ? '*' : '';
  const tail = `[${specText(row.says)}]${action(command, row)}`;
  const names = row.short === undefined ? [`--${row.name}`] : [`-${row.short}`, `--${row.name}`];
  return names.map((name) => `      '${repeats}${name}${tail}'`);
}

function commandCase({ name, options }: CommandWords): string {
  const operands =
    dynamicWords(name) === 'codes'
      ? "      '*:code:($(autodevops __complete codes 2>/dev/null))'"
      : "      '*:operand:( )'";
  return [
    `  '${name}') _arguments \\`,
    [...options.flatMap((row) => optionSpecs(name, row)), operands].join(' \\\n'),
    '    ;;',
  ].join('\n');
}

/** After the first word of a group, its commands; the two words together are one command then. */
function groupCase([group, commands]: readonly [string, readonly CommandWords[]]): string {
  const described = commands.map((command) => `'${wordInGroup(command)}:${specText(command.summary)}'`).join(' ');
  return [
    `  ${group})`,
    `    if (( CURRENT == 2 )); then commands=(${described}); _describe 'command' commands; return; fi`,
    '    command="$command ${words[2]}"; shift words; (( CURRENT-- ))',
    '    ;;',
  ].join('\n');
}

export function zshCompletion(commands: readonly CommandWords[]): string {
  const described = firstWords(commands)
    .map(({ name, summary }) => `    '${name}:${specText(summary)}'`)
    .join('\n');
  return `#compdef autodevops
# autodevops completion zsh > "\${fpath[1]}/_autodevops"
_autodevops() {
  local -a commands
  commands=(
${described}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${[...groupsOf(commands)].map(groupCase).join('\n')}
  esac
  case "$command" in
${commands.map(commandCase).join('\n')}
  esac
}
# A file in fpath is run as the function itself, and has to answer; a script that is sourced makes the function known.
if [[ "\${funcstack[1]}" == _autodevops ]]; then _autodevops "$@"; else compdef _autodevops autodevops; fi
`;
}
