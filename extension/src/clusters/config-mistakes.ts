import type { AutoDevOpsError } from '@autodevops/domain/errors';

/** A line of a configuration that is not valid. */
export interface ConfigMistake {
  /** The first is 1. */
  readonly line: number;
  readonly says: string;
}

/** The mistakes that the failure of a configuration tells, each in a line of its own: `NAME:LINE: what is wrong`. None where it tells none. */
export function configMistakes({ message }: Pick<AutoDevOpsError, 'message'>, name: string): readonly ConfigMistake[] {
  return message.split('\n').flatMap((told) => {
    if (!told.startsWith(`${name}:`)) return [];
    const { line, says } = /^(?<line>[1-9]\d*): (?<says>.+)$/.exec(told.slice(name.length + 1))?.groups ?? {};
    return line === undefined || says === undefined ? [] : [{ line: Number(line), says }];
  });
}
