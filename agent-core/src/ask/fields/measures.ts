import { parseDuration } from '@autodevops/domain/duration';
import { formatBytes, formatCores, parseQuantity } from '@autodevops/domain/quantity';
import type { Measure } from './field.ts';

/** "10 GB" as "10G": the letter for bytes says nothing. */
function quantity(value: string): number | undefined {
  return parseQuantity(
    value
      .replaceAll(' ', '')
      .replace(/^([\d.]+[kmgtpe]i?)b$/i, '$1')
      .replace(
        /^([\d.]+)([mgt])(i?)$/i,
        (_, amount: string, unit: string, binary: string) => `${amount}${unit.toUpperCase()}${binary}`,
      ),
  );
}

/** Bytes: `512Mi`, "10 GB". */
export const bytes: Measure = { of: quantity, text: formatBytes };

/** Cores: `250m`, "2 cores". */
export const cores: Measure = {
  of: (value) => parseQuantity(value.replace(/ ?(?:cores?|cpus?)$/i, '')),
  text: formatCores,
};

/** Pieces: "3", and the number at the start of "3 of 5". */
export const count: Measure = {
  of: (value) => {
    const number = Number.parseFloat(value);
    return Number.isNaN(number) ? undefined : number;
  },
  text: (sum) => String(sum),
};

/** Moments: a time, or a stretch before now ("2 days", `1h`). Later is more. */
export const moment: Measure = {
  of: (value, now) => {
    const time = Date.parse(value);
    if (!Number.isNaN(time) && /\d{4}-\d\d-\d\d/.test(value)) return time;
    const stretch = parseDuration(
      value.replace(/^an? /i, '1 ').replace(/ ?(s|m|h|d|w)(?:ec(?:ond)?s?|in(?:ute)?s?|ours?|rs?|ays?|eeks?)?$/i, '$1'),
    );
    return stretch === undefined ? undefined : now - stretch;
  },
};
