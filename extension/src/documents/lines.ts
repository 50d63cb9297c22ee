import { printable } from '@autodevops/domain/printable';

/** A heading and what is under it; nothing where that is nothing. Foreign text is made printable. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : [
        '',
        title,
        ...lines.flatMap((line) =>
          printable(line)
            .split('\n')
            .map((part) => `  ${part}`),
        ),
      ];
}

export function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
