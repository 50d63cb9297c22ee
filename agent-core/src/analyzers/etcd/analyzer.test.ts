import { testFixtures } from '@autodevops/testkit/fixture';
import { etcd } from './analyzer.ts';

testFixtures(etcd, new URL('./fixtures/', import.meta.url));
