import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Settings } from '@autodevops/domain/ports/store';
import { chained, conflict, copied, sent } from './state.ts';
import type { Session } from './state.ts';

export function settingsIn({ state, write }: Session): Settings {
  return {
    get: async (name) => copied(state.settings.get(name)),
    put: (name, value, audit, outbox = []) =>
      write('settings', () => {
        const [rows, events] = [chained(state, audit), sent(state, outbox)];
        state.settings.set(name, copied(value ?? null));
        state.audit.push(...rows);
        state.outbox.push(...events);
      }),
    swap: (name, was, value, audit, outbox = []) =>
      write('settings', () => {
        const [present, expected] = [state.settings.get(name), was].map((one) =>
          one === undefined ? undefined : canonicalJson(one),
        );
        if (present !== expected) throw conflict(`The setting ${name} was written meanwhile.`);
        const [rows, events] = [chained(state, audit), sent(state, outbox)];
        state.settings.set(name, copied(value ?? null));
        state.audit.push(...rows);
        state.outbox.push(...events);
      }),
  };
}
