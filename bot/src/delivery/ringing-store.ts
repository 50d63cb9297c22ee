import type { BotStore, Messages } from '@autodevops/domain/ports/bot-store';

/** The same store, which rings when something is wanted: what this process wants is delivered at once, not at the next look. */
export function ringing(store: BotStore, ring: () => void): BotStore {
  const want: Messages['want'] = async (messages, settled) => {
    await store.messages.want(messages, settled);
    if (messages.length > 0) ring();
  };
  // Adapters may be objects with methods on a prototype: what is not replaced stays theirs.
  const messages = new Proxy(store.messages, {
    get: (target, property) => {
      if (property === 'want') return want;
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return {
    inbox: store.inbox,
    messages,
    installations: store.installations,
    once: store.once,
    channels: store.channels,
    notes: store.notes,
    leases: store.leases,
    close: async () => await store.close(),
  };
}
