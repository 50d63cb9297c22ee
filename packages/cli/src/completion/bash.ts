import { dynamicWords } from './command-words.ts';
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
    `  ${name})`,
    ...(values.length === 0 ? [] : ['    case "$before" in', ...values.map((row) => valueLine(name, row)), '    esac']),
    `    if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "${words}" -- "$word"))`,
    `    else COMPREPLY=($(compgen -W "${operands}" -- "$word")); fi ;;`,
  ].join('\n');
}

export function bashCompletion(commands: readonly CommandWords[]): string {
  return `# autodevops completion bash > /etc/bash_completion.d/autodevops
_autodevops() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${commands.map((c) => c.name).join(' ')}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join('\n')}
  esac
}
complete -o default -F _autodevops autodevops
`;
}
