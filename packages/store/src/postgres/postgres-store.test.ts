import { afterAll, beforeAll, describe } from 'vitest';
import type { Store } from '@autodevops/domain/ports/store';
import { storeConformance } from '@autodevops/testkit/store-conformance';
import { openPostgresStore } from './postgres-store.ts';
import { startTestServer } from './testing/test-server.ts';
import type { TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server.stop());

let customers = 0;

describe('on one server for many customers', () => {
  storeConformance('PostgreSQL', {
    open: async () => {
      const customer = `customer-${(customers += 1)}`;
      const handles: Store[] = [];
      const again = async (): Promise<Store> => {
        const store = await openPostgresStore({ address: server.runtime, customer, poolSize: 4 });
        handles.push(store);
        return store;
      };
      return {
        store: await again(),
        again,
        close: async () => void (await Promise.all(handles.map((handle) => handle.close()))),
      };
    },
  });
});
