import { testFixtures } from '@autodevops/testkit/fixture';
import { disruptionBudget } from './analyzer.ts';

testFixtures(disruptionBudget, new URL('./fixtures/', import.meta.url));
