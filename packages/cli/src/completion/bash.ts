import { wordInGroup } from '../command.ts';
import { dynamicWords, firstWords, groupsOf } from './command-words.ts';
import type { CommandWords } from './command-words.ts';
import type { OptionRow } from '../options/option-table.ts';

function valueLine(command: string, row: OptionRow): string {
  const dynamic = dynamicWords(command, row);
  const reply =
    row.choices.length > 0
      ? `COMPREPLY=($(compgen -W "${row.choices.join(' ')}" -- "$word"))`
      : dynamic !== undefined
        ? `COMPREPLY=($(compgen -W "$(autodevops __complete ${dynamic} 2>/dev/null)" -- "$word"))`
        : row.completes === 'files'
          ? 'COMPREPLY=($(compgen -f -- "$word"))'
          : 'COMPREPLY=()';
  return `      ${row.short === undefined ? '' : `-${row.short}|`}--${row.name}) ${reply}; return ;;`;
}

function commandCase({ name, options }: CommandWords): string {
  const values = options.filter((row) => row.takesValue);
  const words = options.map((row) => `--${row.name}`).join(' ');
  const operands = dynamicWords(name) === 'codes' ? '$(autodevops __complete codes 2>/dev/null)' : '';
  return [
    `  '${name}')`,
    ...(values.length === 0 ? [] : ['    case "$before" in', ...values.map((row) => valueLine(name, row)), '    esac']),
    `    if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "${words}" -- "$word"))`,
    `    else COMPREPLY=($(compgen -W "${operands}" -- "$word")); fi ;;`,
  ].join('\n');
}

/** After the first word of a group, its commands; the two words together are looked up then. */
function groupCase([group, commands]: readonly [string, readonly CommandWords[]]): string {
  const words = commands.map(wordInGroup).join(' ');
  return `    ${group}) if [[ $COMP_CWORD -eq 2 ]]; then COMPREPLY=($(compgen -W "${words}" -- "$word")); return; fi; command="$command \${COMP_WORDS[2]}" ;;`;
}

export function bashCompletion(commands: readonly CommandWords[]): string {
  return `# autodevops completion bash > /etc/bash_completion.d/autodevops
_autodevops() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${firstWords(commands)
      .map((c) => c.name)
      .join(' ')}" -- "$word"))
    return
  fi
  local command="\${COMP_WORDS[1]}"
  case "$command" in
${[...groupsOf(commands)].map(groupCase).join('\n')}
  esac
  case "$command" in
${commands.map(commandCase).join('\n')}
  esac
}
complete -o default -F _autodevops autodevops
`;
}
