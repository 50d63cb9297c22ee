import { testFixtures } from '@autodevops/testkit/fixture';
import { dependencyConnection } from './analyzer.ts';

testFixtures(dependencyConnection, new URL('./fixtures/', import.meta.url));
