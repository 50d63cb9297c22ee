import { printable } from '@autodevops/domain/printable';
import { redactStart } from '@autodevops/domain/redact';

const mostLabels = 64;
const longest = 300;

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Text of a source as it is kept: secrets masked, nothing in it drives a terminal, cut at an ellipsis. Lines stay. */
export function keptText(text: string, length: number): string {
  return cut(printable(redactStart(text, length * 2)), length);
}

/** Labels as they are kept. Many series have the same values, so each is looked at once. */
export function labelReader(): (labels: Readonly<Record<string, string>>) => Readonly<Record<string, string>> {
  const known = new Map<string, string>();
  const kept = (text: string): string => {
    let found = known.get(text);
    if (found === undefined) known.set(text, (found = keptText(text, longest)));
    return found;
  };
  return (labels) =>
    Object.fromEntries(
      Object.entries(labels)
        .slice(0, mostLabels)
        .map(([name, value]): [string, string] => [kept(name), kept(value)]),
    );
}
