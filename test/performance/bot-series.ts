import { beginAcknowledgements } from './acknowledgements.ts';
import { beginStorm } from './alert-storm.ts';
import { beginFirstFindings } from './first-findings.ts';
import { beginFlood } from './flooded-neighbour.ts';
import type { Series, SeriesRow } from './series.ts';

const acknowledged = 'acknowledgement of slash commands, 50 at a time';
const diagnosing = `${acknowledged}, while 10,000 pods are diagnosed`;
const found = "from Alertmanager's post to the cause in the thread";
const flooded = 'one customer while another floods at 100 times his pace';
const storm = '500 alerts in a minute';

/** A time in milliseconds. */
const time = (what: string, figure: string, goal?: SeriesRow['goal']): SeriesRow => ({
  what,
  unit: 'ms',
  figure,
  ...(goal === undefined ? {} : { goal }),
});
const count = (what: string, figure: string): SeriesRow => ({ what: `${storm}: ${what}`, unit: '', figure });
const fourTimes = { atMost: 4 };
const twice = { atMost: 2 };

export const botSeries: readonly Series[] = [
  {
    what: acknowledged,
    peer: 'empty Bolt handler',
    begin: beginAcknowledgements,
    rows: [
      time(`${acknowledged}, p50`, 'p50'),
      time(`${acknowledged}, p95`, 'p95'),
      time(`${acknowledged}, p99`, 'p99', fourTimes),
      time(`${diagnosing}, p50`, 'p50Diagnosing'),
      time(`${diagnosing}, p95`, 'p95Diagnosing'),
      time(`${diagnosing}, p99`, 'p99Diagnosing', fourTimes),
      { ...time(`${diagnosing}, the longest`, 'longestDiagnosing', { atMost: 500 }), isAlone: true, isHighest: true },
    ],
  },
  {
    what: found,
    mostRounds: 1,
    begin: beginFirstFindings,
    rows: [
      time(`${found}, p50 of 20 incidents`, 'p50'),
      time(`${found}, p95`, 'p95', { atMost: 1000 }),
      time(`${found}, the first after both were started`, 'first'),
      time(`${found}: the agent keeps the alert, median`, 'keeping'),
      time(`${found}: Jamie finds it, median`, 'diagnosing'),
      time(`${found}: the bot hears it and Slack has it, median`, 'telling'),
      time(`${found}, with evidence and next steps in a reply, median`, 'reply'),
    ],
  },
  {
    what: flooded,
    mostRounds: 1,
    peer: 'alone',
    begin: beginFlood,
    rows: [
      time(`${flooded}: acknowledgement of his commands, p50`, 'p50', twice),
      time(`${flooded}: acknowledgement of his commands, p95`, 'p95', twice),
      time(`${flooded}: his alert to the cause in his thread, median`, 'finding', twice),
      {
        ...time(`${flooded}: his alert to the cause in his thread, the longest`, 'longestFinding'),
        isAlone: true,
        isHighest: true,
      },
      { what: `${flooded}: commands of the flood`, unit: '1/s', figure: 'floodPerSecond', isAlone: true },
    ],
  },
  {
    what: storm,
    mostRounds: 1,
    begin: beginStorm,
    rows: [
      count('incidents that are left', 'incidents'),
      count('messages in the channel, replies in threads counted', 'messages'),
      count('edits', 'edits'),
      count('calls that Slack refused', 'refused'),
      { ...count('calls in a second for the channel', 'callsPerSecond'), unit: '1/s' },
      { ...count('calls in the busiest second for the channel', 'mostInASecond'), unit: '1/s' },
      { ...count('an alert is kept, p95', 'keeping'), unit: 'ms' },
      { ...count('from the last alert to the last state shown', 'settled'), unit: 's' },
    ],
  },
];
