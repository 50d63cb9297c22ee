import { testFixtures } from '@autodevops/testkit/fixture';
import { kamaji } from './analyzer.ts';

testFixtures(kamaji, new URL('./fixtures/', import.meta.url));
