import type { BlindSpot } from '@autodevops/domain/diagnosis';
import { formatDuration } from '@autodevops/domain/duration';

/** Less is no trouble for certificates and tokens, and is not seen in an age. */
const notableMs = 60_000;

/** What lies just below three hours is three hours: an age would be rounded down. */
function rounded(milliseconds: number): number {
  const step = milliseconds < 120_000 ? 1_000 : 60_000;
  return Math.round(milliseconds / step) * step;
}

/** One sentence when the API server's clock differs from this machine's by a minute or more. `offset` as `clockOffset` of the client. */
export function clockSpots(offset: number): readonly BlindSpot[] {
  if (Math.abs(offset) < notableMs) return [];
  const away = `${formatDuration(rounded(Math.abs(offset)))} ${offset > 0 ? 'ahead of' : 'behind'}`;
  return [
    {
      what: 'a common clock',
      why: `The clock of the API server is ${away} the reading machine's; ages are counted by the API server's.`,
      remedy: 'Set both by NTP: until when a certificate or a token is valid is read from them.',
    },
  ];
}
