import { testFixtures } from '@autodevops/testkit/fixture';
import { certManager } from './analyzer.ts';

testFixtures(certManager, new URL('./fixtures/', import.meta.url));
