import { wordInGroup } from '../command.ts';
import { firstWords, groupsOf } from './command-words.ts';
import type { CommandWords } from './command-words.ts';

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function choicesOf({ name, options }: CommandWords): readonly string[] {
  return options
    .filter((row) => row.choices.length > 0)
    .flatMap((row) =>
      [`--${row.name}`, ...(row.short === undefined ? [] : [`-${row.short}`])].map(
        (option) => `    ${quoted(`${name} ${option}`)} = @(${row.choices.map(quoted).join(', ')})`,
      ),
    );
}

export function powershellCompletion(commands: readonly CommandWords[]): string {
  const table = commands.map(
    ({ name, options }) => `    ${quoted(name)} = @(${options.map((row) => quoted(`--${row.name}`)).join(', ')})`,
  );
  const groups = [...groupsOf(commands)].map(
    ([group, own]) => `    ${quoted(group)} = @(${own.map((command) => quoted(wordInGroup(command))).join(', ')})`,
  );
  const first = firstWords(commands)
    .map(({ name }) => quoted(name))
    .join(', ');
  return `# autodevops completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName autodevops -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $options = @{
${table.join('\n')}
  }
  $choices = @{
${commands.flatMap(choicesOf).join('\n')}
  }
  $groups = @{
${groups.join('\n')}
  }
  $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() } | Where-Object { $_ -ne $wordToComplete })
  $command = if ($words.Count -gt 1) { $words[1] } else { '' }
  $group = $groups[$command]
  if ($group -and $words.Count -gt 2) { $command = "$command $($words[2])" }
  $before = $words[-1]
  $candidates = if ($group -and -not $options.ContainsKey($command)) { $group }
    elseif (-not $options.ContainsKey($command)) { @(${first}) }
    elseif ($choices.ContainsKey("$command $before")) { $choices["$command $before"] }
    elseif ($before -eq '--context') { autodevops __complete contexts 2>$null }
    elseif ($command -eq 'explain' -and -not $wordToComplete.StartsWith('-')) { autodevops __complete codes 2>$null }
    else { $options[$command] }
  $candidates | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
