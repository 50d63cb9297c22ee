import { testFixtures } from '@autodevops/testkit/fixture';
import { logErrors } from './analyzer.ts';

testFixtures(logErrors, new URL('./fixtures/', import.meta.url));
