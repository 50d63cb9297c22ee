// Plans of ten steps with instant effects, executed by the driver over a durable store. Arguments: file, how many.
import { openSqliteStore } from '../../../packages/store/src/sqlite/sqlite-store.ts';
import { median, report } from '../measured-process.ts';
import { runPlans } from '../ten-step-plans.ts';

const [file = '', count = '0'] = process.argv.slice(2);
const store = await openSqliteStore({ file });
const executions = await runPlans(store, Number(count));
await store.close();
report({ millisecondsOfPlan: median(executions) });
