import type { BlindSpot } from '@autodevops/domain/diagnosis';
import { always, ifRoom } from '../budget/message.ts';
import type { Part } from '../budget/fit.ts';
import { remedyInSlack } from '../text/names-in-slack.ts';
import { bold, line, richText, sentence, words } from '../text/rich-text.ts';

function ended(text: string): string {
  return /[.!?…]\s*$/.test(text) ? text : `${text}.`;
}

/** What could not be seen, and what would show it; nothing when all was. */
export function blindSpotParts(blindSpots: readonly BlindSpot[]): readonly Part[] {
  if (blindSpots.length === 0) return [];
  return [
    always(richText(line(bold('Not seen')))),
    ...blindSpots.map((spot) =>
      ifRoom(
        'blind spot',
        richText(
          line(bold(`${spot.what}: `), words(ended(spot.why), 600), words(' '), ...sentence(remedyInSlack(spot), 600)),
        ),
      ),
    ),
  ];
}
