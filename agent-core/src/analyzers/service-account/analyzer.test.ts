import { testFixtures } from '@autodevops/testkit/fixture';
import { serviceAccount } from './analyzer.ts';

testFixtures(serviceAccount, new URL('./fixtures/', import.meta.url));
