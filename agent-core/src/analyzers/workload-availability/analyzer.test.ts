import { testFixtures } from '@autodevops/testkit/fixture';
import { workloadAvailability } from './analyzer.ts';

testFixtures(workloadAvailability, new URL('./fixtures/', import.meta.url));
