import { testFixtures } from '@autodevops/testkit/fixture';
import { livenessRestart } from './analyzer.ts';

testFixtures(livenessRestart, new URL('./fixtures/', import.meta.url));
