import type { Channels, Installations, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { copied } from '../../store/in-memory/state.ts';
import { conflict, nameOf, nextNumber } from './state.ts';
import type { BotSession, MemoryBotState } from './state.ts';

/** Of a workspace, whichever organisation it is in; of an organisation only where no workspace is named. */
function placeOf(app: string, team: string, enterprise: string): string {
  return nameOf(app, team, team === '' ? enterprise : '');
}

/** What is known of the places that no installation covers any more. */
function clean(state: MemoryBotState, { app, team, customer }: KeptInstallation): void {
  const covered = new Set(
    [...state.installations.values()]
      .filter((other) => other.app === app && other.team !== '')
      .map((other) => other.team),
  );
  const isGone = (place: { readonly app: string; readonly team: string }): boolean =>
    place.app === app && (team === '' ? !covered.has(place.team) : place.team === team);
  for (const [name, channel] of state.channels) {
    if (channel.customer === customer && isGone(channel)) state.channels.delete(name);
  }
  for (const [key, { wanted }] of state.messages) {
    if (wanted.customer === customer && isGone(wanted.place)) state.messages.delete(key);
  }
  for (const row of state.events.values()) {
    if (row.state === 'dead' && isGone(row.event)) {
      Object.assign(row, { state: 'settled', event: { ...row.event, payload: {} } });
    }
  }
  if (![...state.installations.values()].some((other) => other.customer === customer)) state.notes.delete(customer);
}

export function installationsIn({ state, write }: BotSession): Installations {
  return {
    find: async (app, team, enterprise) => {
      const own = team === '' ? undefined : state.installations.get(placeOf(app, team, ''));
      return copied(own ?? (enterprise === '' ? undefined : state.installations.get(placeOf(app, '', enterprise))));
    },
    list: async () =>
      copied(
        [...state.installations.values()].toSorted((a, b) =>
          placeOf(a.app, a.team, a.enterprise) < placeOf(b.app, b.team, b.enterprise) ? -1 : 1,
        ),
      ),
    put: (installation, was) =>
      write('installations', () => {
        const { app, team, enterprise, customer } = installation;
        if (team === '' && enterprise === '') {
          throw new AutoDevOpsError(
            'usage',
            'An installation names neither a workspace nor an organisation.',
            'Name one.',
          );
        }
        const known = state.installations.get(placeOf(app, team, enterprise));
        if (was !== undefined && known?.version !== was) {
          throw conflict(`Somebody else wrote the installation of ${app} in ${team || enterprise} meanwhile.`);
        }
        if (known !== undefined && known.customer !== customer) {
          throw conflict(`The installation of ${app} in ${team || enterprise} belongs to another customer.`);
        }
        const kept = { ...copied(installation), version: nextNumber(state) };
        state.installations.set(placeOf(app, team, enterprise), kept);
        return copied(kept);
      }),
    remove: (app, team, enterprise) =>
      write('installations', () => {
        const known = state.installations.get(placeOf(app, team, enterprise));
        if (known === undefined) return;
        state.installations.delete(placeOf(app, team, enterprise));
        clean(state, known);
      }),
  };
}

export function channelsIn({ state, write }: BotSession): Channels {
  return {
    find: async (app, team, channel) => copied(state.channels.get(nameOf(app, team, channel))),
    ofCustomer: async (customer) =>
      copied(
        [...state.channels.entries()]
          .filter(([, channel]) => channel.customer === customer)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([, channel]) => channel),
      ),
    put: (channel) =>
      write(
        'channels',
        () => void state.channels.set(nameOf(channel.app, channel.team, channel.channel), copied(channel)),
      ),
    remove: (app, team, channel) => write('channels', () => void state.channels.delete(nameOf(app, team, channel))),
  };
}
