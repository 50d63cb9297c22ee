import { testFixtures } from '@autodevops/testkit/fixture';
import { dependencyRejection } from './analyzer.ts';

testFixtures(dependencyRejection, new URL('./fixtures/', import.meta.url));
