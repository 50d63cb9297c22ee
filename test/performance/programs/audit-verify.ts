// Verifies an audit file. Arguments: file, how many rows it has.
import { verifyAuditFile } from '../../../packages/store/src/audit/audit-verify.ts';
import { report } from '../measured-process.ts';

const [file = '', rows = '0'] = process.argv.slice(2);
const started = performance.now();
const verdict = await verifyAuditFile(file);
const seconds = (performance.now() - started) / 1000;
if (!verdict.intact || verdict.rows !== Number(rows)) throw new Error(verdict.says);
report({ perSecond: verdict.rows / seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 });
