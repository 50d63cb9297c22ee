import { testFixtures } from '@autodevops/testkit/fixture';
import { chaosExperiment } from './analyzer.ts';

testFixtures(chaosExperiment, new URL('./fixtures/', import.meta.url));
