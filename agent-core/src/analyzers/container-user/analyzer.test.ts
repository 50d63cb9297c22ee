import { testFixtures } from '@autodevops/testkit/fixture';
import { containerUser } from './analyzer.ts';

testFixtures(containerUser, new URL('./fixtures/', import.meta.url));
