import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CalendarPlace } from '@autodevops/delivery/ical-on-call';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { OnCallSchedule } from '@autodevops/domain/ports/on-call';
import type { Paging } from '@autodevops/domain/ports/paging';
import type { Incidents, OnCallSource } from '../configuration/incidents.ts';
import { rotationsOnCall } from './rotations-on-call.ts';

/** An address in a file is looked at when it is asked for: https alone, as one in the configuration. */
async function addressIn(file: string): Promise<string> {
  const address = (await readFile(file, 'utf8')).trim();
  if (!/^https:\/\/\S+$/.test(address)) {
    throw new AutoDevOpsError(
      'on-call.unknown',
      `${file} holds no https address.`,
      'Write the address of the calendar into it, and nothing else.',
    );
  }
  return address;
}

function placeOf(
  { file, address, addressFile }: Extract<OnCallSource, { kind: 'ical' }>,
  folder: string,
): CalendarPlace {
  if (file !== undefined) return { file: resolve(folder, file) };
  return { address: async () => address ?? (await addressIn(resolve(folder, addressFile ?? ''))) };
}

function tokenIn(file: string, folder: string): () => Promise<string> {
  return async () => (await readFile(resolve(folder, file), 'utf8')).trim();
}

/** PagerDuty as it is told what people did here. */
export async function pagingOf(
  { tokenFile, from, api }: NonNullable<Incidents['pagerduty']['answers']>,
  folder: string,
): Promise<Paging> {
  const { pagerDutyIncidents } = await import('@autodevops/delivery/pagerduty-incidents');
  return pagerDutyIncidents({ api, from, token: tokenIn(tokenFile, folder) });
}

/** The schedules that a configuration names; what needs a library is loaded only where it is used. */
export async function onCallSchedules(
  sources: readonly OnCallSource[],
  folder: string,
  now: () => number,
): Promise<readonly OnCallSchedule[]> {
  return await Promise.all(
    sources.map(async (source) => {
      const { name } = source;
      if (source.kind === 'rotations') return rotationsOnCall(name, resolve(folder, source.file));
      if (source.kind === 'pagerduty') {
        const { pagerDutyOnCall } = await import('@autodevops/delivery/pagerduty-on-call');
        return pagerDutyOnCall({
          name,
          schedule: source.schedule,
          api: source.api,
          now,
          token: tokenIn(source.tokenFile, folder),
        });
      }
      const { icalOnCall } = await import('@autodevops/delivery/ical-on-call');
      return icalOnCall({ name, now, timeZone: source.timeZone, from: placeOf(source, folder) });
    }),
  );
}
