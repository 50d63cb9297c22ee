import type { AuditCheckpoint } from '@autodevops/domain/change/audit-event';

/**
 * What is wrong with the first bad row. `rewritten`: a row whose own hash is right, and that does not follow the one
 * before, or is not what a checkpoint saw; `checkpoint`: it is a checkpoint that cannot be believed.
 */
export type AuditFault = 'changed' | 'cut' | 'moved' | 'repeated' | 'rewritten' | 'checkpoint';

export interface Finding {
  readonly fault: AuditFault;
  /** One sentence for people. */
  readonly says: string;
}

/** A row stands where an earlier one belongs. */
export interface Late {
  readonly expected: number;
  readonly found: number;
  readonly line: number;
  /** The one that belongs there comes later. */
  readonly furtherDown?: boolean;
}

export function late({ expected, found, line, furtherDown }: Late): Finding {
  const where = `Line ${line} holds row ${found} where row ${expected} belongs`;
  if (furtherDown === true) {
    return { fault: 'moved', says: `${where}; row ${expected} stands further down: rows were moved.` };
  }
  const cut = found === expected + 1 ? `row ${expected} was cut` : `rows ${expected} to ${found - 1} were cut`;
  return { fault: 'cut', says: `${where}: ${cut}.` };
}

export function early(line: number, expected: number, first: number, found: number): Finding {
  const where = `Line ${line} holds row ${found} where row ${expected} belongs`;
  if (found >= first) return { fault: 'repeated', says: `${where}: row ${found} is repeated.` };
  return { fault: 'moved', says: `${where}: it comes from before this part of the log.` };
}

export function contradicted(sequence: number, hash: string, seen: readonly AuditCheckpoint[]): Finding | undefined {
  const other = seen.find((checkpoint) => checkpoint.hash !== hash);
  if (other === undefined) return undefined;
  return {
    fault: 'rewritten',
    says: `Row ${sequence} is not the one that the checkpoint of ${other.time} saw: it or a row before it was rewritten, with all hashes after it.`,
  };
}

export function unlinked(sequence: number): Finding {
  if (sequence === 1) return { fault: 'rewritten', says: 'Row 1 does not begin a chain: it names a row before it.' };
  return {
    fault: 'rewritten',
    says: `Row ${sequence} does not follow row ${sequence - 1}: one of the two was rewritten.`,
  };
}

export function notARow(line: number, expected: number, ended: boolean): Finding {
  if (!ended) {
    return {
      fault: 'cut',
      says: `Line ${line}, row ${expected}, has no end: the file was cut there, or is still being written.`,
    };
  }
  if (line === 1) {
    return {
      fault: 'changed',
      says: `Line 1 is not row ${expected} of an audit log: it was changed, or this is another file.`,
    };
  }
  return { fault: 'changed', says: `Line ${line}, row ${expected}, was changed.` };
}

/** `end` is the last row of the file; `last` what its last row is to be, where that is known. */
export function cutEnd(
  end: number,
  { last, checkpoints }: { readonly last?: number; readonly checkpoints?: readonly AuditCheckpoint[] },
): Finding | undefined {
  if (last !== undefined) {
    return end === last
      ? undefined
      : { fault: 'cut', says: `The file ends with row ${end}; row ${last} was to be its last: its end was cut.` };
  }
  const later = checkpoints?.find((checkpoint) => checkpoint.sequence > end);
  if (later === undefined) return undefined;
  return {
    fault: 'cut',
    says: `The file ends with row ${end}, but the log had ${later.sequence} rows at ${later.time}: its end was cut.`,
  };
}
