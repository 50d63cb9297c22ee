import { testFixtures } from '@autodevops/testkit/fixture';
import { alertFiring } from './analyzer.ts';

testFixtures(alertFiring, new URL('./fixtures/', import.meta.url));
